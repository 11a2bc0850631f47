"""Obligations: facts as they happened, and the live promises computed from them.

What it does: keeps the append-only facts of any subject, computes and stores its obligations by
the plan version it is bound to, lets a worker act when one falls due, and explains each.
Contracts in service are subjects themselves: `looking` binds them when they begin and keeps what
they promise by the period, `holding` records what was done for them.
What it never does: know what a request, visit or delivery is; those stand above it.
"""
