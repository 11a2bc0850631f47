"""The customers' surface: a contact with a sign-in reports faults and sees what was promised him.

What it does: pages below /my/ for phones first, limited to the visitor's own customer.
What it never does: read through a person's rights, or show what was not chosen for customers.
"""
