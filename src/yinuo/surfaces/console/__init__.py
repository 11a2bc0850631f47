"""Console: the back office in the browser (intake, requests, promises, archive, settings).

What it does: parses forms, calls one service or selector, renders pages and fragments.
What it never does: decide a rule of the business, or query a table.
"""
