"""Billing: price lists, quotes, and what is charged for work done.

What it does: publishes price list files as versions that never change, prices quotes by the kernel
and keeps the lines with the quote, carries a quote to the customer's answer, and keeps the ledger
of charges with the rule and the figures that made each.
What it never does: know a price. Every figure comes from a price list or from a person, by name.
"""
