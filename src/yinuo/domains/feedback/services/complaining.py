"""Taking a complaint in: by phone with its rings, by mail, from the portal, from a bad answer."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.translation import gettext as _

from yinuo.domains.customers.policies import visible_customers
from yinuo.domains.customers.visitors import DEFAULT_ZONE, Visitor
from yinuo.domains.feedback.answer_types import Case
from yinuo.domains.feedback.complaint_models import Complaint
from yinuo.domains.feedback.complaint_types import Category, ComplaintChannel, ComplaintData
from yinuo.domains.feedback.models import Answer
from yinuo.domains.feedback.surveys import LINK_PURPOSE
from yinuo.domains.network.permissions import Permission
from yinuo.domains.network.policies import require, visible_people
from yinuo.domains.network.types import SYSTEM, Actor
from yinuo.domains.network.upline import code_of
from yinuo.domains.obligations.services import bind_subject
from yinuo.domains.obligations.types import Binding, NewFact
from yinuo.domains.requests.linked import request_of_link
from yinuo.domains.requests.policies import visible_requests
from yinuo.domains.requests.visitors import own_requests
from yinuo.platform.errors import InvalidInput, NotFound
from yinuo.platform.identifiers import new_public_id
from yinuo.platform.journal.work import Work, writing
from yinuo.platform.links.types import Link
from yinuo.platform.scoped import one_of
from yinuo.platform.sequences import next_number

SUBJECT = "complaint"
DOCUMENT_KIND = "TS"
TEXT_LENGTH, NAME_LENGTH, PHONE_LENGTH, MOST_RINGS = 4_000, 80, 40, 100
# What was said longer ago is history, not a case to be worked on.
STILL_NEWS = timedelta(days=30)


def open_complaint(*, actor: Actor, data: ComplaintData, now: datetime) -> Complaint:
    """Take a complaint in; its clocks run from `received_at` (now when empty).

    The house answers within `COMPLAINT_HOURS`; what the plan of its request promises runs beside.
    Raises InvalidInput by field, NotFound for anything outside the actor's scope.
    """
    _check(data, now)
    with writing(actor=actor, now=now) as work:
        request = customer = None
        if data.customer_id:
            customer = one_of(visible_customers(actor), data.customer_id)
        if data.request_id:
            request = one_of(visible_requests(actor).select_related("site"), data.request_id)
        if request is None and customer is None:
            raise InvalidInput({"customer_id": _("Choose the customer first.")})
        place: Any = request or customer
        require(actor, Permission.COMPLAINT_WRITE, place.unit_id)
        complaint = _row(data, place.unit_id, work)
        complaint.customer_id = request.customer_id if request else place.pk
        complaint.request = request
        if data.about_id:
            complaint.about = one_of(visible_people(actor), data.about_id)
        return _begin(complaint, request, actor=actor, work=work)


def complain_in_portal(*, visitor: Visitor, data: ComplaintData, now: datetime) -> Complaint:
    """Take in what a customer's contact writes, about one of his requests or in general."""
    _check(data, now)
    with writing(actor=SYSTEM, now=now) as work:
        request = None
        if data.request_id:
            request = one_of(own_requests(visitor).select_related("site"), data.request_id)
        complaint = _row(data, request.unit_id if request else visitor.unit_id, work)
        complaint.channel = ComplaintChannel.WEB.value
        complaint.customer_id = visitor.customer_id
        complaint.request = request
        complaint.caller_name = visitor.name
        complaint.recorded_by = visitor.name
        return _begin(complaint, request, actor=SYSTEM, work=work)


def complain_by_link(*, link: Link, data: ComplaintData, now: datetime) -> Complaint:
    """Take in what the holder of a survey's link writes about its request.

    The same words about the request once more, while that complaint is worked on, are the same
    complaint. The caller has checked that the link may still be read. Raises InvalidInput by field,
    NotFound for a link of another purpose or when the request is gone.
    """
    if not data.caller_name.strip():
        raise InvalidInput({"caller_name": _("Give your name, in at most 80 characters.")})
    _check(data, now)
    if link.purpose != LINK_PURPOSE:
        raise NotFound
    with writing(actor=SYSTEM, now=now) as work:
        # Its lock has a form sent twice at once find the first one's complaint.
        request = request_of_link(link.owner.public_id)
        same = Complaint.objects.filter(request=request, channel=ComplaintChannel.WEB.value)
        open_ones = same.filter(closed_at__isnull=True, category=data.category)
        known: Complaint | None = open_ones.filter(said=data.said.strip()).first()
        if known is not None:
            return known
        complaint = _row(data, request.unit_id, work)
        complaint.channel = ComplaintChannel.WEB.value
        complaint.customer_id = request.customer_id
        complaint.request = request
        complaint.recorded_by = complaint.caller_name
        return _begin(complaint, request, actor=SYSTEM, work=work)


def open_of_answer(answer: Answer, case: Case, work: Work) -> None:
    """Make a dissatisfied customer's answer a case that is worked until he is turned (SV-11).

    One such case of a request is enough: while it is open, a further bad answer adds none.
    """
    if case.request_pk is None or answer.given_at < work.now - STILL_NEWS:
        return
    known = Complaint.objects.filter(request_id=case.request_pk, answer__isnull=False)
    if known.filter(closed_at__isnull=True).exists():
        return
    data = ComplaintData(
        category=Category.RESULT.value,
        said=answer.opinion or _("The customer is dissatisfied."),
        channel=ComplaintChannel.ANSWER.value,
        caller_name=answer.said_by,
        received_at=answer.given_at,
    )
    complaint = _row(data, answer.unit_id, work)
    complaint.customer_id = answer.customer_id
    complaint.request_id = case.request_pk
    complaint.about_id = answer.engineer_id
    complaint.answer = answer
    _begin(complaint, None, actor=SYSTEM, work=work)


def _row(data: ComplaintData, unit_id: int, work: Work) -> Complaint:
    received_at = data.received_at or work.now
    local = work.now.astimezone(ZoneInfo(settings.TIME_ZONE))
    return Complaint(
        public_id=new_public_id(),
        number=next_number(f"{DOCUMENT_KIND}-{code_of(unit_id)}-{local:%Y%m}"),
        unit_id=unit_id,
        channel=data.channel,
        rings=data.rings,
        category=data.category,
        is_major=data.is_major,
        said=data.said.strip(),
        caller_name=data.caller_name.strip(),
        caller_phone=data.caller_phone.strip(),
        received_at=received_at,
        recorded_at=work.now,
        recorded_by=work.actor.label,
        answer_due_at=received_at + timedelta(hours=settings.COMPLAINT_HOURS),
    )


def _begin(complaint: Complaint, request: Any, *, actor: Actor, work: Work) -> Complaint:
    complaint.save(force_insert=True)
    attrs: dict[str, Any] = {"complaint_class": "major" if complaint.is_major else "ordinary"}
    if complaint.rings is not None:
        attrs["rings"] = complaint.rings
    binding = Binding(
        subject_type=SUBJECT,
        subject_id=complaint.public_id,
        customer_id=complaint.customer_id,
        unit_id=complaint.unit_id,
        plan_version_id=request.plan_version_id if request else None,
        contract_id=request.contract_id if request else None,
        zone=request.site.zone if request and request.site else DEFAULT_ZONE,
    )
    fact = NewFact("complained", complaint.received_at, complaint.channel, attrs)
    bind_subject(binding, [fact], actor=actor, now=work.now)
    work.audit("complaint.open", complaint, after={"number": complaint.number})
    work.emit("complaint.opened", complaint, {"number": complaint.number})
    return complaint


def _check(data: ComplaintData, now: datetime) -> None:
    problems: dict[str, str] = {}
    if data.category not in set(Category):
        problems["category"] = _("Choose one of the answers offered.")
    if data.channel not in set(ComplaintChannel) - {ComplaintChannel.ANSWER}:
        problems["channel"] = _("Choose one of the answers offered.")
    if not data.said.strip():
        problems["said"] = _("Write down what the customer says.")
    if len(data.said) > TEXT_LENGTH:
        problems["said"] = _("Use at most 4,000 characters.")
    if len(data.caller_name) > NAME_LENGTH:
        problems["caller_name"] = _("Use at most 80 characters.")
    if len(data.caller_phone) > PHONE_LENGTH:
        problems["caller_phone"] = _("Use at most 40 characters.")
    if data.rings is not None and not 0 <= data.rings <= MOST_RINGS:
        problems["rings"] = _("Count the rings: 0 to 100.")
    if data.received_at is not None and data.received_at > now:
        problems["received_at"] = _("This time is in the future. Correct it.")
    if problems:
        raise InvalidInput(problems)
