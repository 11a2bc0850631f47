"""Network: service units, people, roles, and the actor that every policy is asked about.

What it does: knows which person may do what in which part of the unit tree.
What it never does: know a customer, a contract or a request; those stand above it.
"""
