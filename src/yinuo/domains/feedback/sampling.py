"""Who is drawn to be phoned back: by the rules of his unit, always after a complaint (MS-06)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import (
    Case,
    CharField,
    Exists,
    F,
    Func,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Value,
    When,
)
from django.db.models.functions import Cast, Concat, TruncDate

from yinuo.domains.contracts.plans import compiled_plan, version_ids
from yinuo.domains.feedback.complaint_models import Complaint
from yinuo.domains.feedback.policies import visible_rules
from yinuo.domains.feedback.rule_models import CallBackRule
from yinuo.domains.network.permissions import Permission
from yinuo.domains.network.policies import require
from yinuo.domains.network.selectors import list_units
from yinuo.domains.network.types import Actor
from yinuo.domains.network.upline import paths_of
from yinuo.domains.obligations.several import with_promise
from yinuo.kernel.sampling import WHOLE
from yinuo.platform.database.fence import beyond_fence
from yinuo.platform.scoped import one_of

PROMISE, SHEET = "return_visit", "work_order"


@dataclass(frozen=True, slots=True)
class RuleRow:
    """One rule. `may_write` for who reads it."""

    public_id: UUID
    version: int
    unit_public_id: UUID
    unit_name: str
    kind: str
    category: str
    percent: int
    set_at: datetime
    set_by: str
    may_write: bool


class _Lot(Func):
    """The lot of a request as the kernel draws it, from the text of its id and day."""

    template = "mod(('x' || substr(md5(%(expressions)s), 1, 7))::bit(28)::int, 100)"
    output_field = IntegerField()


def drawn(rows: QuerySet[Any]) -> QuerySet[Any]:
    """Those of the requests, each with `restored_at`, whose customer is to be phoned back.

    Always: who complained, and who is promised a call by his plan. The others by lot.
    """
    day = Cast(TruncDate("restored_at", tzinfo=ZoneInfo(settings.TIME_ZONE)), CharField())
    seed = Concat(Cast("public_id", CharField()), day, output_field=CharField())
    complained = Exists(Complaint.objects.filter(request_id=OuterRef("pk")))
    rows = with_promise(rows, PROMISE, "is_promised").annotate(share=_share(), lot=_Lot(seed))
    promised = Q(is_promised=True) | Q(plan_version_id__in=_promising_on_sheets())
    return rows.filter(Q(complained) | promised | Q(lot__lt=F("share")))


def _promising_on_sheets() -> list[int]:
    """Plan versions that promise the call for each sheet, whose promise no request carries."""
    return [
        one
        for one in version_ids()
        if any(
            clause.promise == PROMISE and clause.subject == SHEET
            for clause in compiled_plan(one).plan.clauses
        )
    ]


def list_rules(actor: Actor) -> list[RuleRow]:
    """Visible rules by unit. Raises Forbidden without the right to phone back."""
    require(actor, Permission.CALL_BACK_WRITE)
    rows = visible_rules(actor).select_related("unit").order_by("unit_id", "kind", "category")
    return [_row(actor, row) for row in rows]


def get_rule(actor: Actor, rule_id: object) -> RuleRow:
    """One visible rule; NotFound otherwise."""
    return _row(actor, one_of(visible_rules(actor).select_related("unit"), rule_id))


def units_to_rule(actor: Actor) -> list[tuple[str, str]]:
    """Units whose rules the actor may set, as choices."""
    return [
        (str(unit.public_id), unit.name)
        for unit in list_units(actor)
        if actor.may(Permission.CALL_BACK_RULE, unit.id)
    ]


def _row(actor: Actor, row: CallBackRule) -> RuleRow:
    return RuleRow(
        *(row.public_id, row.version, row.unit.public_id, row.unit.name, row.kind),
        *(row.category, row.percent, row.set_at, row.set_by),
        may_write=actor.may(Permission.CALL_BACK_RULE, row.unit_id),
    )


def _share() -> Case:
    """Which share counts for a request: the nearest unit's rule, there the one that says more."""
    # A unit's customers are drawn by the rules of the units above it too.
    with beyond_fence():
        rules = list(CallBackRule.objects.select_related("unit"))
    depth = {one: len(path) for one, path in paths_of({rule.unit_id for rule in rules}).items()}
    rules.sort(key=lambda one: (-depth[one.unit_id], not one.category, not one.kind))
    whens = [When(_fits(rule), then=Value(rule.percent)) for rule in rules]
    return Case(*whens, default=Value(WHOLE), output_field=IntegerField())


def _fits(rule: CallBackRule) -> Q:
    fits = Q(unit__path__startswith=rule.unit.path)
    if rule.kind:
        fits &= Q(kind=rule.kind)
    return fits & Q(category=rule.category) if rule.category else fits
