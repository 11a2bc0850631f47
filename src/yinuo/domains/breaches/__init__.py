"""Breaches: what missed promises cost, row by row, who held them, and what was decided.

What it does: keeps the ledger of breaches (违约台账). Obligations hand it what the kernel says; it
posts the difference to what was posted before, as a new row, so that nothing written is changed.
People approve, waive, dispute and correct; statements take what is approved.
What it never does: compute a promise, or know what a request is; those stand above it.
"""
