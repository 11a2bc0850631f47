"""The customer's approval before anything begins, his acceptance at the end; off, and anew."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from yinuo.domains.network.types import Actor
from yinuo.domains.relocations.contents import plan_hash
from yinuo.domains.relocations.models import Relocation, RelocationStep
from yinuo.domains.relocations.services.holding import (
    NAME_LENGTH,
    TEXT_LENGTH,
    held_relocation,
    steps_of,
)
from yinuo.domains.relocations.types import Signature
from yinuo.kernel.relocation_states import RelocationState, StepState
from yinuo.platform.days import day_of
from yinuo.platform.errors import IllegalMove, InvalidInput
from yinuo.platform.journal.work import stored, writing

_S = RelocationState


def send_relocation(
    *, actor: Actor, relocation_id: object, version: int, now: datetime
) -> Relocation:
    """Send a finished plan to the customer for his approval; it stays as it is until he answers or
    it is taken back. Raises IllegalMove without steps or in another state, Conflict, NotFound."""
    with writing(actor=actor, now=now) as work:
        found = held_relocation(actor, relocation_id, version, (_S.PLANNING,))
        _finished_steps(found)
        return _moved(found, {"state": _S.SENT.value}, "relocation.send", "", work)


def take_back_relocation(
    *, actor: Actor, relocation_id: object, version: int, text: str, now: datetime
) -> Relocation:
    """Go on writing a plan that was sent and not answered yet; with the reason.

    Raises InvalidInput without the reason, IllegalMove in another state, Conflict, NotFound.
    """
    _check_reason(text)
    with writing(actor=actor, now=now) as work:
        found = held_relocation(actor, relocation_id, version, (_S.SENT,))
        return _moved(found, {"state": _S.PLANNING.value}, "relocation.take_back", text, work)


def approve_relocation(
    *,
    actor: Actor,
    relocation_id: object,
    version: int,
    signed: Signature,
    now: datetime,
    states: Collection[RelocationState] = (_S.PLANNING, _S.SENT),
) -> Relocation:
    """Record that the customer approves the plan as it stands; it is frozen by its hash.

    Our people record what he signed on paper as well before it was sent to him; `states` narrows
    that. Raises IllegalMove without steps or in another state, InvalidInput by field, Conflict.
    """
    with writing(actor=actor, now=now) as work:
        found = held_relocation(actor, relocation_id, version, states)
        _check(signed, since=day_of(found.planned_at), today=day_of(work.now))
        steps = _finished_steps(found)
        changes = {
            "state": _S.APPROVED.value,
            "content_hash": plan_hash(found, steps),
            "approved_by": signed.name.strip(),
            "approved_on": signed.on,
            "approved_at": work.now,
        }
        stored(found, expected_version=None, changes=changes)
        after = {"by": found.approved_by, "hash": found.content_hash}
        work.audit("relocation.approve", found, after=after, reason=signed.text)
        work.emit("relocation.changed", found, {"number": found.number})
        return found


def accept_relocation(
    *, actor: Actor, relocation_id: object, version: int, signed: Signature, now: datetime
) -> Relocation:
    """Record that the customer accepts what was done. Raises IllegalMove before every step is
    done, InvalidInput by field, Conflict, NotFound."""
    with writing(actor=actor, now=now) as work:
        found = held_relocation(actor, relocation_id, version, (_S.DONE,))
        approved_on = found.approved_on or day_of(found.planned_at)
        _check(signed, since=approved_on, today=day_of(work.now))
        changes = {
            "state": _S.ACCEPTED.value,
            "accepted_by": signed.name.strip(),
            "accepted_on": signed.on,
            "end_text": signed.text.strip(),
            "ended_at": work.now,
        }
        return _moved(found, changes, "relocation.accept", signed.text, work)


def cancel_relocation(
    *, actor: Actor, relocation_id: object, version: int, text: str, now: datetime
) -> Relocation:
    """Call a relocation off before it begins, or after it was rolled back; with the reason."""
    _check_reason(text)
    states = (_S.PLANNING, _S.SENT, _S.APPROVED, _S.ROLLED_BACK)
    with writing(actor=actor, now=now) as work:
        found = held_relocation(actor, relocation_id, version, states)
        ended = {"state": _S.CANCELLED.value, "end_text": text.strip(), "ended_at": work.now}
        return _moved(found, ended, "relocation.cancel", text, work)


def replan_relocation(
    *, actor: Actor, relocation_id: object, version: int, text: str, now: datetime
) -> Relocation:
    """Open the plan again, before it begins or after everything was rolled back: a new revision,
    which the customer approves anew. Raises InvalidInput without the reason, IllegalMove."""
    _check_reason(text)
    with writing(actor=actor, now=now) as work:
        found = held_relocation(actor, relocation_id, version, (_S.APPROVED, _S.ROLLED_BACK))
        fresh = {"state": StepState.WAITING.value, "started_at": None, "ended_at": None}
        RelocationStep.objects.filter(relocation=found).update(**fresh, real_minutes=None)
        changes = {
            "state": _S.PLANNING.value,
            "revision": found.revision + 1,
            "content_hash": "",
            "approved_by": "",
            "approved_on": None,
            "approved_at": None,
        }
        return _moved(found, changes, "relocation.replan", text, work)


def _finished_steps(found: Relocation) -> list[RelocationStep]:
    """The steps of a plan that a customer may be asked about; IllegalMove for an unfinished one."""
    steps = steps_of(found)
    if not steps:
        raise IllegalMove(_("Plan the steps first."))
    if steps[0].is_parallel:
        raise IllegalMove(_("The first step has none before it to run beside. Change it."))
    return steps


def _moved(
    found: Relocation, changes: dict[str, Any], action: str, reason: str, work: Any
) -> Relocation:
    stored(found, expected_version=None, changes=changes)
    work.audit(action, found, after={"state": found.state}, reason=reason)
    work.emit("relocation.changed", found, {"number": found.number})
    return found


def _check_reason(text: str) -> None:
    if not text.strip() or len(text) > TEXT_LENGTH:
        raise InvalidInput({"text": _("Give the reason, in at most 1,000 characters.")})


def _check(signed: Signature, *, since: date, today: date) -> None:
    problems: dict[str, str] = {}
    if not 0 < len(signed.name.strip()) <= NAME_LENGTH:
        problems["name"] = _("Say who signed for the customer.")
    if signed.on > today:
        problems["on"] = _("This day is still to come.")
    elif signed.on < since:
        problems["on"] = _("This is before what was signed.")
    if len(signed.text) > TEXT_LENGTH:
        problems["text"] = _("Use at most %(most)d characters.") % {"most": TEXT_LENGTH}
    if problems:
        raise InvalidInput(problems)
