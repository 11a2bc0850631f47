"""Contracts: published plan versions, contracts bound to them, and the cover that applies.

What it does: publishes plan files as versions that never change, binds contracts to a version,
and says which cover holds for an asset, site or customer at an instant, and why.
What it never does: run a clock; obligations stand above it.
"""
