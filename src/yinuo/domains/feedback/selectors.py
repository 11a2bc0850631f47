"""Reading call-backs; every function is limited to what the actor may see."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import F, Max, OuterRef, Q, Subquery

from yinuo.domains.feedback.models import CallBack
from yinuo.domains.feedback.policies import visible_call_backs
from yinuo.domains.feedback.sampling import drawn
from yinuo.domains.feedback.types import CallBacksOfRequest, CallBackView, DueCallBack
from yinuo.domains.fieldwork.policies import visible_work_orders
from yinuo.domains.network.permissions import Permission
from yinuo.domains.network.types import Actor
from yinuo.domains.obligations.selectors import facts_of_subject, obligations_of_subject
from yinuo.domains.obligations.several import obligations_of_subjects, with_latest
from yinuo.domains.obligations.types import ObligationView
from yinuo.domains.requests.filing import missing_for_filing
from yinuo.domains.requests.policies import visible_requests
from yinuo.domains.requests.report_forms import plan_of, promise_ended_by
from yinuo.domains.requests.reports import RESTORED
from yinuo.domains.requests.standing import counting
from yinuo.kernel.plan.plan import Plan
from yinuo.kernel.states import ENDED, RequestState
from yinuo.platform.paging import Page, page_of
from yinuo.platform.scoped import one_of

CALLED = "called_back"
_ENDED = sorted(state.value for state in ENDED)
_WAITING_FOR_CALL = [RequestState.RESTORED.value, RequestState.CONFIRMED.value]


def list_due_call_backs(actor: Actor, *, cursor: str = "", limit: int = 50) -> Page[DueCallBack]:
    """Visible restored requests whose customer was not reached since, the first restored leading;
    those drawn by the rules of their unit.

    Within a page, what is due first leads.
    """
    seen = visible_requests(actor).filter(
        state__in=_WAITING_FOR_CALL, unit_id__any=actor.units_for(Permission.CALL_BACK_WRITE)
    )
    # Said once more in the words of the index over what is not ended.
    seen = seen.exclude(state__in=_ENDED)
    reached = visible_call_backs(actor).filter(request_id=OuterRef("pk"), reached=True).order_by()
    last = reached.values("request_id").annotate(last=Max("made_at")).values("last")
    waiting = (
        drawn(with_latest(seen, restored_at="restored"))
        .annotate(called_at=Subquery(last))
        .filter(Q(called_at=None) | Q(called_at__lt=F("restored_at")), restored_at__isnull=False)
        .select_related("customer", "unit")
    )
    page = page_of(waiting, order=("restored_at", "id"), cursor=cursor, limit=limit)
    rows = page.items
    dues = _dues(actor, rows)
    tries = _attempts(actor, [row.pk for row in rows])
    found = [_due_call_back(row, dues.get(row.public_id), tries.get(row.pk, [])) for row in rows]
    found.sort(key=lambda one: (one.due_at is None, one.due_at or one.restored_at))
    return Page(tuple(found), page.next_cursor)


def list_bad_call_backs(
    actor: Actor, *, since: datetime, limit: int = 20
) -> list[tuple[CallBackView, str, str]]:
    """Answers of dissatisfied customers since an instant, the newest first.

    Each with the number and the customer of its request, while that is neither reopened nor
    called back again.
    """
    rows = (
        visible_call_backs(actor)
        .filter(reached=True, made_at__gte=since, request__state__in=sorted(RESTORED))
        .filter(Q(satisfaction="dissatisfied") | Q(done=False))
        .select_related("request__customer")
        .order_by("-id")[:limit]
    )
    return [
        (call_back_view(row, row.request.public_id), row.request.number, row.request.customer.name)
        for row in rows
    ]


def call_backs_of_request(actor: Actor, request_id: object) -> CallBacksOfRequest:
    """The call-backs of a visible request and what is missing before it is filed."""
    request = one_of(visible_requests(actor), request_id)
    rows = visible_call_backs(actor).filter(request_id=request.pk).order_by("-id")
    facts = counting(facts_of_subject(request.public_id))
    obligations = obligations_of_subject(request.public_id)
    missing = missing_for_filing(request, facts, obligations)
    restored = [fact.occurred_at for fact in facts if fact.kind == "restored"]
    is_restored = RequestState(request.state) in RESTORED
    reached = any(row.reached and restored and row.made_at >= restored[-1] for row in rows)
    return CallBacksOfRequest(
        call_backs=tuple(call_back_view(row, request.public_id) for row in rows),
        promise=_promises(actor, [request], {request.public_id: obligations}).get(
            request.public_id
        ),
        is_due=is_restored and not reached,
        may_write=is_restored and actor.may(Permission.CALL_BACK_WRITE, request.unit_id),
        may_reopen=is_restored and actor.may(Permission.REQUEST_CLOSE, request.unit_id),
        missing=missing,
    )


def call_back_view(row: CallBack, request_public_id: UUID) -> CallBackView:
    """The frozen form of a row."""
    return CallBackView(
        public_id=row.public_id,
        request_public_id=request_public_id,
        made_at=row.made_at,
        made_by=row.made_by,
        reached=row.reached,
        done=row.done,
        satisfaction=row.satisfaction,
        points=row.points,
        spoken_to=row.spoken_to,
        opinion=row.opinion,
    )


def _dues(actor: Actor, rows: Sequence[Any]) -> dict[UUID, datetime]:
    """When each request's call-back is due, of itself or of its sheets, the first one."""
    own = obligations_of_subjects(row.public_id for row in rows)
    found = _promises(actor, rows, own)
    return {key: one.due_at for key, one in found.items() if one.due_at is not None}


def _promises(
    actor: Actor, rows: Sequence[Any], own: Mapping[UUID, Sequence[ObligationView]]
) -> dict[UUID, ObligationView]:
    """The promise of a call-back on each request: its own, else the first due of its sheets."""
    sheets = _sheets_of(actor, rows)
    on_sheets = obligations_of_subjects(one for ids in sheets.values() for one in ids)
    found: dict[UUID, ObligationView] = {}
    for row in rows:
        plan = plan_of(row)
        groups = [own[row.public_id], *(on_sheets[one] for one in sheets.get(row.pk, ()))]
        promises = [one for one in _each(groups, plan) if one.due_at is not None]
        if promises:
            found[row.public_id] = min(
                promises, key=lambda one: (one.ended_at is not None, one.due_at)
            )
    return found


def _each(groups: Iterable[Sequence[ObligationView]], plan: Plan | None) -> list[ObligationView]:
    promises = (promise_ended_by(CALLED, plan, group) for group in groups)
    return [one for one in promises if one is not None]


def _sheets_of(actor: Actor, rows: Sequence[Any]) -> dict[int, list[UUID]]:
    found: dict[int, list[UUID]] = {}
    sheets = visible_work_orders(actor).filter(request_id__in=[row.pk for row in rows])
    for request_id, public_id in sheets.values_list("request_id", "public_id"):
        found.setdefault(request_id, []).append(public_id)
    return found


def _attempts(actor: Actor, request_ids: Sequence[int]) -> dict[int, list[CallBack]]:
    found: dict[int, list[CallBack]] = {}
    tried = visible_call_backs(actor).filter(request_id__in=request_ids, reached=False)
    for row in tried.order_by("id"):
        found.setdefault(row.request_id, []).append(row)
    return found


def _due_call_back(row: Any, due_at: datetime | None, tries: Sequence[CallBack]) -> DueCallBack:
    tries = [one for one in tries if one.made_at >= row.restored_at]
    return DueCallBack(
        request_public_id=row.public_id,
        number=row.number,
        customer_public_id=row.customer.public_id,
        customer_name=row.customer.name,
        caller_name=row.caller_name,
        caller_phone=row.caller_phone,
        symptom=row.symptom,
        unit_name=row.unit.name,
        restored_at=row.restored_at,
        due_at=due_at,
        attempts=len(tries),
        last_attempt_at=tries[-1].made_at if tries else None,
        last_remark=tries[-1].opinion if tries else "",
    )
