"""The stages of a contract, Q sign → Y acceptance → B service → S follow-up, and what each asks.

The order is fixed; which conditions a stage asks for is data (`domains/contracts/data/cycle.toml`).
A contract goes one stage on when they hold, or one back, with a reason, where it was moved too
early. After S a renewal is a new contract, which begins at Q (LV-01).
"""

from __future__ import annotations

from enum import StrEnum
from itertools import pairwise


class Stage(StrEnum):
    """Where a contract stands in the cycle QYBS, in its order."""

    SIGNING = "signing"
    ACCEPTANCE = "acceptance"
    SERVICE = "service"
    FOLLOW_UP = "follow_up"


class Condition(StrEnum):
    """What a stage may ask for before it is entered."""

    SIGNED = "signed"
    PROJECT_FINISHED = "project_finished"
    PAPERS_COMPLETE = "papers_complete"
    CUSTOMER_REGISTERED = "customer_registered"
    PROJECT_ACCEPTED = "project_accepted"
    BEGUN = "begun"
    ENDING = "ending"


_ORDER = tuple(Stage)
STAGE_MOVES = {
    "advanced": dict(pairwise(_ORDER)),
    "taken_back": dict(pairwise(reversed(_ORDER))),
}


def next_stage(stage: Stage) -> Stage | None:
    """The stage after this one; None after the last.

    >>> next_stage(Stage.SIGNING).value
    'acceptance'
    """
    return STAGE_MOVES["advanced"].get(stage)
