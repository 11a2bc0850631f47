"""A person's own duty as a calendar feed (iCalendar, RFC 5545), behind a secret link."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from uuid import UUID

from django.utils.translation import gettext as _

from yinuo.domains.network.standing import works_here
from yinuo.domains.network.types import Actor
from yinuo.domains.oncall.hours import duty_calendar
from yinuo.domains.oncall.models import Turn
from yinuo.domains.oncall.selectors import AHEAD, rota_row
from yinuo.platform.errors import Forbidden, NotFound
from yinuo.platform.files.types import Owner
from yinuo.platform.links.services import issue_link

PURPOSE = "duty_calendar"
OWNER = "network.person"
LIFE = timedelta(days=366)
PAST = timedelta(days=7)
# An octet line of RFC 5545, its break not counted.
LINE_OCTETS = 75


def issue_feed(*, actor: Actor, now: datetime) -> str:
    """A fresh secret for one's own feed, shown once; the one before it becomes void.

    Raises Forbidden for whoever is no person here.
    """
    if actor.person_public_id is None:
        raise Forbidden
    owner = Owner(OWNER, actor.person_public_id)
    return issue_link(purpose=PURPOSE, owner=owner, expires_at=now + LIFE, actor=actor, now=now)


def feed_of(person_id: UUID, *, now: datetime) -> bytes:
    """The duty of a person from a week ago to two months ahead: an event for each stretch of it.

    The holder of the link has been checked. NotFound once the person has left.
    """
    turns = Turn.objects.filter(
        person__public_id=person_id,
        person__active=True,
        person__user__is_active=True,
        cancelled_at__isnull=True,
        period__overlap=(now - PAST, now + AHEAD),
    )
    found = list(turns.select_related("rota__unit").order_by("period"))
    if not found and not works_here(person_id):
        raise NotFound
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Yinuo//duty//ZH"]
    lines += [f"X-WR-CALNAME:{_text(_('On call'))}"]
    for turn in found:
        lines += _events(turn, now)
    lines.append("END:VCALENDAR")
    return "".join(f"{part}\r\n" for line in lines for part in _folded(line)).encode()


def _events(turn: Turn, now: datetime) -> Iterator[str]:
    rota = rota_row(turn.rota)
    low, high = max(turn.period.lower, now - PAST), min(turn.period.upper, now + AHEAD)
    for begins, ends in duty_calendar(rota.data).windows(low, high):
        yield "BEGIN:VEVENT"
        yield f"UID:{turn.public_id}-{_utc(begins)}"
        yield f"DTSTAMP:{_utc(turn.made_at)}"
        yield f"DTSTART:{_utc(begins)}"
        yield f"DTEND:{_utc(ends)}"
        yield f"SUMMARY:{_text(f'{rota.data.name} · {rota.unit_name}')}"
        yield "END:VEVENT"


def _utc(instant: datetime) -> str:
    return instant.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


def _text(words: str) -> str:
    """Text as RFC 5545 has it: no control character, commas and semicolons escaped."""
    plain = "".join(sign for sign in words if sign.isprintable())
    for sign in ("\\", ";", ","):
        plain = plain.replace(sign, f"\\{sign}")
    return plain


def _folded(line: str) -> Iterator[str]:
    """The line in parts of at most 75 octets, later ones begun by a blank; no sign is cut."""
    part, room = "", LINE_OCTETS
    for sign in line:
        size = len(sign.encode())
        if size > room:
            yield part
            part, room = " ", LINE_OCTETS - 1
        part, room = part + sign, room - size
    yield part
