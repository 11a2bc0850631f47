"""Obligations: facts as they happened, and the live promises computed from them.

What it does: keeps the append-only facts of any subject, computes and stores its obligations by
the plan version it is bound to, lets a worker act when one falls due, and explains each.
What it never does: know what a request, visit or delivery is; those stand above it.
"""
