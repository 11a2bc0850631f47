"""Remedies: what breaches come to in money, time and kind."""
