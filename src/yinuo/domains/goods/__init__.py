"""Orders of goods: replacements within a useful life, urgent deliveries, changes of an order.

What it does: keeps the catalogue of goods; follows an order from the wish over the promised day
and its parcels to the signature; each change is a version of its own with its own promise.
What it never does: price goods (billing's quotes do) or know stock.
"""
