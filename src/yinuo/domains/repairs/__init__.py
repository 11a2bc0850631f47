"""Standby units lent and repair orders, leg by leg.

What it does: follows a device sent in for repair from the pick-up to the refit, each leg a fact
that the promises of its plan start and end by; lends standby units meanwhile.
What it never does: price the repair (billing's quote of the request does) or know stock.
"""
