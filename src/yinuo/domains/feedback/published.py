"""Reading what was published; limited to what the actor may see."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from types import MappingProxyType
from typing import Any
from uuid import UUID

from yinuo.domains.feedback.answer_types import Grouping, ScoreGroup
from yinuo.domains.feedback.policies import visible_published
from yinuo.domains.feedback.publication_models import PublishedScore, ScorePublication
from yinuo.domains.feedback.publishing import Figures, figures_of
from yinuo.domains.network.permissions import Permission
from yinuo.domains.network.policies import require
from yinuo.domains.network.types import Actor
from yinuo.kernel.plan.reports import Satisfaction
from yinuo.kernel.scoring import Score, fair_of_sums

PUBLISHED_BY = (Grouping.ENGINEER, Grouping.UNIT, Grouping.PROJECT, Grouping.SUPERVISOR)


@dataclass(frozen=True, slots=True)
class PublicationView:
    """A published month."""

    public_id: UUID
    month: date
    published_at: datetime
    published_by: str
    weights: int


@dataclass(frozen=True, slots=True)
class Differing:
    """By how much a group of an earlier month differs from what was published of it before."""

    of_month: date
    group: ScoreGroup


def list_publications(actor: Actor) -> list[PublicationView]:
    """All published months, the newest first, for whoever is scored or reads scores."""
    if not actor.may(Permission.SCORE_OWN):
        require(actor, Permission.SCORE_READ)
    return [
        PublicationView(row.public_id, row.month, row.published_at, row.published_by, row.weights)
        for row in ScorePublication.objects.order_by("-month")
    ]


def published_groups(
    actor: Actor, months: Collection[date], by: Grouping, *, as_published: bool
) -> list[ScoreGroup]:
    """The visible groups of months together, the best leading.

    `as_published`: the figures as they were published; otherwise with all differences since.
    """
    rows = _rows(actor, by).filter(of_month__in=list(months))
    found: dict[Any, tuple[PublishedScore, Figures]] = {}
    for row in rows:
        if as_published and row.publication.month != row.of_month:
            continue
        key = _key(row, by)
        first, figures = found.get(key, (row, Figures()))
        found[key] = first, figures.plus(figures_of(row))
    groups = [_group(row, by, figures) for row, figures in found.values()]
    return sorted(groups, key=lambda one: (-one.score.points, -one.score.cases, one.name))


def published_differences(actor: Actor, month: date, by: Grouping) -> list[Differing]:
    """By how much visible groups of earlier months differ, as told by the month's publication."""
    rows = _rows(actor, by).filter(publication__month=month).exclude(of_month=month)
    found: dict[Any, tuple[PublishedScore, Figures]] = {}
    for row in rows.order_by("-of_month", "pk"):
        key = (row.of_month, _key(row, by))
        first, figures = found.get(key, (row, Figures()))
        found[key] = first, figures.plus(figures_of(row))
    return [Differing(row.of_month, _group(row, by, figures)) for row, figures in found.values()]


def _rows(actor: Actor, by: Grouping) -> Any:
    return (
        visible_published(actor)
        .filter(grouping=by.value)
        .select_related("publication", "unit", "engineer__unit", "project__customer")
    )


def _key(row: PublishedScore, by: Grouping) -> int | None:
    return {
        Grouping.UNIT: row.unit_id,
        Grouping.PROJECT: row.project_id,
    }.get(by, row.engineer_id)


def _group(row: PublishedScore, by: Grouping, figures: Figures) -> ScoreGroup:
    counts = {one: figures.counts.get(one.value, 0) for one in Satisfaction}
    score = Score(MappingProxyType(counts), Decimal(figures.points))
    fair = fair_of_sums(figures.missing, figures.difficulty_percent)
    if by is Grouping.UNIT:
        return ScoreGroup(row.unit.public_id, row.unit.name, "", score, fair)
    if by is Grouping.PROJECT and row.project is not None:
        names = (row.project.name, row.project.customer.name)
        return ScoreGroup(row.project.public_id, *names, score)
    assert row.engineer is not None  # engineers and supervisors are people
    names = (row.engineer.name, row.engineer.unit.name)
    return ScoreGroup(row.engineer.public_id, *names, score, fair)
