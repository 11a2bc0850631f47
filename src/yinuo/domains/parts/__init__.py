"""Parts in stock: the catalogue, depots and cars, every move of a part, requests for parts.

Stock is never written: moves are added, and the database itself keeps balances and the place of
each piece in step with them. Standby units and repair orders lean on it from above.
"""
