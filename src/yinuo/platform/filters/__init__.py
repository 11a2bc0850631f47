"""Filters of lists that a person keeps under a name. They narrow what he sees, never widen it."""
