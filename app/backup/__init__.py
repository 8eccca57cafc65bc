"""Backups: made while the server runs, encrypted, expiring, and put back without what was deleted since."""
