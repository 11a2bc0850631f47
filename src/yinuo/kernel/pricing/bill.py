"""Where an entry of a price list stands on the bill, and when a work sheet calls for it."""

from __future__ import annotations

from enum import StrEnum


class Bill(StrEnum):
    """The parts of a bill; a cover is decided for each of them."""

    LABOUR = "labour"
    PARTS = "parts"
    TRAVEL = "travel"


class Occasion(StrEnum):
    """What on a finished work sheet proposes an entry."""

    VISIT = "visit"
    # A later visit of the same work, such as fitting a repaired device.
    SECOND_VISIT = "second_visit"
    PARTS = "parts"
    TRAVEL = "travel"
    # Hours of the visit outside office hours, for each person.
    OVERTIME = "overtime"
