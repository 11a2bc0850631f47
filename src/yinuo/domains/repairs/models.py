"""Standby units lent and repair orders, leg by leg."""
