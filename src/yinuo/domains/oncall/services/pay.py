"""What changes a month's pay: the rota's settings, cases that take something off, overtime."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.translation import gettext as _

from yinuo.domains.network.permissions import Permission
from yinuo.domains.network.types import Actor
from yinuo.domains.oncall.call_types import PayEntryData, PayKind, PayTerms
from yinuo.domains.oncall.models import PayEntry, Rota
from yinuo.domains.oncall.policies import visible_rotas
from yinuo.domains.oncall.services.rotating import able_person
from yinuo.platform.errors import IllegalMove, InvalidInput
from yinuo.platform.journal.work import stored, writing
from yinuo.platform.scoped import one_of

MOST_YUAN, MOST_FACTOR, MOST_HOURS = Decimal(100_000), Decimal(10), Decimal(24)
LONGEST_NOTE = 200
# A week.
LONGEST_TO_ACKNOWLEDGE = 10_080


def set_pay(*, actor: Actor, rota_id: object, version: int, terms: PayTerms, now: datetime) -> Rota:
    """Set what a month of duty pays and how long people have to answer
    and to acknowledge.

    Raises InvalidInput per field, Conflict for a stale version, NotFound.
    """
    problems = {}
    if not 1 <= terms.answer_minutes <= 1440:
        problems["answer_minutes"] = _("Give 1 to 1,440 minutes.")
    if not 1 <= terms.acknowledge_minutes <= LONGEST_TO_ACKNOWLEDGE:
        problems["acknowledge_minutes"] = _("Give 1 to 10,080 minutes.")
    for name, value in asdict(terms).items():
        most = MOST_FACTOR if name == "overtime_factor" else MOST_YUAN
        if not name.endswith("_minutes") and not (value.is_finite() and 0 <= value < most):
            problems[name] = _("Give an amount from 0 on.")
    if problems:
        raise InvalidInput(problems)
    with writing(actor=actor, now=now) as work:
        rotas = visible_rotas(actor, Permission.DUTY_WRITE).select_for_update(of=("self",))
        rota = one_of(rotas, rota_id)
        before = {name: str(getattr(rota, name)) for name in asdict(terms)}
        stored(rota, expected_version=version, changes=asdict(terms))
        after = {name: str(value) for name, value in asdict(terms).items()}
        work.audit("duty.set_pay", rota, before=before, after=after)
        return rota


def add_pay_entry(*, actor: Actor, rota_id: object, entry: PayEntryData, now: datetime) -> PayEntry:
    """Enter a case that takes something off a person's month, or hours of overtime on a day.

    Nobody enters his own. Raises InvalidInput per field, NotFound for a rota or person out of the
    actor's reach.
    """
    said = _checked(entry, now)
    with writing(actor=actor, now=now) as work:
        rota = one_of(visible_rotas(actor, Permission.DUTY_WRITE), rota_id)
        person = able_person(rota, entry.person_id)
        if person.id == actor.person_id:
            raise IllegalMove(_("Somebody else enters what changes your own pay."))
        row = PayEntry.objects.create(
            rota=rota,
            person_id=person.id,
            kind=entry.kind,
            on=entry.on,
            hours=entry.hours,
            note=said,
            recorded_at=now,
            recorded_by=actor.label,
        )
        after = {
            "person": str(person.public_id),
            "kind": entry.kind,
            "on": str(entry.on),
            "hours": str(entry.hours),
        }
        work.audit("duty.add_pay", row, after=after, reason=said)
        return row


def cancel_pay_entry(*, actor: Actor, entry_id: object, version: int, now: datetime) -> PayEntry:
    """Take an entry back; it stays on record. Raises IllegalMove when it is one's own."""
    with writing(actor=actor, now=now) as work:
        units = actor.units_for(Permission.DUTY_WRITE)
        rows = PayEntry.objects.filter(rota__unit_id__any=units, cancelled_at__isnull=True)
        row = one_of(rows, entry_id)
        if row.person_id == actor.person_id:
            raise IllegalMove(_("Somebody else enters what changes your own pay."))
        stored(row, expected_version=version, changes={"cancelled_at": now})
        work.audit("duty.cancel_pay", row, after={"cancelled": True})
        return row


def _checked(entry: PayEntryData, now: datetime) -> str:
    """The note; InvalidInput names each wrong field."""
    said, hours = entry.note.strip(), entry.hours
    problems = {}
    if entry.kind not in set(PayKind):
        problems["kind"] = _("Choose one of the kinds offered.")
    is_overtime = entry.kind == PayKind.OVERTIME
    if is_overtime and (hours is None or not hours.is_finite() or not 0 < hours <= MOST_HOURS):
        problems["hours"] = _("Give more than 0 and at most 24 hours.")
    if not is_overtime and hours is not None:
        problems["hours"] = _("Only overtime has hours.")
    if not said or len(said) > LONGEST_NOTE:
        problems["note"] = _("Say what happened, in at most 200 characters.")
    if entry.on > now.astimezone(ZoneInfo(settings.TIME_ZONE)).date():
        problems["on"] = _("This day is still to come.")
    if problems:
        raise InvalidInput(problems)
    return said
