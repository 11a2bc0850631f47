"""Running document numbers without gaps: one row per series, advanced in the step's transaction.

The row stays locked until the step commits, so a rolled-back step leaves no gap; steps of other
series do not wait.
"""

from __future__ import annotations

from django.db import connection

_SQL = """
INSERT INTO document_series (series, last) VALUES (%s, 1)
ON CONFLICT (series) DO UPDATE SET last = document_series.last + 1 RETURNING last
"""


def next_number(series: str) -> str:
    """The next number of a series: `FW-SZ-202610` gives `FW-SZ-202610-0042`."""
    with connection.cursor() as cursor:
        cursor.execute(_SQL, [series])
        return f"{series}-{cursor.fetchone()[0]:04d}"
