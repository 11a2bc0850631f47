"""Administration: units, people with roles and accounts, API tokens."""
