"""Calls on customers by our people: who went, what for, what came of it, when again (BP-12)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils.translation import gettext as _

from yinuo.domains.customers.models import Contact, CustomerVisit, Site
from yinuo.domains.customers.policies import visible_customers
from yinuo.domains.network.permissions import Permission
from yinuo.domains.network.types import Actor
from yinuo.platform.errors import InvalidInput
from yinuo.platform.journal.work import writing
from yinuo.platform.scoped import one_of

_TEXT_LENGTH, _OUTCOME_LENGTH = 200, 4_000


@dataclass(frozen=True, slots=True)
class VisitData:
    """What a person enters about a call on a customer. Ids are public ids; empty means none."""

    visited_on: date
    visitors: str
    purpose: str
    outcome: str = ""
    again_on: date | None = None
    site_id: object = None
    contact_id: object = None


def record_visit(
    *, actor: Actor, customer_id: object, data: VisitData, now: datetime
) -> CustomerVisit:
    """Record a call on a customer; whether it is the first or a return visit follows from the days.

    Raises InvalidInput, NotFound for what the actor cannot see. A visit is not edited afterwards.
    """
    customer = one_of(visible_customers(actor, Permission.CUSTOMER_WRITE), customer_id)
    _check(data, now)
    own_sites = Site.objects.filter(customer=customer)
    own_contacts = Contact.objects.filter(customer=customer)
    with writing(actor=actor, now=now) as work:
        visit = CustomerVisit.objects.create(
            customer=customer,
            site=one_of(own_sites, data.site_id) if data.site_id else None,
            contact=one_of(own_contacts, data.contact_id) if data.contact_id else None,
            visited_on=data.visited_on,
            visitors=data.visitors.strip(),
            purpose=data.purpose.strip(),
            outcome=data.outcome.strip(),
            again_on=data.again_on,
            recorded_at=now,
            recorded_by=actor.label,
        )
        work.audit("customer.visit", customer, after={"visited_on": str(data.visited_on)})
        work.emit("customer.visited", customer)
        return visit


def _check(data: VisitData, now: datetime) -> None:
    problems: dict[str, str] = {}
    # Tomorrow in UTC is today somewhere east of it.
    if data.visited_on > now.date() + timedelta(days=1):
        problems["visited_on"] = _("This day is still to come.")
    for name in ("visitors", "purpose"):
        given = getattr(data, name).strip()
        if not given or len(given) > _TEXT_LENGTH:
            problems[name] = _("Give a text of at most 200 characters.")
    if len(data.outcome) > _OUTCOME_LENGTH:
        problems["outcome"] = _("Use at most 4,000 characters.")
    if data.again_on and data.again_on <= data.visited_on:
        problems["again_on"] = _("The next visit comes after this one.")
    if problems:
        raise InvalidInput(problems)
