"""Reading plans; limited to the units where the actor sends people."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from django.utils.dateparse import parse_datetime

from yinuo.domains.dispatch.models import PlanLine, PlanRun
from yinuo.domains.dispatch.plan_types import LineRow, RunRow
from yinuo.domains.dispatch.policies import visible_runs
from yinuo.domains.network.role_holders import names_of
from yinuo.domains.network.types import Actor
from yinuo.platform.paging import Page, page_of
from yinuo.platform.scoped import one_of


def list_plans(actor: Actor, *, cursor: str = "", limit: int = 25) -> Page[RunRow]:
    """Visible plans, newest first."""
    rows = visible_runs(actor).select_related("unit")
    return page_of(rows, order=("-id",), cursor=cursor, limit=limit).map(_run)


def get_plan(actor: Actor, run_id: object) -> RunRow:
    """One visible plan; NotFound otherwise."""
    return _run(one_of(visible_runs(actor).select_related("unit"), run_id))


def list_plan_lines(actor: Actor, run_id: object) -> list[LineRow]:
    """The lines of a visible plan in their order. NotFound."""
    run = one_of(visible_runs(actor), run_id)
    rows = run.lines.select_related(
        "work_order__customer", "work_order__request__site", "person", "before", "taken"
    )
    lines = list(rows.order_by("number"))
    names = names_of({each["person"] for one in lines for each in one.content.get("options", ())})
    return [_line(one, names) for one in lines]


def _run(one: PlanRun) -> RunRow:
    return RunRow(
        public_id=one.public_id,
        unit_name=one.unit.name,
        unit_public_id=one.unit.public_id,
        person=one.person,
        first_on=one.first_on,
        days=one.days,
        mode=one.mode,
        state=one.state,
        percent=one.percent,
        created_at=one.created_at,
        ended_at=one.ended_at,
        refusal=one.refusal,
        weights=one.weights,
        summary=one.summary,
    )


def _line(one: PlanLine, names: Mapping[str, str]) -> LineRow:
    order = one.work_order
    site = order.request.site
    due_at = one.content.get("due_at")
    late = one.content.get("late")
    options = [
        {**each, "name": names.get(each["person"], "")} for each in one.content.get("options", ())
    ]
    return LineRow(
        public_id=one.public_id,
        number=one.number,
        work_order_public_id=order.public_id,
        order_number=order.number,
        customer_name=order.customer.name,
        site_name=site.name if site else "",
        change=one.change,
        person_name=one.person.name if one.person else "",
        person_public_id=one.person.public_id if one.person else None,
        leaves_at=one.leaves_at,
        starts_at=one.starts_at,
        ends_at=one.ends_at,
        before_name=one.before.name if one.before else "",
        before_at=one.before_at,
        due_at=parse_datetime(due_at) if due_at else None,
        late=Decimal(late) if late else Decimal(0),
        content={**one.content, "options": options},
        is_stale=order.version != one.order_version,
        is_taken=hasattr(one, "taken"),
    )
