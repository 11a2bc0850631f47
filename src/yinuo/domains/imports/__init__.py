"""Imports: files of customers, sites, contacts, assets and contracts taken in; lists given out.

What it does: reads a file, tries every row without writing (the dry run), and on demand performs
the rows in batches through the services of the domains below, so that their rules hold.
What it never does: write a row of another domain itself, or guess what a wrong cell meant.
"""
