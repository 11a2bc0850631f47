"""Taking an act of a chain: checked, kept, told on the request, handed to whoever is next."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from yinuo.domains.emergency.chains import chain_of, held_as, next_escalation, place_of
from yinuo.domains.emergency.models import ChainAct, EmergencyPlan, Revision
from yinuo.domains.emergency.policies import visible_plans
from yinuo.domains.emergency.types import Doing
from yinuo.domains.network.permissions import Permission
from yinuo.domains.network.roster import Roster, read_roster
from yinuo.domains.network.types import Actor
from yinuo.domains.notices.services import notify
from yinuo.domains.notices.types import Telling
from yinuo.domains.requests.services.recording import require_late_reason, state_facts
from yinuo.domains.requests.types import StepFact
from yinuo.kernel.emergency import FINISHES, Act, ChainState, Place, after, skips
from yinuo.kernel.plan.emergency import EmergencyChain, EmergencyStep
from yinuo.platform.errors import Conflict, IllegalMove, InvalidInput
from yinuo.platform.journal.work import Work, stored
from yinuo.platform.scoped import one_of

TEXT_LENGTH, SHORT_LENGTH, NAME_LENGTH = 4_000, 200, 80
SUBJECT_TYPE = "emergency_plan"
TURN = "emergency.turn"
# Facts of acts that finish no step.
_FACTS = {
    Act.DECLINED: "customer_declined",
    Act.RETURNED: "rejected",
    Act.WITHDRAWN: "plan_withdrawn",
    Act.CLOSED: "plan_closed",
}


@dataclass(frozen=True, slots=True)
class Taken:
    """One act with what belongs to it: who did it, in words, further facts of the request."""

    act: Act
    doing: Doing
    done_by: str
    person_id: int | None = None
    standing: str = ""
    words: Mapping[str, str] = field(default_factory=dict)
    approval_id: int | None = None
    changes: Mapping[str, Any] = field(default_factory=dict)
    facts: tuple[StepFact, ...] = ()
    shown: bool = False
    # False where another one states the fact that finishes the step, as the crew's sheet does.
    is_stated: bool = True


def locked_plan(
    actor: Actor, plan_id: object, permission: Permission = Permission.EMERGENCY_WORK
) -> EmergencyPlan:
    """The visible plan with its request, both locked until the step ends; NotFound otherwise."""
    row: EmergencyPlan = one_of(locked(visible_plans(actor, permission)), plan_id)
    return row


def locked(plans: Any) -> Any:
    """The same for plans found in another way."""
    return plans.select_related("request", "unit").select_for_update(of=("self", "request"))


def waiting_step(row: EmergencyPlan, version: int | None, *acts: Act) -> EmergencyStep:
    """The step that waits, when one of the acts fits it; IllegalMove saying what happened, else.

    Raises Conflict when it fits but the actor was looking at another version (R38).
    """
    chain = chain_of(row)
    place = place_of(row)
    if not any(after(place, act, chain) for act in acts):
        raise IllegalMove(_why_not(row, acts), details={"state": row.state})
    if version is not None and row.version != version:
        raise Conflict(details={"yours": version, "present": row.version})
    step = place.step(chain)
    assert step is not None or set(acts) <= {Act.CLOSED, Act.WITHDRAWN}
    return step if step is not None else chain.steps[-1]


def instant_of(row: EmergencyPlan, doing: Doing, now: datetime) -> datetime:
    """When it happened: now, or an instant between the hand-over and now."""
    at = doing.occurred_at or now
    if at.tzinfo is None:
        raise InvalidInput({"occurred_at": _("Give the time with its zone, such as +08:00.")})
    if at > now:
        raise InvalidInput({"occurred_at": _("This time is in the future. Correct it.")})
    since = row.step_since
    if at < since and since.replace(second=0, microsecond=0) == at:
        at = since
    if at < since:
        message = _("This is before the step was handed over.")
        raise InvalidInput({"occurred_at": message})
    require_late_reason(at, {"late_reason": doing.late_reason}, now)
    return at


def take(row: EmergencyPlan, taken: Taken, at: datetime, *, work: Work) -> ChainAct:
    """Take the act on a locked plan whose step was checked; gives its place on the record.

    A release without parts is passed over by itself. Whoever holds the next step is told.
    """
    chain, place = chain_of(row), place_of(row)
    target = after(place, taken.act, chain)
    assert target is not None, "checked"
    kept = _keep(row, place, chain, taken, at, work)
    if taken.act in FINISHES.values():
        target = _past_empty_release(row, target, chain, at, work)
    changes = {
        "state": target.state.value,
        "position": target.position,
        "step_since": at,
        "next_at": next_escalation(chain, target.step(chain), at, work.now),
        **taken.changes,
    }
    before = {"state": row.state, "position": row.position, "revision": row.revision}
    stored(row, expected_version=None, changes=changes)
    words = {**taken.words, "late_reason": taken.doing.late_reason, "text": taken.doing.note}
    attrs = {"plan": row.number, "revision": row.revision}
    own = StepFact(_fact(place, chain, taken.act), at, attrs, words, taken.shown)
    facts = (own, *taken.facts) if taken.is_stated else taken.facts
    state_facts(row.request, facts, source=taken.doing.source, work=work)
    work.audit(f"emergency.{taken.act.value}", row, before=before, after=_shown(row))
    work.emit("emergency.changed", row, {"number": row.number, "act": taken.act.value})
    tell_next(row, target, chain, work)
    return kept


def tell_next(row: EmergencyPlan, place: Place, chain: EmergencyChain, work: Work) -> None:
    """Whoever holds the step that waits now learns of it in the app."""
    step = place.step(chain)
    if step is not None:
        tell(row, TURN, step.roles, {"zh": step.title.zh, "en": step.title.en}, (), work)


def tell(
    row: EmergencyPlan,
    topic: str,
    roles: tuple[str, ...],
    data: Mapping[str, Any],
    channels: tuple[str, ...],
    work: Work,
    roster: Roster | None = None,
) -> None:
    """Tell the holders of roles, in the unit or the nearest above it that has one."""
    found = (roster or read_roster()).holders(held_as(roles), row.unit_id)
    body = {**data, "number": row.number, "is_meant": found.is_meant}
    telling = Telling(topic, SUBJECT_TYPE, row.public_id, row.unit_id, body)
    notify(work, telling, found.holders, channels)


def checked_text(name: str, text: str, most: int = TEXT_LENGTH, *, needed: str = "") -> str:
    """A text without blanks around; InvalidInput on `name` when it is too long, or missing."""
    said = text.strip()
    if not said and needed:
        raise InvalidInput({name: needed})
    if len(said) > most:
        raise InvalidInput({name: _("Use at most %(most)d characters.") % {"most": most}})
    return said


def _keep(
    row: EmergencyPlan, place: Place, chain: EmergencyChain, taken: Taken, at: datetime, work: Work
) -> ChainAct:
    step = place.step(chain)
    return ChainAct.objects.create(
        plan=row,
        revision=taken.changes.get("revision", row.revision),
        position=place.position,
        step=step.code if step else "",
        act=taken.act.value,
        at=at,
        # The step may have begun a moment before this instant was read.
        recorded_at=max(at, work.now),
        person_id=taken.person_id,
        done_by=taken.done_by[:NAME_LENGTH],
        standing=taken.standing,
        note=taken.doing.note.strip(),
        approval_id=taken.approval_id,
    )


def _past_empty_release(
    row: EmergencyPlan, place: Place, chain: EmergencyChain, at: datetime, work: Work
) -> Place:
    content = Revision.objects.filter(plan=row).order_by("-number").first()
    has_parts = bool(content and content.parts)
    if place.state is not ChainState.RUNNING or not skips(
        chain.steps, place.position, has_parts=has_parts
    ):
        return place
    skipped = Taken(Act.SKIPPED, Doing(source="system"), "system")
    _keep(row, place, chain, skipped, at, work)
    following = after(place, Act.SKIPPED, chain)
    assert following is not None
    return following


def _fact(place: Place, chain: EmergencyChain, act: Act) -> str:
    step = place.step(chain)
    return _FACTS[act] if act in _FACTS or step is None else step.fact


def _shown(row: EmergencyPlan) -> dict[str, Any]:
    return {"state": row.state, "position": row.position, "revision": row.revision}


def _why_not(row: EmergencyPlan, acts: tuple[Act, ...]) -> str:
    """What happened instead: somebody did it already, the plan ended, or another step waits."""
    wanted = [act.value for act in acts]
    done = ChainAct.objects.filter(plan=row, revision=row.revision, act__in=wanted).last()
    if done is not None:
        message = _("%(name)s did this already. Nothing was recorded a second time.")
        return message % {"name": done.done_by}
    if row.state == ChainState.WITHDRAWN:
        return _("This plan was withdrawn. Ask for a new one.")
    if row.state == ChainState.CLOSED:
        return _("This plan is closed.")
    if row.state in (ChainState.DECLINED, ChainState.RETURNED):
        return _("The plan has to be written anew first.")
    return _("It is not this step's turn. The chain shows which one waits.")
