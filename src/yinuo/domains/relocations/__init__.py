"""Relocations: a customer's equipment moved while its business goes on (SA-13).

What it does: plans the steps with how each is checked and rolled back, has the customer approve
that plan, carries it out step by step, back in reverse order when one fails, to the acceptance.
What it never does: promise times (each plan agrees its own) or send people (sheets do).
"""
