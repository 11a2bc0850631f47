"""Requests: a customer's call and its way from the ring to the archive.

What it does: opens a request with its cover and promises, records what happens, moves its state
by the one table, and shows it to those who may see it.
What it never does: compute a promise (obligations do), or send anything itself (the outbox does).
"""
