"""What goes wrong with a crew: somebody is missing, another skill is needed, too hard (BP-09)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from yinuo.domains.emergency.chains import chain_of, held_as
from yinuo.domains.emergency.models import EmergencyPlan, Revision, Setback
from yinuo.domains.emergency.policies import visible_plans
from yinuo.domains.emergency.services.moving import checked_text, locked, tell
from yinuo.domains.emergency.types import Doing, Outcome, SetbackData, Settlement
from yinuo.domains.network.holders import holders_around
from yinuo.domains.network.permissions import Permission
from yinuo.domains.network.standing import roles_at
from yinuo.domains.network.types import Actor
from yinuo.domains.requests.services.recording import require_late_reason, state_facts
from yinuo.domains.requests.types import StepFact
from yinuo.kernel.emergency import CHAIN_OPEN, ChainState
from yinuo.kernel.plan.emergency import SetbackKind
from yinuo.platform.errors import Conflict, Forbidden, IllegalMove, InvalidInput, NotFound
from yinuo.platform.identifiers import parse_public_id
from yinuo.platform.journal.work import Work, writing
from yinuo.platform.scoped import identity, one_of

TOPIC = "emergency.setback"
_K, _O = SetbackKind, Outcome
_RAISED = {_K.MISSING: "crew_short", _K.WRONG_SKILL: "skill_needed", _K.TOO_HARD: "beyond_crew"}
_SETTLED = {
    _K.MISSING: "crew_completed",
    _K.WRONG_SKILL: "skill_sent",
    _K.TOO_HARD: "decided_above",
}
# How each kind may end. What is too hard is decided above, or solved with the help by phone.
OUTCOMES = {
    _K.MISSING: (_O.SENT, _O.SOLVED),
    _K.WRONG_SKILL: (_O.SENT, _O.SOLVED),
    _K.TOO_HARD: (_O.SOLVED, _O.EXPERTS, _O.REPLACE_PART, _O.REPLACE_SYSTEM),
}
DECIDED_ABOVE = frozenset({_O.EXPERTS, _O.REPLACE_PART, _O.REPLACE_SYSTEM})


def raise_setback(
    *, actor: Actor, plan_id: object, data: SetbackData, doing: Doing, now: datetime
) -> Setback:
    """Record what went wrong and tell the roles the plan names; a missing technician is also told
    to the customer: the lead leaves first, another one follows.

    Raises InvalidInput by field, IllegalMove for a plan not approved or over, and while the same
    kind of setback is open.
    """
    kind = _kind(data.kind)
    with writing(actor=actor, now=now) as work:
        row = _locked(actor, plan_id)
        if ChainState(row.state) not in CHAIN_OPEN or row.approved_at is None:
            raise IllegalMove(_("A crew is there from the approval to the end of its plan."))
        if Setback.objects.filter(plan=row, kind=kind.value, settled_at__isnull=True).exists():
            raise IllegalMove(_("This was raised already and is still open."))
        at = _instant(row, doing, now)
        made = Setback.objects.create(
            plan=row,
            kind=kind.value,
            raised_at=at,
            raised_by=actor.label,
            **_raised(row, kind, data),
        )
        shown = kind is _K.MISSING
        words = {"text": made.words, "skill": made.skill, "late_reason": doing.late_reason}
        _state(row, _RAISED[kind], at, words, doing, work, shown=shown)
        told = {"kind": kind.value, "skill": made.skill}
        tell(row, TOPIC, chain_of(row).told_of(kind), told, ("sms",), work)
        work.audit("emergency.setback", made, after={"kind": kind.value, "skill": made.skill})
        return made


def help_by_phone(
    *,
    actor: Actor,
    plan_id: object,
    setback_id: object,
    version: int,
    doing: Doing,
    now: datetime,
) -> Setback:
    """The supervisor helped by phone with what is too hard; when it is not solved, those above are
    told that they decide.

    Raises InvalidInput without words, Forbidden for who does not hold the role, IllegalMove when it
    is settled or was helped with already, Conflict, NotFound.
    """
    with writing(actor=actor, now=now) as work:
        row = _locked(actor, plan_id)
        one = _open_setback(row, setback_id, version)
        if one.kind != _K.TOO_HARD or one.helped_at is not None:
            raise IllegalMove(_("Help by phone is recorded once, for what is too hard."))
        chain = chain_of(row)
        _require_role(actor, row, chain.told_of(_K.TOO_HARD))
        words = checked_text("note", doing.note, needed=_("Say what was advised."))
        at = _instant(row, doing, now)
        values = {"helped_at": at, "helped_by": actor.label, "help_words": words}
        _change(one, values)
        said = {"text": words, "late_reason": doing.late_reason}
        _state(row, "supported_by_phone", at, said, doing, work)
        told = {"kind": "decide", "skill": ""}
        tell(row, TOPIC, chain.decided_by, told, ("sms",), work)
        work.audit("emergency.help", one, after={"helped_by": actor.label})
        return one


def settle_setback(
    *,
    actor: Actor,
    plan_id: object,
    setback_id: object,
    version: int,
    settlement: Settlement,
    doing: Doing,
    now: datetime,
) -> Setback:
    """Say how it ended: who was sent, solved after all, or what those above decided.

    What is decided above needs their role and comes after the supervisor's help. Raises
    InvalidInput by field, Forbidden, IllegalMove, Conflict, NotFound.
    """
    with writing(actor=actor, now=now) as work:
        row = _locked(actor, plan_id)
        one = _open_setback(row, setback_id, version)
        kind = SetbackKind(one.kind)
        outcome = _outcome(kind, settlement.outcome)
        if outcome in DECIDED_ABOVE:
            if one.helped_at is None:
                raise IllegalMove(_("The supervisor helps by phone first; then it is decided."))
            _require_role(actor, row, chain_of(row).decided_by)
        values = _settled(row, outcome, settlement)
        at = _instant(row, doing, now)
        values |= {"settled_at": at, "settled_by": actor.label, "outcome": outcome.value}
        _change(one, values)
        words = {"text": values["settled_words"], "late_reason": doing.late_reason}
        shown = kind is _K.MISSING
        _state(row, _SETTLED[kind], at, words, doing, work, shown=shown, by=outcome.value)
        work.audit("emergency.settle", one, after={"outcome": outcome.value})
        return one


def _locked(actor: Actor, plan_id: object) -> EmergencyPlan:
    row: EmergencyPlan = one_of(locked(visible_plans(actor, Permission.EMERGENCY_WORK)), plan_id)
    return row


def _open_setback(row: EmergencyPlan, setback_id: object, version: int) -> Setback:
    rows = Setback.objects.filter(plan=row, public_id=identity(setback_id))
    one = one_of(rows.select_for_update(), setback_id)
    if one.settled_at is not None:
        message = _("%(name)s settled this already.") % {"name": one.settled_by}
        raise IllegalMove(message)
    if one.version != version:
        raise Conflict(details={"yours": version, "present": one.version})
    return one


def _kind(code: str) -> SetbackKind:
    if code not in {kind.value for kind in SetbackKind}:
        raise InvalidInput({"kind": _("Choose one.")})
    return SetbackKind(code)


def _raised(row: EmergencyPlan, kind: SetbackKind, data: SetbackData) -> dict[str, Any]:
    """The columns of a new setback; InvalidInput by field."""
    values: dict[str, Any] = {
        "words": checked_text("words", data.words, needed=_("Say what is wrong."))
    }
    if kind is _K.WRONG_SKILL:
        values["skill"] = checked_text("skill", data.skill, 60, needed=_("Name the skill needed."))
    if kind is _K.MISSING:
        content = Revision.objects.filter(plan=row).order_by("-number").first()
        missing = _person(row, data.missing_id)
        members = {content.lead_id, *content.crew} if content else set()
        if missing is None or missing not in members:
            raise InvalidInput({"missing_id": _("Choose who of the crew is missing.")})
        values["missing_id"] = missing
    return values


def _outcome(kind: SetbackKind, code: str) -> Outcome:
    if code not in {one.value for one in OUTCOMES[kind]}:
        raise InvalidInput({"outcome": _("Choose one.")})
    return Outcome(code)


def _settled(row: EmergencyPlan, outcome: Outcome, given: Settlement) -> dict[str, Any]:
    needed = "" if outcome is _O.SENT else _("Say what came of it.")
    values: dict[str, Any] = {"settled_words": checked_text("words", given.words, needed=needed)}
    if outcome is _O.SENT:
        sent = _person(row, given.sent_id)
        if sent is None:
            raise InvalidInput({"sent_id": _("Choose who is sent.")})
        values["sent_id"] = sent
    return values


def _person(row: EmergencyPlan, public_id: object) -> int | None:
    """Somebody who carries out work here, None when nobody is named; NotFound for others."""
    if not public_id:
        return None
    found = _people(row).get(parse_public_id(public_id))
    if found is None:
        raise NotFound
    return found


def _people(row: EmergencyPlan) -> dict[Any, int]:
    found = holders_around(Permission.WORK_ORDER_PERFORM, row.unit_id)
    return {one.public_id: one.id for one in found}


def _require_role(actor: Actor, row: EmergencyPlan, roles: tuple[str, ...]) -> None:
    held = roles_at(actor.person_id or 0, row.unit_id)
    if not held.intersection(held_as(roles)):
        raise Forbidden(_("This step belongs to others. The chain shows who holds it."))


def _instant(row: EmergencyPlan, doing: Doing, now: datetime) -> datetime:
    at = doing.occurred_at or now
    if at.tzinfo is None or not row.opened_at <= at <= now:
        message = _("Give a time between the start of the plan and now.")
        raise InvalidInput({"occurred_at": message})
    require_late_reason(at, {"late_reason": doing.late_reason}, now)
    return at


def _change(one: Setback, values: dict[str, Any]) -> None:
    for name, value in {**values, "version": one.version + 1}.items():
        setattr(one, name, value)
    one.save(update_fields=[*values, "version"])


def _state(
    row: EmergencyPlan,
    kind: str,
    at: datetime,
    words: dict[str, str],
    doing: Doing,
    work: Work,
    *,
    shown: bool = False,
    by: str = "",
) -> None:
    attrs = {"plan": row.number} | ({"by": by} if by else {})
    fact = StepFact(kind, at, attrs, words, shown)
    state_facts(row.request, [fact], source=doing.source, work=work)
    work.emit("emergency.changed", row, {"number": row.number, "act": kind})
