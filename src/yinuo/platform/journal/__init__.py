"""The writing path: state, facts, audit and outbox of one business step in one transaction.

`writing()` opens a step; `performed_once()` makes a step idempotent; `stored()` saves a new
version of a row and refuses a stale one. Nothing here knows what the step is about, and nothing
here reads a clock.
"""
