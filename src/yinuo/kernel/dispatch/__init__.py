"""Who goes where, and when: travel estimates, one urgent visit over a fleet, a day's routes.

`coordinates` and `travel` say how long the way takes without the internet, `ranking` who goes to
one urgent visit, `routes` plans whole days. What is optimised is money. `routes` loads a compiler
when it is imported; everything else is NumPy only. `docs/algorithms/dispatch.md` has the rules.
"""
