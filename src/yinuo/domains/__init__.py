"""The business, one Django app per domain, in one order: an upper domain may import a lower one.

Upper first: requests, obligations, contracts, assets, customers, network.
The full order, with the domains still to come, stands in docs/architecture.md.
"""
