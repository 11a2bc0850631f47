"""What counts how much in the fair score: the version that counts now, and those before it."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any

from yinuo.domains.feedback.fair_models import ScoreWeights
from yinuo.domains.feedback.fair_types import WEIGHT_NAMES, Weighing
from yinuo.domains.feedback.publication_models import ScorePublication
from yinuo.domains.network.permissions import Permission
from yinuo.domains.network.policies import require
from yinuo.domains.network.types import Actor
from yinuo.kernel.scoring import FairWeights

SHIPPED = 1
MOST_SHOWN = 20


def present_weighing() -> Weighing:
    """What counts now."""
    row = ScoreWeights.objects.order_by("-number").first()
    return weighing_of(row) if row else Weighing(SHIPPED, FairWeights())


def weighing_of_number(number: int) -> Weighing:
    """The weights of a version."""
    row = ScoreWeights.objects.filter(number=number).first()
    return weighing_of(row) if row else Weighing(SHIPPED, FairWeights())


def weighings_of_months(months: Collection[date]) -> dict[date, Weighing]:
    """The weights of each month, by its first day: those it was published with, else the present
    ones."""
    rows = ScorePublication.objects.filter(month__in=list(months))
    kept = dict(rows.values_list("month", "weights"))
    known = {number: weighing_of_number(number) for number in set(kept.values())}
    present = present_weighing()
    return {month: known[kept[month]] if month in kept else present for month in months}


def list_weighings(actor: Actor) -> list[Weighing]:
    """The last twenty versions, newest first, for everybody who is scored or reads scores.

    The shipped one is the last. Raises Forbidden.
    """
    if not actor.may(Permission.SCORE_OWN):
        require(actor, Permission.SCORE_READ)
    rows = ScoreWeights.objects.order_by("-number")[:MOST_SHOWN]
    return [*map(weighing_of, rows), Weighing(SHIPPED, FairWeights())]


def weighing_of(row: ScoreWeights) -> Weighing:
    """The frozen form of a row."""
    content: dict[str, Any] = row.content
    kept = {name: content[name] for name in WEIGHT_NAMES if name in content}
    return Weighing(row.number, FairWeights(**kept), row.set_at, row.set_by, row.reason)
