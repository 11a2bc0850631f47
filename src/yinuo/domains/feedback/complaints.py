"""Reading complaints; every function is limited to what the actor may see."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django.db.models import Q, QuerySet, Sum, Value
from django.db.models.functions import Coalesce

from yinuo.domains.customers.visitors import Visitor
from yinuo.domains.feedback.complaint_models import Complaint, ComplaintStep
from yinuo.domains.feedback.complaint_types import (
    ComplaintRow,
    ComplaintView,
    Precedent,
    StepView,
)
from yinuo.domains.feedback.models import Answer
from yinuo.domains.feedback.policies import visible_complaints
from yinuo.domains.network.permissions import Permission
from yinuo.domains.network.types import Actor
from yinuo.kernel.complaint_states import ComplaintAct, ComplaintState, Principle, state_after
from yinuo.kernel.likeness import likeness
from yinuo.kernel.plan.reports import Satisfaction
from yinuo.platform.paging import Page, page_of
from yinuo.platform.scoped import one_of

# So many earlier ones of the category are compared, so that it costs the same after years.
MOST_COMPARED, MOST_SHOWN, LEAST_PERCENT = 300, 5, 15
_DONE = [ComplaintState.CLOSED.value, ComplaintState.IMPROVED.value]
_PLACES = ("customer", "unit", "about", "request")


def list_complaints(
    actor: Actor, *, state: str = "", cursor: str = "", limit: int = 50
) -> Page[ComplaintRow]:
    """Visible complaints, the newest first; `state` a state's code, or `open` for those to do."""
    rows = _with_cost(visible_complaints(actor)).select_related(*_PLACES)
    if state == "open":
        rows = rows.exclude(state=ComplaintState.IMPROVED.value)
    elif state:
        rows = rows.filter(state=state)
    return page_of(rows, order=("-id",), cursor=cursor, limit=limit).map(_row)


def get_complaint(actor: Actor, complaint_id: object) -> ComplaintView:
    """One visible complaint with its steps; NotFound otherwise."""
    rows = _with_cost(visible_complaints(actor)).select_related(*_PLACES)
    row = one_of(rows, complaint_id)
    steps = row.steps.select_related("precedent").order_by("id")
    turned = _last_answer(row)
    return ComplaintView(
        row=_row(row),
        rings=row.rings,
        caller_name=row.caller_name,
        caller_phone=row.caller_phone,
        recorded_by=row.recorded_by,
        settle_by=row.settle_by,
        settled_at=row.settled_at,
        responsibility=row.responsibility,
        improvement=row.improvement,
        sanction=row.sanction,
        closed_at=row.closed_at,
        improved_at=row.improved_at,
        turned=Satisfaction(turned) if turned else None,
        from_answer=row.answer_id is not None,
        steps=tuple(_step(one) for one in steps),
        acts=_acts(actor, row),
    )


def find_precedents(actor: Actor, complaint_id: object) -> list[Precedent]:
    """Closed complaints of the same category whose words are most alike, the likest first."""
    asked = one_of(visible_complaints(actor), complaint_id)
    closed = visible_complaints(actor).filter(category=asked.category, state__in=_DONE)
    rows = _with_cost(closed.exclude(pk=asked.pk)).order_by("-id")[:MOST_COMPARED]
    shares = [(int(likeness(asked.said, row.said) * 100), row) for row in rows]
    likest = sorted(shares, key=lambda one: -one[0])[:MOST_SHOWN]
    alike = [(percent, row) for percent, row in likest if percent >= LEAST_PERCENT]
    ends = _settled_texts(row.pk for _, row in alike)
    return [
        Precedent(row.public_id, row.number, row.said, ends.get(row.pk, ""), row.cost_sum, percent)
        for percent, row in alike
    ]


def own_complaints(visitor: Visitor, *, limit: int = 20) -> list[tuple[ComplaintRow, str]]:
    """The complaints of the visitor's customer that he or we wrote down, with our answer."""
    rows = Complaint.objects.filter(customer_id=visitor.customer_id, answer__isnull=True)
    found = list(_with_cost(rows).select_related(*_PLACES).order_by("-id")[:limit])
    said = ComplaintStep.objects.filter(
        complaint_id__in=[row.pk for row in found], kind=ComplaintAct.ANSWERED.value
    )
    answers = dict(said.values_list("complaint_id", "text"))
    return [(_row(row), answers.get(row.pk, "")) for row in found]


def waiting_departments(complaint_pk: int) -> list[str]:
    """Departments asked that have not answered since. The caller has checked the complaint."""
    kinds = (ComplaintAct.ASKED.value, ComplaintAct.REPLIED.value)
    rows = ComplaintStep.objects.filter(complaint_id=complaint_pk, kind__in=kinds).order_by("id")
    waiting: dict[str, None] = {}
    for kind, department in rows.values_list("kind", "department"):
        if kind == ComplaintAct.ASKED:
            waiting[department] = None
        else:
            waiting.pop(department, None)
    return list(waiting)


def is_turned(complaint: Complaint) -> bool:
    """True when the customer was asked again since and is no longer dissatisfied."""
    last = _last_answer(complaint)
    return bool(last) and last not in (Satisfaction.DISSATISFIED, Satisfaction.NO_STATEMENT)


def _last_answer(complaint: Complaint) -> str:
    """What the customer said last of the request, after the answer that the complaint is from."""
    if complaint.answer_id is None or complaint.request_id is None:
        return ""
    rows = Answer.objects.filter(request_id=complaint.request_id, pk__gt=complaint.answer_id)
    return rows.order_by("-pk").values_list("satisfaction", flat=True).first() or ""


def _acts(actor: Actor, row: Complaint) -> frozenset[str]:
    right = Permission.COMPLAINT_DECIDE if row.is_with_superior else Permission.COMPLAINT_WRITE
    is_about_him = actor.person_id is not None and actor.person_id == row.about_id
    if is_about_him or not actor.may(right, row.unit_id):
        return frozenset()
    state = ComplaintState(row.state)
    return frozenset(
        one.value for one in (*Principle, *ComplaintAct) if state_after(state, one.value)
    )


def _with_cost(rows: QuerySet[Complaint]) -> QuerySet[Any]:
    return rows.annotate(cost_sum=Coalesce(Sum("steps__cost"), Value(Decimal(0))))


def _settled_texts(pks: Iterable[int]) -> dict[int, str]:
    rows = ComplaintStep.objects.filter(
        Q(kind=ComplaintAct.SETTLED.value), complaint_id__in=list(pks)
    )
    return dict(rows.values_list("complaint_id", "text"))


def _row(row: Any) -> ComplaintRow:
    return ComplaintRow(
        public_id=row.public_id,
        version=row.version,
        number=row.number,
        state=row.state,
        category=row.category,
        channel=row.channel,
        is_major=row.is_major,
        said=row.said,
        customer_public_id=row.customer.public_id,
        customer_name=row.customer.name,
        unit_id=row.unit_id,
        unit_name=row.unit.name,
        about_name=row.about.name if row.about else "",
        request_public_id=row.request.public_id if row.request else None,
        request_number=row.request.number if row.request else "",
        received_at=row.received_at,
        answer_due_at=row.answer_due_at,
        answered_at=row.answered_at,
        is_with_superior=row.is_with_superior,
        improve_by=row.improve_by,
        cost=row.cost_sum,
    )


def _step(row: ComplaintStep) -> StepView:
    return StepView(
        kind=row.kind,
        text=row.text,
        department=row.department,
        redress=row.redress,
        cost=row.cost,
        precedent_number=row.precedent.number if row.precedent else "",
        told_at=row.told_at,
        done_at=row.done_at,
        recorded_by=row.recorded_by,
    )
