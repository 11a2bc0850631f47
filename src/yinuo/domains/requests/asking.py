"""What the steps of a request ask for: the product's fields and those that clauses add."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from yinuo.domains.contracts.plans import compiled_plan
from yinuo.domains.requests.types import AskedField, NextStep, PlanWords, Word
from yinuo.kernel.plan.asked import asked_facts, stops_of
from yinuo.kernel.plan.clauses import Deadline, Stop
from yinuo.kernel.plan.plan import Plan
from yinuo.kernel.plan.text import Text
from yinuo.kernel.plan.wording import Wording
from yinuo.kernel.plan.words import STOP_REASONS
from yinuo.kernel.states import RequestState, Standing
from yinuo.kernel.steps import (
    ACTS,
    REQUEST_FIELDS,
    FieldType,
    StepField,
    preceding,
    with_choices,
)

# Whoever waits for one of these may say so, whether or not a clause lets its clock stop for it.
WAITING_FOR = (
    "waiting_for_customer",
    "waiting_for_part",
    "waiting_for_access",
    "waiting_for_third_party",
    "waiting_for_approval",
)
UNANSWERED = (RequestState.NEW, RequestState.REOPENED)
MOST_KEPT = 256


@lru_cache(maxsize=MOST_KEPT)
def asked_by_plan(plan_version_id: int | None) -> Mapping[str, tuple[StepField, ...]]:
    """Every kind of fact that may be recorded on a request under this plan version, with fields.

    The product's own kinds come first in the order of their table, then those only the plan names.
    """
    plan = compiled_plan(plan_version_id).plan if plan_version_id else None
    added = asked_facts(plan) if plan else {}
    kinds = [*REQUEST_FIELDS, *(kind for kind in added if kind not in REQUEST_FIELDS)]
    choices = _choices(plan)
    chained = plan.emergency.facts if plan and plan.emergency else frozenset()
    return {
        kind: with_choices(_fields(kind, added.get(kind, ())), choices)
        for kind in kinds
        if kind not in ACTS and kind not in chained
    }


def stops_by_reason(plan_version_id: int | None) -> Mapping[str, Stop]:
    """The reasons for which a clause of the plan lets its clock stop."""
    plan = compiled_plan(plan_version_id).plan if plan_version_id else None
    return {stop.reason: stop for stop in stops_of(plan)} if plan else {}


def is_unanswered(standing: Standing) -> bool:
    """True while nobody has answered yet, also when something is waited for."""
    return (standing.waiting_from or standing.state) in UNANSWERED


def is_offered(standing: Standing, kind: str) -> bool:
    """True when the step is possible now, with what it states before itself."""
    for before in preceding(kind, is_unanswered=is_unanswered(standing)):
        standing = standing.after(before.kind) or standing
    return standing.offers(kind)


def next_step(kind: str, plan_version_id: int | None) -> NextStep:
    """The step as surfaces show it, with names from the plan for what only the plan knows."""
    plan = compiled_plan(plan_version_id).plan if plan_version_id else None
    words = Wording(plan) if plan else None
    title = words.word("facts", kind) if words else Text(kind, kind)
    fields = asked_by_plan(plan_version_id).get(kind, ())
    return NextStep(
        kind=kind,
        fields=tuple(_asked(kind, field, plan) for field in fields),
        is_of_plan=kind not in REQUEST_FIELDS,
        title_zh=title.zh,
        title_en=title.en,
    )


def plan_words(plan_version_id: int | None) -> PlanWords:
    """What a request's page says in the plan's own words."""
    return PlanWords(
        fact_titles=_fact_titles(plan_version_id),
        value_titles=_value_titles(plan_version_id),
        stops=_stops_by_clause(plan_version_id),
    )


def _fact_titles(plan_version_id: int | None) -> dict[str, Word]:
    """The plan's own names of facts, by kind."""
    plan = compiled_plan(plan_version_id).plan if plan_version_id else None
    declared = plan.words if plan else ()
    return {
        code: Word(code, text.zh, text.en) for table, code, text in declared if table == "facts"
    }


def _value_titles(plan_version_id: int | None) -> dict[tuple[str, str], Word]:
    """The names of codes that a fact may carry: selectors' values and reasons for waiting."""
    plan = compiled_plan(plan_version_id).plan if plan_version_id else None
    found = {("reason", code): Word(code, text.zh, text.en) for code, text in STOP_REASONS.items()}
    for table, code, text in plan.words if plan else ():
        if table == "reasons":
            found["reason", code] = Word(code, text.zh, text.en)
    for selector in plan.selectors if plan else ():
        for choice in selector.values:
            found[selector.name, choice.code] = Word(choice.code, *_both(choice.title))
    return found


def _stops_by_clause(plan_version_id: int | None) -> dict[str, frozenset[str]]:
    """For which reasons each clause on requests lets its clock stand still."""
    plan = compiled_plan(plan_version_id).plan if plan_version_id else None
    clauses = [one for one in plan.clauses if isinstance(one, Deadline)] if plan else []
    return {
        clause.id: frozenset(stop.reason for stop in clause.stops)
        for clause in clauses
        if clause.stops
    }


def _both(text: Text) -> tuple[str, str]:
    return text.zh, text.en


def _fields(kind: str, added: tuple[StepField, ...]) -> tuple[StepField, ...]:
    own = REQUEST_FIELDS.get(kind, ())
    known = {field.name for field in own}
    more = tuple(field for field in added if field.name not in known)
    plain = () if kind in REQUEST_FIELDS else (StepField("text", FieldType.TEXT),)
    return (*more, *own, *plain)


def _choices(plan: Plan | None) -> dict[str, tuple[str, ...]]:
    """Codes that the plan gives to a field: its selectors' values, its reasons for waiting."""
    stops = stops_of(plan) if plan else ()
    reasons = dict.fromkeys([*(stop.reason for stop in stops), *WAITING_FOR])
    found = {"reason": tuple(reasons)}
    for selector in plan.selectors if plan else ():
        if selector.values:
            found[selector.name] = tuple(choice.code for choice in selector.values)
    return found


def _asked(kind: str, field: StepField, plan: Plan | None) -> AskedField:
    selector = plan.selector(field.name) if plan else None
    title = selector.title if selector else Text("", "")
    return AskedField(
        name=field.name,
        type=field.type.value,
        needed=field.needed,
        personal=field.is_personal,
        choices=tuple(_choice(code, field, plan) for code in field.choices),
        title_zh=title.zh,
        title_en=title.en,
    )


def _choice(code: str, field: StepField, plan: Plan | None) -> Word:
    selector = plan.selector(field.name) if plan else None
    for choice in selector.values if selector else ():
        if choice.code == code:
            return Word(code, choice.title.zh, choice.title.en)
    if field.name == "reason":
        words = Wording(plan).word("reasons", code) if plan else STOP_REASONS.get(code)
        return Word(code, words.zh, words.en) if words else Word(code, code, code)
    return Word(code, "", "")
