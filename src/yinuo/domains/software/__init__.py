"""Software versions: what was released, who is entitled to it, who got it and with whose help.

What it does: keeps versions with their notes and files, asks the cover of each asset whether its
software is included today, records deliveries and help, says who is not on a version yet.
What it never does: decide covers (contracts do) or price an upgrade (billing's quotes do).
"""
