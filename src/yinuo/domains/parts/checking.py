"""Stock against its ledger: what is kept must be what the moves come to."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from django.db import connection

# One statement over all balances: whatever has a balance or moves, with both sides.
_WRONG = """
SELECT d.name, p.number, coalesce(b.on_hand, 0), coalesce(m.quantity, 0),
       coalesce(b.value, 0), coalesce(m.value, 0)
FROM parts_balance b
FULL JOIN (
    SELECT depot_id, part_id, lot, condition, sum(quantity) AS quantity, sum(value) AS value
    FROM parts_move GROUP BY depot_id, part_id, lot, condition
) m USING (depot_id, part_id, lot, condition)
JOIN parts_depot d ON d.id = depot_id
JOIN parts_part p ON p.id = part_id
WHERE coalesce(b.on_hand, 0) <> coalesce(m.quantity, 0)
   OR coalesce(b.value, 0) <> coalesce(m.value, 0)
ORDER BY 1, 2
"""
# Pieces in a depot must be as many as its balance of that part and condition.
_PIECES = """
SELECT d.name, p.number, b.on_hand, coalesce(n.pieces, 0), 0, 0
FROM parts_balance b
JOIN parts_part p ON p.id = b.part_id AND p.tracking = 'serial'
JOIN parts_depot d ON d.id = b.depot_id
LEFT JOIN (
    SELECT depot_id, part_id, condition, count(*) AS pieces
    FROM parts_piece WHERE depot_id IS NOT NULL GROUP BY depot_id, part_id, condition
) n ON n.depot_id = b.depot_id AND n.part_id = b.part_id AND n.condition = b.condition
WHERE b.on_hand <> coalesce(n.pieces, 0)
ORDER BY 1, 2
"""
# A piece is in the depot that the ledger says, and in no other.
_OWNERS = """
SELECT d.name, p.number, (n.depot_id IS NOT DISTINCT FROM m.depot_id)::int, m.quantity, 0, 0
FROM (
    SELECT piece_id, depot_id, sum(quantity) AS quantity
    FROM parts_move WHERE piece_id IS NOT NULL GROUP BY piece_id, depot_id
) m
JOIN parts_piece n ON n.id = m.piece_id
JOIN parts_depot d ON d.id = m.depot_id
JOIN parts_part p ON p.id = n.part_id
WHERE m.quantity <> (n.depot_id IS NOT DISTINCT FROM m.depot_id)::int
ORDER BY 1, 2
"""
# What is reserved must be what the reservations come to.
_RESERVED = """
SELECT d.name, p.number, b.reserved, coalesce(r.quantity, 0), 0, 0
FROM parts_balance b
JOIN parts_part p ON p.id = b.part_id
JOIN parts_depot d ON d.id = b.depot_id
LEFT JOIN (
    SELECT balance_id, sum(quantity) AS quantity FROM parts_reservation GROUP BY balance_id
) r ON r.balance_id = b.id
WHERE b.reserved <> coalesce(r.quantity, 0)
ORDER BY 1, 2
"""


@dataclass(frozen=True, slots=True)
class WrongStock:
    """A balance that is not what its moves, its pieces or reservations come to."""

    depot: str
    part: str
    stored: int
    fresh: int
    stored_value: Decimal
    fresh_value: Decimal


def wrong_stock() -> list[WrongStock]:
    """Every balance that differs from the sum of its moves, the number of its pieces or what is
    reserved of it, and every piece that is not where its moves say."""
    with connection.cursor() as cursor:
        rows = []
        for question in (_WRONG, _PIECES, _OWNERS, _RESERVED):
            cursor.execute(question)
            rows += cursor.fetchall()
    return [WrongStock(*row) for row in rows]
