"""Field work: work orders (服务联络单, 维修单), from the issue to the signed and filed sheet.

What it does: issues sheets for a request, assigns them, records the visit and what was done, keeps
the customer's part with the signature bound to what was signed, returns and files the sheet. What
happens on a visit is recorded on the request in the same transaction, so its promises move.
What it never does: change a request's state by itself, or forget an earlier signature.
"""
