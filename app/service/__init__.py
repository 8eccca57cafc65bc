"""`morgen service`: Morgen as a service of systemd."""
