"""Who signs in, and how: users, passwords, sessions, API tokens and the first-run set-up code.

It answers "which user is this?" and never "what may this user do?": roles, units and permissions
belong to the network domain. It never creates an account by itself and never returns a secret
that it has already shown.
"""
