"""Preventive work: series of visits (巡访计划), by promise or set up by hand, and each visit due.

When a visit is due is never reckoned here: for a contract's promise it is what the promise kernel
stored, for a series of our own the kernel works it out from a clause made of the series.
"""
