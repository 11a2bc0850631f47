"""Speaking to the customer before a visit: agreed, moved, told again, let off."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from yinuo.domains.contracts.subjects import read_contracts
from yinuo.domains.customers.consents import has_refused
from yinuo.domains.network.types import Actor
from yinuo.domains.notices.services.telling import notify_outside
from yinuo.domains.notices.types import Channel, Outsider, Telling
from yinuo.domains.obligations.services.holding import record_fact
from yinuo.domains.obligations.services.looking import look_now
from yinuo.domains.obligations.types import NewFact
from yinuo.domains.obligations.visit_periods import visit_duties
from yinuo.domains.prevention.keeping import keep_own, zone_of
from yinuo.domains.prevention.models import DueVisit, Talk
from yinuo.domains.prevention.services.locking import locked_visit
from yinuo.domains.prevention.times import comes_at
from yinuo.domains.prevention.types import Agreement, Standing, TalkKind
from yinuo.platform.errors import InvalidInput
from yinuo.platform.journal.work import Work, stored, writing

NAME_LENGTH, WORDS_LENGTH, REASON_LENGTH = 80, 4_000, 400
AHEAD = timedelta(days=732)
REMINDER = "visit.reminder"
MESSAGES = frozenset({Channel.SMS.value, Channel.EMAIL.value})


def agree_visit(
    *,
    actor: Actor,
    visit_id: object,
    version: int,
    agreement: Agreement,
    source: str,
    now: datetime,
) -> DueVisit:
    """Record what was agreed: with whom, when we come, what is to be done and paid.

    Where the clause asks for that call, it counts it. Raises InvalidInput per field, IllegalMove
    once a sheet is out, Conflict when stale.
    """
    _check(agreement, now)
    with writing(actor=actor, now=now) as work:
        visit = locked_visit(actor, visit_id, version, Standing.DUE, Standing.AGREED)
        changes = {
            "state": Standing.AGREED.value,
            "agreed_for": agreement.agreed_for,
            "agreed_with": agreement.agreed_with.strip(),
            "agreed": agreement.words.strip(),
            "reminded_at": None,
            "told_remind_at": None,
            "told_for": None,
        }
        stored(visit, expected_version=None, changes=changes)
        _talk(visit, TalkKind.AGREED, agreement, work)
        _count_step(visit, 0, source, work)
        shown = {"agreed_for": agreement.agreed_for.isoformat()}
        work.audit("visit.agree", visit, after=shown)
        work.emit("visit.agreed", visit)
        return visit


def move_visit(
    *,
    actor: Actor,
    visit_id: object,
    version: int,
    agreement: Agreement,
    reason: str,
    now: datetime,
) -> DueVisit:
    """Agree on another time, with the reason; the day it is due stays.

    With a sheet out, its appointment is the engineer's to move. Raises as agree_visit does.
    """
    _check(agreement, now)
    _check_reason(reason)
    with writing(actor=actor, now=now) as work:
        visit = locked_visit(actor, visit_id, version, Standing.AGREED)
        before = {"agreed_for": visit.agreed_for.isoformat() if visit.agreed_for else ""}
        changes = {
            "agreed_for": agreement.agreed_for,
            "agreed_with": agreement.agreed_with.strip(),
            "agreed": agreement.words.strip() or visit.agreed,
            "reason": reason.strip(),
            "reminded_at": None,
            "told_remind_at": None,
            "told_for": None,
        }
        stored(visit, expected_version=None, changes=changes)
        _talk(visit, TalkKind.MOVED, agreement, work, words=reason.strip())
        after = {"agreed_for": agreement.agreed_for.isoformat()}
        work.audit("visit.move", visit, before=before, after=after)
        return visit


def note_attempt(
    *, actor: Actor, visit_id: object, version: int, words: str, now: datetime
) -> DueVisit:
    """Record that the customer was not reached or could not say yet; it stays due."""
    if not words.strip() or len(words) > WORDS_LENGTH:
        raise InvalidInput({"words": _("Say in at most 4,000 characters what came of it.")})
    with writing(actor=actor, now=now) as work:
        visit = locked_visit(actor, visit_id, version, Standing.DUE, Standing.AGREED)
        stored(visit, expected_version=None, changes={})
        work.add(_row(visit, TalkKind.TRIED, work, words=words.strip()))
        work.audit("visit.try", visit)
        return visit


def remind_customer(
    *,
    actor: Actor,
    visit_id: object,
    version: int,
    told: str,
    channel: str,
    source: str,
    now: datetime,
) -> DueVisit:
    """Tell the customer again, a day or two before: by phone (`told` says whom), or by a message
    (`channel` sms or email) that leaves by the outbox.

    Raises InvalidInput for nobody told or a contact who refused messages, IllegalMove before
    anything is agreed.
    """
    problems: dict[str, str] = {}
    if channel not in {Channel.PHONE.value, *MESSAGES}:
        problems["channel"] = _("Choose one of the channels offered.")
    if channel == Channel.PHONE and not told.strip():
        problems["told"] = _("Say whom you told.")
    if len(told) > NAME_LENGTH:
        problems["told"] = _("Use at most 80 characters.")
    if problems:
        raise InvalidInput(problems)
    with writing(actor=actor, now=now) as work:
        visit = locked_visit(actor, visit_id, version, Standing.AGREED, Standing.ORDERED)
        if channel in MESSAGES:
            if has_refused(visit.series.contact_id, "mail"):
                refused = _("This contact does not want messages. Tell him by phone.")
                raise InvalidInput({"channel": refused})
            send_reminder(visit, (channel,), work)
        whom = told.strip() or visit.agreed_with
        keep_reminder(visit, whom, source, work)
        return visit


def keep_reminder(visit: DueVisit, whom: str, source: str, work: Work) -> None:
    """Keep that the customer was told again; where the clause asks for it, it counts it."""
    changes = {"reminded_at": work.now, "told_for": comes_at(visit)}
    stored(visit, expected_version=None, changes=changes)
    work.add(_row(visit, TalkKind.REMINDED, work, with_whom=whom))
    _count_step(visit, -1, source, work)
    work.audit("visit.remind", visit)


def send_reminder(visit: DueVisit, channels: tuple[str, ...], work: Work) -> None:
    """Put the message to the customer's contact into the outbox."""
    contact = visit.series.contact
    phones = contact.phones.values_list("number", flat=True)[:1] if contact else ()
    outsider = Outsider(
        name=visit.agreed_with or (contact.name if contact else visit.series.customer.name),
        phone=next(iter(phones), ""),
        email=contact.email if contact else "",
    )
    data = {"title": visit.series.title_zh, "when": spoken_time(visit)}
    telling = Telling(REMINDER, "due_visit", visit.public_id, visit.unit_id, data)
    notify_outside(work, telling, outsider, channels)


def spoken_time(visit: DueVisit) -> str:
    """When we come, as it is told: in the time of the place."""
    at = comes_at(visit)
    return f"{at.astimezone(ZoneInfo(zone_of(visit.series))):%Y-%m-%d %H:%M}" if at else ""


def skip_visit(
    *, actor: Actor, visit_id: object, version: int, reason: str, now: datetime
) -> DueVisit:
    """Let a visit off, with the reason. What a contract promises stays promised: it will be missed.

    Raises IllegalMove once a sheet is out, Conflict when stale.
    """
    _check_reason(reason)
    with writing(actor=actor, now=now) as work:
        visit = locked_visit(actor, visit_id, version, Standing.DUE, Standing.AGREED)
        changes = {
            "state": Standing.SKIPPED.value,
            "reason": reason.strip(),
            "let_off_at": work.now,
        }
        stored(visit, expected_version=None, changes=changes)
        work.audit("visit.skip", visit, reason=reason.strip())
        work.emit("visit.skipped", visit)
        keep_own(visit.series, work)
        return visit


def plan_visit(
    *, actor: Actor, visit_id: object, version: int, planned_on: date | None, now: datetime
) -> DueVisit:
    """Set the day somebody has in mind, before anything is agreed; None takes it back."""
    with writing(actor=actor, now=now) as work:
        visit = locked_visit(actor, visit_id, version, Standing.DUE)
        if planned_on is not None and planned_on < now.date() - timedelta(days=1):
            raise InvalidInput({"planned_on": _("This day is over already.")})
        changes = {"planned_on": planned_on, "told_contact_at": None}
        stored(visit, expected_version=None, changes=changes)
        work.audit("visit.plan", visit, after={"planned_on": str(planned_on or "")})
        return visit


def _count_step(visit: DueVisit, place: int, source: str, work: Work) -> None:
    """The fact of a step that the clause asks for before each visit: its first or last one."""
    contract = visit.series.contract
    if contract is None or not visit.series.clause:
        return
    duty = visit_duties(contract.plan_version_id).get(visit.series.clause)
    if duty is None or not duty.steps:
        return
    subject = read_contracts([contract.pk])[contract.pk]
    record_fact(subject, NewFact(duty.steps[place].fact, work.now, source, {}), work)
    look_now(subject, work)


def _talk(
    visit: DueVisit, kind: TalkKind, agreement: Agreement, work: Work, words: str = ""
) -> None:
    said: dict[str, Any] = {
        "with_whom": agreement.agreed_with.strip(),
        "agreed_for": agreement.agreed_for,
        "words": "\n".join(filter(None, (words, agreement.words.strip()))),
    }
    work.add(_row(visit, kind, work, **said))


def _row(visit: DueVisit, kind: TalkKind, work: Work, **said: Any) -> Talk:
    return Talk(visit=visit, kind=kind.value, at=work.now, by=work.actor.label, **said)


def _check(agreement: Agreement, now: datetime) -> None:
    problems: dict[str, str] = {}
    name = agreement.agreed_with.strip()
    if not name or len(name) > NAME_LENGTH:
        problems["agreed_with"] = _("Say whom you spoke to, in at most 80 characters.")
    if agreement.agreed_for.tzinfo is None:
        problems["agreed_for"] = _("Give the time with its zone, such as +08:00.")
    elif not now - timedelta(days=1) <= agreement.agreed_for <= now + AHEAD:
        problems["agreed_for"] = _("Give a time to come, within two years.")
    if len(agreement.words) > WORDS_LENGTH:
        problems["words"] = _("Use at most 4,000 characters.")
    if problems:
        raise InvalidInput(problems)


def _check_reason(reason: str) -> None:
    if not reason.strip() or len(reason) > REASON_LENGTH:
        raise InvalidInput({"reason": _("Say why, in at most 400 characters.")})
