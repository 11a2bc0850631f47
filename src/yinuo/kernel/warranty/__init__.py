"""Warranty: terms of cover, what ends them early, and what holds for one request."""
