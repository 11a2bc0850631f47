"""Assets: what was sold and installed, and the projects that brought it there.

What it does: keeps projects with their acceptance and assets with model, serial and dates.
What it never does: decide what is covered; contracts and plans stand above it.
"""
