"""Solved cases like an open one, with what solved them: precedents for whoever works on it.

The ranking is simple and says of itself why: the same asset counts 30, the same model 30, the same
product line 15, the same category 10, and the words of the symptom up to 40 by how alike they are.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from yinuo.domains.network.types import Actor
from yinuo.domains.requests.models import Request, StepWords
from yinuo.domains.requests.policies import visible_requests
from yinuo.kernel.likeness import likeness
from yinuo.kernel.states import RequestState
from yinuo.platform.scoped import one_of

MOST_LOOKED_AT = 200
MOST_SHOWN = 5
# Less than this is chance: the same product line and a few words, or the words alone half alike.
LEAST_POINTS = 20
_SOLVED = sorted(
    one.value for one in (RequestState.RESTORED, RequestState.CONFIRMED, RequestState.ARCHIVED)
)
_SOLUTION = ("method", "cause_text")


class Likeness(StrEnum):
    """Why a case is similar, the weightiest reason first."""

    ASSET = "asset"
    MODEL = "model"
    LINE = "line"
    CATEGORY = "category"
    WORDS = "words"


_POINTS = {Likeness.ASSET: 30, Likeness.MODEL: 30, Likeness.LINE: 15, Likeness.CATEGORY: 10}
_WORDS_POINTS = 40
# The words count as a reason from here on.
_LEAST_PERCENT = 15


@dataclass(frozen=True, slots=True)
class Similar:
    """A solved case, why it is similar, how alike its words are, and what solved it."""

    public_id: UUID
    number: str
    symptom: str
    model: str
    asset_class: str
    reported_at: datetime
    reasons: tuple[Likeness, ...]
    percent: int
    points: int
    method: str
    cause: str


def similar_cases(actor: Actor, request_id: object) -> tuple[Similar, ...]:
    """Visible solved cases like a visible one, the most similar first, at most five; 3 queries.

    Of each way of being alike the newest two hundred cases are looked through.
    """
    visible = visible_requests(actor)
    request: Any = one_of(visible.select_related("asset"), request_id)
    solved = visible.filter(state__in=_SOLVED).exclude(pk=request.pk)
    rows = _alike(solved, request).select_related("asset").order_by("-id")[:MOST_LOOKED_AT]
    found = [one for row in rows if (one := _judge(row, request))]
    best = sorted(found, key=lambda one: (-one[1].points, -one[0].pk))[:MOST_SHOWN]
    solutions = _solutions([row.pk for row, _ in best])
    return tuple(_with(one, solutions.get(row.pk, {})) for row, one in best)


def _alike(solved: QuerySet[Request], request: Any) -> QuerySet[Request]:
    """Solved cases of the same model or product line, else of the same category."""
    asset = request.asset
    if asset is None:
        return solved.filter(category=request.category, kind=request.kind)
    same = Q(asset_id=asset.pk)
    if asset.model:
        same |= Q(asset__model=asset.model)
    if asset.asset_class:
        same |= Q(asset__asset_class=asset.asset_class)
    return solved.filter(same)


def _judge(row: Any, request: Any) -> tuple[Request, Similar] | None:
    percent = round(likeness(row.symptom, request.symptom) * 100)
    reasons = tuple(_reasons(row, request, percent))
    points = sum(_POINTS.get(one, 0) for one in reasons) + round(percent * _WORDS_POINTS / 100)
    if points < LEAST_POINTS:
        return None
    asset = row.asset
    return row, Similar(
        public_id=row.public_id,
        number=row.number,
        symptom=row.symptom,
        model=asset.model if asset else "",
        asset_class=asset.asset_class if asset else "",
        reported_at=row.reported_at,
        reasons=reasons,
        percent=percent,
        points=points,
        method="",
        cause="",
    )


def _reasons(row: Any, request: Any, percent: int) -> Iterable[Likeness]:
    here, there = request.asset, row.asset
    if here and there:
        if here.pk == there.pk:
            yield Likeness.ASSET
        elif here.model and here.model == there.model:
            yield Likeness.MODEL
        if here.asset_class and here.asset_class == there.asset_class:
            yield Likeness.LINE
    if request.category and request.category == row.category:
        yield Likeness.CATEGORY
    if percent >= _LEAST_PERCENT:
        yield Likeness.WORDS


def _solutions(ids: Sequence[int]) -> dict[int, dict[str, str]]:
    """What was said when each was restored, the last word counting; erased words are gone."""
    rows = StepWords.objects.filter(request_id__in=ids, words__has_any_keys=list(_SOLUTION))
    found: dict[int, dict[str, str]] = {}
    for request_id, words in rows.order_by("id").values_list("request_id", "words"):
        found.setdefault(request_id, {}).update(words)
    return found


def _with(one: Similar, solution: dict[str, str]) -> Similar:
    method, cause = (solution.get(name, "") for name in _SOLUTION)
    return replace(one, method=method, cause=cause)
