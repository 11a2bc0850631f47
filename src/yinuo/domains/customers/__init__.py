"""Customers: companies, their sites, their people and how to reach them.

What it does: keeps the customer file and finds a caller by what he says or calls from.
What it never does: know what was sold or promised; assets and contracts stand above it.
"""
