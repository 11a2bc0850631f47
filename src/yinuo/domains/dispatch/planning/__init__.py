"""Planning a unit's day or days: the problem read from the database, solved, proposed.

`running` loads the compiler of the route engine: only a worker's job imports it.
"""
