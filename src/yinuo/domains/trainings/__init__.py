"""Trainings: sessions for customers' staff, and for our own and partners' people.

What it does: plans a session with its trainer and participants, keeps what really happened and
everybody's result, who took it over for the customer, and grants what an internal one taught.
A held one counts for the contract's promise of trainings. What it never does: charge for one
(BP-21), or grant a skill to somebody who did not pass.
"""
