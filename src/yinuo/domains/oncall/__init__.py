"""On call: whose turn it is outside office hours, in which hours a turn counts, where gaps are.

What it does: keeps rotas of units, makes turns in rotation, lets one cover another, shows gaps,
and says who is on duty at an instant.
What it never does: know what a call was about; that stands at the request.
"""
