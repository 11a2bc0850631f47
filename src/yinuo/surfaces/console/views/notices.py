"""What a person was told, and for administrators everything that left, waits or failed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from yinuo.domains.contracts.losing import Loss
from yinuo.domains.fieldwork.heads import WorkOrderHead, find_work_order_heads
from yinuo.domains.network.permissions import Permission
from yinuo.domains.network.policies import require
from yinuo.domains.network.types import Actor
from yinuo.domains.notices.selectors import (
    count_outbox,
    count_unread,
    list_inbox,
    list_outbox,
)
from yinuo.domains.notices.services import read_all, read_notice, retry_notice, settle_by_hand
from yinuo.domains.notices.types import Channel, NoticeRow, State
from yinuo.domains.requests.heads import RequestHead, find_heads
from yinuo.surfaces.console import words
from yinuo.surfaces.console.access import actor_of, page
from yinuo.surfaces.console.emergency_words import SETBACKS
from yinuo.surfaces.console.templatetags.qualified import lost_words
from yinuo.surfaces.console.views.lists import Listing, LivePart

UNREAD = "unread"
HANDED_OVER = "request.handed_over"
ENDING = "contract.ending"
AGREEMENT_MISSED = "contract.agreement_missed"
CONTRACT_TOPICS = (ENDING, "contract.agreement_due", AGREEMENT_MISSED)
ASSIGNED = "work_order.assigned"
CERTIFICATE = "certificate.ending"
ROUTED = "request.routed"
PAUSE_TOPICS = {
    "pause.silent": (
        gettext_lazy("The customer did not object to a pause"),
        gettext_lazy("his time to object is over; the pause counts"),
    ),
    "pause.objected": (
        gettext_lazy("The customer objects to a pause"),
        gettext_lazy("the time runs on until the objection is decided"),
    ),
}
PLAIN_TOPICS = {
    "offer.made": (
        gettext_lazy("%(number)s is offered to your unit"),
        gettext_lazy("accept it, or decline it with the reason"),
    ),
    "offer.accepted": (
        gettext_lazy("%(unit)s took the request"),
        gettext_lazy("follow it to its end"),
    ),
    "offer.nobody": (
        gettext_lazy("No unit takes the request"),
        gettext_lazy("find another way for the customer"),
    ),
    "clinic.invited": (
        gettext_lazy("You are asked for advice in %(number)s"),
        gettext_lazy("take part, or decline with the reason"),
    ),
    "clinic.answered": (
        gettext_lazy("An expert answered your invitation"),
        gettext_lazy("the case shows who takes part"),
    ),
    "clinic.advised": (
        gettext_lazy("An expert advised in your case"),
        gettext_lazy("read it among its facts"),
    ),
    "clinic.concluded": (
        gettext_lazy("The clinic of %(number)s has ended"),
        gettext_lazy("the conclusion is recorded; thank you"),
    ),
    "duty.call": (
        gettext_lazy("A call for you on duty (%(rota)s)"),
        gettext_lazy("answer it; otherwise the next person is asked"),
    ),
    "duty.nobody": (
        gettext_lazy("Nobody answers a call on duty (%(rota)s)"),
        gettext_lazy("find somebody by hand"),
    ),
    "duty.handover": (
        gettext_lazy("The log of %(rota)s is handed to you"),
        gettext_lazy("read it and acknowledge it"),
    ),
    "duty.handover_late": (
        gettext_lazy("Nobody acknowledged the log of %(rota)s"),
        gettext_lazy("see that the next one on duty reads it"),
    ),
    "device.unapplied": (
        gettext_lazy("What a phone sent for %(number)s does not fit"),
        gettext_lazy("compare it with the sheet and settle it"),
    ),
    "device.need": (
        gettext_lazy("Something is missing at %(number)s"),
        gettext_lazy("the engineer noted on the request what it is"),
    ),
    "device.next_visit": (
        gettext_lazy("The engineer of %(number)s wishes another visit"),
        gettext_lazy("the day and the reason are noted on the request"),
    ),
    "visit.contact": (
        gettext_lazy("Speak to %(customer)s about a visit"),
        gettext_lazy("%(title)s: agree on the day and what is done"),
    ),
    "visit.remind": (
        gettext_lazy("Tell %(customer)s again that we come"),
        gettext_lazy("%(title)s, %(when)s"),
    ),
    "visit.reminder": (
        gettext_lazy("We come as agreed: %(when)s"),
        gettext_lazy("%(title)s"),
    ),
    "training.planned": (
        gettext_lazy("A training is planned with you: %(title)s"),
        gettext_lazy("it begins %(when)s"),
    ),
    "training.moved": (
        gettext_lazy("Another time or place: %(title)s"),
        gettext_lazy("it begins %(when)s"),
    ),
    "training.cancelled": (
        gettext_lazy("Called off: %(title)s"),
        gettext_lazy("it was to begin %(when)s"),
    ),
    "goods.ordered": (
        gettext_lazy("%(customer)s ordered goods: %(number)s"),
        gettext_lazy("accept the order with the day of delivery"),
    ),
    "goods.change_asked": (
        gettext_lazy("%(customer)s asks to change the order %(number)s"),
        gettext_lazy("answer the change; nothing leaves meanwhile"),
    ),
    "goods.cancelled_by_customer": (
        gettext_lazy("%(customer)s cancelled the order %(number)s"),
        gettext_lazy("it was not accepted yet; nothing is to be done"),
    ),
    "relocation.approved": (
        gettext_lazy("%(customer)s approved the plan of %(number)s"),
        gettext_lazy("it can begin as planned"),
    ),
    "work_order.companion": (
        gettext_lazy("You go along to the visit of sheet %(number)s"),
        gettext_lazy("somebody else leads it; the hours are booked for you"),
    ),
    "work_order.passed_on": (
        gettext_lazy("Sheet %(number)s is to be assigned"),
        gettext_lazy("no specialist is free and able"),
    ),
}
EMERGENCY_TOPICS = {
    "emergency.turn": gettext_lazy("an emergency plan waits for you"),
    "emergency.idle": gettext_lazy("a step of an emergency plan waits too long"),
    "emergency.setback": gettext_lazy("an emergency crew had a setback"),
    "emergency.departed": gettext_lazy("the crew departed; tell the customer its arrival"),
    "emergency.estimate": gettext_lazy("a new arrival estimate; tell the customer"),
}
PAGES = {
    "order": "console:goods_one",
    "relocation": "console:relocations_one",
    "offer": "console:offers_one",
    "duty_call": "console:duty_call",
    "due_visit": "console:visits_one",
    "training": "console:trainings_one",
    "request": "console:requests_one",
    "contract": "console:contracts_one",
    "work_order": "console:work_one",
    "emergency_plan": "console:emergency_one",
    "certificate": "console:certificates_one",
}


@dataclass(frozen=True, slots=True)
class Told:
    """A notice in words: what it says, whom it was meant for, the case it is about."""

    notice: NoticeRow
    title: str
    line: str
    due_at: datetime | None
    meant_for: str
    head: RequestHead | None
    # The contract it is about, where it is about one.
    contract: str = ""
    # The certificate it is about, where it is about one.
    certificate: str = ""
    # The number of the emergency plan it is about, where it is about one.
    emergency: str = ""
    # The sheet it is about, where it is about one.
    sheet: WorkOrderHead | None = None

    @property
    def has_page(self) -> bool:
        """True for an offer, a call on duty, a visit due or a training: each has its own page."""
        return self.notice.subject_type in ("offer", "duty_call", "due_visit", "training")


@require_GET
@page
def notices(request: HttpRequest) -> HttpResponse:
    """One's own notices, newest first; only those not read when asked."""
    actor = actor_of(request)
    require(actor, Permission.NOTICE_READ)
    show, cursor = request.GET.get("show", ""), request.GET.get("cursor", "")
    found = list_inbox(actor, unread_only=show == UNREAD, cursor=cursor)
    unread = count_unread(actor)
    context = {
        "list": Listing(
            _told(actor, found.items), "", cursor, found.next_cursor, is_narrowed=show == UNREAD
        ),
        "show": show,
        "unread": unread,
        "live": LivePart("inbox", reverse("console:notices_version"), str(unread)),
    }
    return render(request, "console/notices/inbox.html", context)


@require_GET
@page
def notices_version(request: HttpRequest) -> HttpResponse:
    """How many notices are unread: what the bell asks for."""
    return HttpResponse(str(count_unread(actor_of(request))), content_type="text/plain")


@require_POST
@page
def notices_read(request: HttpRequest, notice_id: UUID) -> HttpResponse:
    """Mark a notice read and go to its case, or mark it unread again."""
    is_read = request.POST.get("do") != UNREAD
    notice = read_notice(
        actor=actor_of(request), notice_id=notice_id, is_read=is_read, now=timezone.now()
    )
    if is_read and request.POST.get("do") == "open" and notice.subject_type in PAGES:
        return redirect(PAGES[notice.subject_type], notice.subject_id)
    return redirect(_back(request, "console:notices"))


@require_POST
@page
def notices_read_all(request: HttpRequest) -> HttpResponse:
    """Mark everything read."""
    actor = actor_of(request)
    require(actor, Permission.NOTICE_READ)
    read_all(actor=actor, now=timezone.now())
    return redirect("console:notices")


@require_GET
@page
def outbox(request: HttpRequest) -> HttpResponse:
    """Everything told by any channel: what left, what waits for a transport, what failed."""
    actor = actor_of(request)
    require(actor, Permission.OUTBOX_MANAGE)
    state = request.GET.get("state", "")
    state = state if state in set(State) else ""
    channel = request.GET.get("channel", "")
    channel = channel if channel in set(Channel) else ""
    cursor = request.GET.get("cursor", "")
    found = list_outbox(actor, state=state, channel=channel, cursor=cursor)
    context = {
        "list": Listing(
            _told(actor, found.items),
            "",
            cursor,
            found.next_cursor,
            is_narrowed=bool(state or channel),
        ),
        "counts": count_outbox(actor),
        "states": words.NOTICE_STATES.items(),
        "channels": words.NOTICE_CHANNELS.items(),
        "state": state,
        "channel": channel,
    }
    return render(request, "console/notices/outbox.html", context)


@require_POST
@page
def outbox_retry(request: HttpRequest, notice_id: UUID) -> HttpResponse:
    """Try a failed notice again."""
    return _settle(request, notice_id, retry_notice)


@require_POST
@page
def outbox_settle(request: HttpRequest, notice_id: UUID) -> HttpResponse:
    """Say that the person was told by hand."""
    return _settle(request, notice_id, settle_by_hand)


def _settle(request: HttpRequest, notice_id: UUID, service: Callable[..., Any]) -> HttpResponse:
    service(actor=actor_of(request), notice_id=notice_id, now=timezone.now())
    return redirect(_back(request, "console:outbox"))


def _back(request: HttpRequest, name: str) -> str:
    """The list as it was narrowed; only our own query, never an address from outside."""
    query = request.POST.get("query", "")
    return reverse(name) + (f"?{query}" if query else "")


def _told(actor: Actor, notices: tuple[NoticeRow, ...]) -> tuple[Told, ...]:
    heads = find_heads(actor, {one.subject_id for one in notices})
    of_sheets = {one.subject_id for one in notices if one.subject_type == "work_order"}
    sheets = find_work_order_heads(actor, of_sheets)
    told = (_in_words(one, heads.get(one.subject_id)) for one in notices)
    return tuple(replace(one, sheet=sheets.get(one.notice.subject_id)) for one in told)


def _in_words(notice: NoticeRow, head: RequestHead | None) -> Told:
    if notice.topic == HANDED_OVER:
        title, line = _("Handed over to you"), _("take it on")
        return Told(notice=notice, title=title, line=line, due_at=None, meant_for="", head=head)
    if notice.topic == ASSIGNED:
        title, line = _("A work order for you"), _("accept it, or decline it with the reason")
        return Told(notice=notice, title=title, line=line, due_at=None, meant_for="", head=head)
    if notice.topic == ROUTED:
        title = _("Waits in the queue of %(group)s") % {"group": notice.data.get("group", "")}
        line = _("somebody of the group takes it")
        return Told(notice=notice, title=title, line=line, due_at=None, meant_for="", head=head)
    if notice.topic in PAUSE_TOPICS:
        title, line = (str(text) for text in PAUSE_TOPICS[notice.topic])
        return Told(notice=notice, title=title, line=line, due_at=None, meant_for="", head=head)
    if notice.topic in PLAIN_TOPICS:
        title, line = (str(text) % notice.data for text in PLAIN_TOPICS[notice.topic])
        return Told(notice=notice, title=title, line=line, due_at=None, meant_for="", head=head)
    if notice.topic in EMERGENCY_TOPICS:
        return _of_emergency(notice)
    if notice.topic in CONTRACT_TOPICS:
        return _of_contract(notice)
    if notice.topic == CERTIFICATE:
        return _of_certificate(notice)
    data = notice.data
    due_at = data.get("due_at")
    name = words.in_language(data.get("title_zh", ""), data.get("title_en", ""))
    role = words.plan_role(data.get("role", ""))
    return Told(
        notice=notice,
        title=f"{data.get('number', '')} {name}".strip(),
        line=_line(data),
        due_at=datetime.fromisoformat(due_at) if due_at else None,
        meant_for="" if data.get("is_meant", True) else role,
        head=head,
    )


def _of_emergency(notice: NoticeRow) -> Told:
    """A step of an emergency plan, a setback, or what the customer is told."""
    data = notice.data
    kind = data.get("kind", "")
    title = words.in_language(data.get("zh", ""), data.get("en", ""))
    if notice.topic == "emergency.setback":
        name = str(words.word(SETBACKS, kind)) if kind in SETBACKS else _("You decide")
        title = f"{name} {data.get('skill', '')}".strip()
    due_at = data.get("arrival_at", "")
    return Told(
        notice=notice,
        title=title or f"{data.get('lead', '')} {data.get('lead_phone', '')}".strip(),
        line=str(EMERGENCY_TOPICS[notice.topic]),
        due_at=datetime.fromisoformat(due_at) if due_at else None,
        meant_for="",
        head=None,
        emergency=data.get("number", ""),
    )


def _of_contract(notice: NoticeRow) -> Told:
    """An end or an agreement that comes near; its day ends it."""
    data = notice.data
    is_ending = notice.topic == ENDING
    title = _("The contract ends soon") if is_ending else _("An agreement is due")
    if notice.topic == AGREEMENT_MISSED:
        title = _("An agreement was missed")
    day = datetime.fromisoformat(data["on"])
    return Told(
        notice=notice,
        title=title,
        line=_renewal(data) if is_ending else data.get("text", "") or _("keep it"),
        due_at=timezone.make_aware(day),
        meant_for="",
        head=None,
        contract=f"{data['number']} · {data['customer']}",
    )


def _of_certificate(notice: NoticeRow) -> Told:
    """A certificate that ends soon, with what is lost then."""
    data = notice.data
    names = tuple(data.get("numbers", ()))
    loss = Loss(int(data["others"]), contracts=int(data["contracts"]), numbers=names)
    title = _("The certificate of %(name)s ends") % {"name": data["holder"]}
    return Told(
        notice=notice,
        title=title,
        line=lost_words(loss, data["line"]),
        due_at=timezone.make_aware(datetime.fromisoformat(data["on"])),
        meant_for="",
        head=None,
        certificate=data["kind"],
    )


def _renewal(data: Any) -> str:
    """What to do about an end, with the price of a year's renewal where a rule gives one."""
    said = _("renew or follow up")
    if price := data.get("price"):
        said = " · ".join([said, _("price of renewal %(price)s") % {"price": price}])
    return said


def _line(data: Any) -> str:
    """What an escalation says: how far the promised time has gone."""
    if data.get("is_over"):
        again = int(data.get("repetition", 0))
        if again:
            return _("still not kept, reminder %(number)d") % {"number": again + 1}
        return _("overdue")
    if data.get("percent") is not None:
        return _("%(percent)d%% of the time has gone") % {"percent": data["percent"]}
    return _("is running out")
