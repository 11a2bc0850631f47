"""The REST surface, `/api/v1`: typed input, one call of a service or selector, JSON out.

Sign-in is by bearer token only; no session, no cookie. Every operation names the right it needs,
every write takes an `Idempotency-Key`, every answer is a frozen row written out field by field.
"""
