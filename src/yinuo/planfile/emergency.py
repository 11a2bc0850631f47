"""`emergency:` of a plan: the chain of an emergency plan, its steps, roles and time limits."""

from __future__ import annotations

from typing import Any

from yinuo.kernel.plan.emergency import (
    USUAL_LADDER,
    USUAL_TOLD,
    EmergencyChain,
    EmergencyStep,
    SetbackKind,
    StepKind,
)
from yinuo.kernel.plan.selectors import ALWAYS
from yinuo.planfile.amounts import AmountShape
from yinuo.planfile.conditions import ConditionShape
from yinuo.planfile.ladders import ROLE, LadderShape
from yinuo.planfile.limits import FACT
from yinuo.planfile.messages import Message
from yinuo.planfile.shapes import (
    CODE,
    BadValueError,
    Bilingual,
    Key,
    ListOf,
    Reader,
    Record,
    String,
    Values,
    Word,
)

MOST_STEPS = 20
ROLES = ListOf(ROLE, or_one=True)
# What the request records when a step of a kind is done, where the plan names nothing else.
USUAL_FACTS = {
    StepKind.WRITE: "plan_submitted",
    StepKind.ACKNOWLEDGE: "plan_acknowledged",
    StepKind.CONSENT: "customer_agreed",
    StepKind.APPROVE: "plan_approved",
    StepKind.RELEASE: "parts_released",
    StepKind.DEPART: "departed",
    StepKind.DO: "completed",
}
_CONDITION = ConditionShape(stated=True)


def _step(values: Values, reader: Reader) -> EmergencyStep:
    kind = StepKind(values.get("kind"))
    for key in ("stand_in", "superior"):
        if key in values and kind is not StepKind.APPROVE:
            message = Message("only a step that approves has {key}", key=key)
            raise BadValueError(values.at(key), "one_of", message)
    return EmergencyStep(
        values.get("code"),
        kind,
        values.get("title"),
        values.get("roles"),
        values.get("fact", USUAL_FACTS[kind]),
        values.get("limit"),
        values.get("stand_in", ()),
        values.get("superior", ()),
    )


_STEP = Record(
    "a step of the emergency chain",
    {
        "code": Key(String("a code such as approval", CODE), "its name in files and answers", True),
        "kind": Key(
            Word("step_kinds", "a kind of step", tuple(StepKind), False), "what is done", True
        ),
        "title": Key(Bilingual(), "its name", True),
        "roles": Key(ROLES, "roles that take it", True),
        "limit": Key(AmountShape(natural=True), "done within so long of the hand-over"),
        "fact": Key(FACT, "the fact recorded when it is done; left out: the usual one"),
        "stand_in": Key(ROLES, "who approves while every holder is absent"),
        "superior": Key(ROLES, "who approves when nobody but the writer holds the role"),
    },
    _step,
)
_SETBACKS = Record(
    "who is told of setbacks",
    {
        SetbackKind.MISSING.value: Key(ROLES, "roles told when a technician is missing"),
        SetbackKind.WRONG_SKILL.value: Key(ROLES, "roles told when another skill is needed"),
        SetbackKind.TOO_HARD.value: Key(ROLES, "roles that help when it is too hard"),
        "decides": Key(ROLES, "roles that decide when it is too hard; left out: leadership"),
    },
)


class Steps(ListOf):
    """The steps of a chain: the first one writes, no other does, each code once."""

    def read(self, node: Any, reader: Reader) -> tuple[Any, ...]:
        steps: tuple[EmergencyStep, ...] = super().read(node, reader)
        if len({one.code for one in steps}) != len(steps):
            raise BadValueError(node, "duplicate_id", "a value is written twice")
        if len(steps) > MOST_STEPS:
            raise BadValueError(node, "bad_value", Message("at most {most} of them", most=20))
        if [one.kind for one in steps].count(StepKind.WRITE) != 1 or steps[0].kind != "write":
            message = Message("the first step, and no other, is of the kind write")
            raise BadValueError(node.items[0], "one_of", message)
        kinds = [one.kind for one in steps]
        gate = max((at for at, one in enumerate(kinds) if one == "approve"), default=0)
        early = [at for at, one in enumerate(kinds) if one in ("release", "depart") and at < gate]
        if early:
            message = Message("parts and people come after the last approval")
            raise BadValueError(node.items[early[0]], "bad_value", message)
        return steps


def _chain(values: Values, reader: Reader) -> EmergencyChain:
    setbacks: Values | None = values.get("setbacks")
    given = setbacks.values if setbacks else {}
    told = tuple((kind, tuple(given.get(kind, roles))) for kind, roles in USUAL_TOLD)
    return EmergencyChain(
        steps=values.get("steps"),
        applies_to=values.get("applies_to", ALWAYS),
        ladder=values.get("escalation", USUAL_LADDER),
        told=told,
        decided_by=tuple(given.get("decides", ("leadership",))),
    )


EMERGENCY = Record(
    "the emergency chain",
    {
        "applies_to": Key(_CONDITION, "which requests need an emergency plan; left out: all"),
        "steps": Key(Steps(_STEP), "its steps in their order", True),
        "escalation": Key(
            LadderShape(), "ladder of a step that waits; left out: 15 and 30 minutes"
        ),
        "setbacks": Key(_SETBACKS, "who is told when something goes wrong"),
    },
    _chain,
)
