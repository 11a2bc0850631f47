"""Locks by name, for what no row stands for yet: whoever comes second waits and then looks."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import connection


def hold(names: Iterable[str]) -> None:
    """Wait until nobody else holds one of these names; held until the transaction ends.

    Called inside the transaction, before looking whether something is taken. Names are taken in
    one order, so that no two wait for each other.
    """
    with connection.cursor() as cursor:
        for name in sorted(set(names)):
            cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [name])
