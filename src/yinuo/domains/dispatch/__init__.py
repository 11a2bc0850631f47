"""Dispatch: who can go to a visit, ranked in money, and who was sent and why.

What it does: asks the network who may, the kernel what each would cost, keeps every decision with
what was considered, and books the time so that nobody is sent to two places at once.
What it never does: change what a sheet says, or send somebody whom a hard rule removes.
"""
