"""The chain of an emergency plan as a plan writes it: steps, who takes them, in which time."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from yinuo.kernel.plan.clauses import LadderStep
from yinuo.kernel.plan.limits import Amount, Unit
from yinuo.kernel.plan.selectors import ALWAYS, Condition
from yinuo.kernel.plan.text import Text


class StepKind(StrEnum):
    """What is done in a step. The chain begins with `write`; an `approve` step is its gate."""

    WRITE = "write"
    ACKNOWLEDGE = "acknowledge"
    CONSENT = "consent"
    APPROVE = "approve"
    RELEASE = "release"
    DEPART = "depart"
    DO = "do"


class SetbackKind(StrEnum):
    """What can go wrong with a crew (BP-09): somebody is missing, the skill is wrong, too hard."""

    MISSING = "missing"
    WRONG_SKILL = "wrong_skill"
    TOO_HARD = "too_hard"


@dataclass(frozen=True, slots=True)
class EmergencyStep:
    """One step of the chain. ``roles`` take it; ``limit`` runs in natural time from the hand-over.

    ``stand_in`` may take the step while every holder of them is absent, ``superior`` when none but
    the plan's writer holds it. ``fact`` is what the request records when the step is done.
    """

    code: str
    kind: StepKind
    title: Text
    roles: tuple[str, ...]
    fact: str
    limit: Amount | None = None
    stand_in: tuple[str, ...] = ()
    superior: tuple[str, ...] = ()


_MINUTE = Unit.MINUTE
# What the chain records beside its steps.
_OUTCOMES = {
    *("plan_requested", "customer_declined", "rejected", "plan_withdrawn", "plan_closed"),
    *("crew_short", "crew_completed", "skill_needed", "skill_sent", "beyond_crew"),
    *("supported_by_phone", "decided_above"),
}
# plan-data: a step idle for 15 minutes tells its holder, for 30 the service manager.
USUAL_LADDER = (
    LadderStep(("owner",), ("app",), after_start=Amount(Decimal(15), _MINUTE)),
    LadderStep(("service_manager",), ("app", "sms"), after_start=Amount(Decimal(30), _MINUTE)),
)
USUAL_TOLD = (
    (SetbackKind.MISSING.value, ("dispatcher", "engineering_manager")),
    (
        SetbackKind.WRONG_SKILL.value,
        ("project_manager", "service_manager", "service_director"),
    ),
    (SetbackKind.TOO_HARD.value, ("technical_supervisor",)),
)


@dataclass(frozen=True, slots=True)
class EmergencyChain:
    """The chain of every emergency plan under a service plan.

    ``applies_to`` says which requests need one before people and parts are released. ``told`` are
    roles by kind of setback, ``decided_by`` those who decide when it is too hard for the crew.
    """

    steps: tuple[EmergencyStep, ...]
    applies_to: Condition = ALWAYS
    ladder: tuple[LadderStep, ...] = USUAL_LADDER
    told: tuple[tuple[str, tuple[str, ...]], ...] = USUAL_TOLD
    decided_by: tuple[str, ...] = ("leadership",)

    @property
    def gate(self) -> int:
        """The place of the step that opens the gate: the last approval, else the writing."""
        places = [at for at, one in enumerate(self.steps) if one.kind is StepKind.APPROVE]
        return places[-1] if places else 0

    @property
    def facts(self) -> frozenset[str]:
        """Facts that only the chain's own steps record, never a hand."""
        own = {one.fact for one in self.steps if one.kind is not StepKind.DEPART}
        return frozenset(own | _OUTCOMES)

    def told_of(self, kind: SetbackKind) -> tuple[str, ...]:
        """The roles that are told of a setback of this kind."""
        return dict(self.told).get(kind.value, ())
