"""Absences of people: leave, illness, training. Whoever is away is no candidate."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import F
from django.utils.translation import gettext as _

from yinuo.domains.network import policies
from yinuo.domains.network.models import Absence
from yinuo.domains.network.permissions import Permission
from yinuo.domains.network.qualification_types import AbsenceKind
from yinuo.domains.network.services.capacities import qualifiable_person
from yinuo.domains.network.types import Actor
from yinuo.platform.errors import IllegalMove, InvalidInput
from yinuo.platform.journal.work import stored, writing
from yinuo.platform.scoped import one_of

LONGEST_ABSENCE = timedelta(days=731)
LONGEST_NOTE = 200


def add_absence(
    *,
    actor: Actor,
    person_id: object,
    kind: str,
    starts_at: datetime,
    ends_at: datetime,
    note: str = "",
    now: datetime,
) -> Absence:
    """Record that somebody is away from one instant to another (half-open).

    Raises InvalidInput when it ends before it starts, is over two years long or overlaps another.
    """
    person = qualifiable_person(actor, person_id)
    _check(kind, starts_at, ends_at, note)
    with writing(actor=actor, now=now) as work:
        # One at a time for a person, so that two cannot overlap.
        type(person).objects.select_for_update().get(pk=person.pk)
        # A training in the time of a leave stands in nobody's way, nor the other way round.
        present = Absence.objects.filter(
            person=person, cancelled_at__isnull=True, cause_id__isnull=True
        )
        if present.filter(starts_at__lt=ends_at, ends_at__gt=starts_at).exists():
            raise InvalidInput({"starts_at": _("Another absence is recorded for this time.")})
        absence = Absence.objects.create(
            person=person,
            kind=kind,
            starts_at=starts_at,
            ends_at=ends_at,
            note=note.strip(),
            recorded_at=now,
            recorded_by=actor.label,
        )
        # Illness is nobody's business but the planners': the trail has the time only.
        after = {"from": starts_at.isoformat(), "until": ends_at.isoformat()}
        work.audit("person.add_absence", person, after=after)
        return absence


@dataclass(frozen=True, slots=True)
class Cause:
    """What keeps people from being sent: a training by its public id, its name and its hours."""

    id: UUID
    title: str
    starts_at: datetime
    ends_at: datetime


def keep_away(*, cause: Cause, person_ids: Collection[int], by: str, now: datetime) -> None:
    """Let exactly these people be away because of it: of the others it is taken back.

    The caller's step has checked who may say so, and records it.
    """
    present = Absence.objects.filter(cause_id=cause.id, cancelled_at__isnull=True)
    title = cause.title[:LONGEST_NOTE]
    stands = present.filter(
        person_id__in=person_ids, note=title, starts_at=cause.starts_at, ends_at=cause.ends_at
    )
    kept = set(stands.values_list("person_id", flat=True))
    present.exclude(person_id__in=kept).update(cancelled_at=now, version=F("version") + 1)
    Absence.objects.bulk_create(
        Absence(
            person_id=person_id,
            kind=AbsenceKind.TRAINING.value,
            starts_at=cause.starts_at,
            ends_at=cause.ends_at,
            note=title,
            cause_id=cause.id,
            recorded_at=now,
            recorded_by=by[:80],
        )
        for person_id in sorted(set(person_ids) - kept)
    )


def cancel_absence(*, actor: Actor, absence_id: object, version: int, now: datetime) -> Absence:
    """Take an absence back; he can be sent again."""
    writable = actor.units_for(Permission.QUALIFICATION_WRITE)
    seen = policies.visible_people(actor).filter(unit_id__any=writable)
    row = one_of(Absence.objects.filter(person__in=seen), absence_id)
    with writing(actor=actor, now=now) as work:
        if row.cancelled_at is not None:
            raise IllegalMove(_("This absence is taken back already."))
        if row.cause_id is not None:
            raise IllegalMove(_("This follows from a training. Change who takes part there."))
        stored(row, expected_version=version, changes={"cancelled_at": now})
        work.audit("person.cancel_absence", row.person, after={"absence": str(row.public_id)})
        return row


def _check(kind: str, starts_at: datetime, ends_at: datetime, note: str) -> None:
    problems: dict[str, str] = {}
    if kind not in set(AbsenceKind):
        problems["kind"] = _("There is no such kind of absence.")
    for name, at in (("starts_at", starts_at), ("ends_at", ends_at)):
        if at.tzinfo is None:
            problems[name] = _("Give the time with its zone, such as +08:00.")
    if not problems and not starts_at < ends_at <= starts_at + LONGEST_ABSENCE:
        problems["ends_at"] = _("An absence ends after it starts, within two years.")
    if len(note.strip()) > LONGEST_NOTE:
        problems["note"] = _("Use at most %(most)d characters.") % {"most": LONGEST_NOTE}
    if problems:
        raise InvalidInput(problems)
