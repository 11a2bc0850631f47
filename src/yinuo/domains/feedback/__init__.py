"""Feedback: what customers say after the work is done.

What it does: call-backs with their score, the list of the day's call-backs, and the history of a
customer or asset, which needs everything below.
What it never does: change a request's state by itself; whoever phones may reopen it.
"""
