"""Campaigns: recalls and other work owed to every asset of a class, asset by asset.

What it does: finds the assets by model, class, serial range or component, keeps for each how it
stands with its customer, and opens the requests of those chosen, once each.
What it never does: change an asset, or say a customer agreed when nobody recorded it.
"""
