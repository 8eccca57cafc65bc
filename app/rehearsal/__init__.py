"""Simulated participants that come in by the real doors."""
