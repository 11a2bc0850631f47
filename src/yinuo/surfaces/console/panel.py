"""What can be done next on a request: the choices, the one chosen, and its form."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from yinuo.domains.assets.selectors import list_assets
from yinuo.domains.network.types import Actor
from yinuo.domains.obligations.types import FactView
from yinuo.domains.requests.related import list_owners
from yinuo.domains.requests.services.levels import DECIDED
from yinuo.domains.requests.types import NextStep, RequestPage, Word
from yinuo.surfaces.console import words
from yinuo.surfaces.console.forms import one_time_key
from yinuo.surfaces.console.guiding import shown_questions
from yinuo.surfaces.console.stepforms import (
    ActForm,
    ChoiceForm,
    CorrectionForm,
    HandoverForm,
    MergeForm,
    QuestionsForm,
    ReasonForm,
    SplitForm,
    StepForm,
)
from yinuo.surfaces.console.timelines import fact_title

# What usually comes next in each state, in this order; the first one possible leads.
USUAL = {
    "new": ("responded", "advised_by_phone", "noted"),
    "reopened": ("responded", "advised_by_phone", "noted"),
    "answered": ("remote_started", "advised_by_phone", "on_site_decided", "restored", "noted"),
    "remote": ("remote_ended", "restored", "on_site_decided", "paused", "noted"),
    "on_site": ("restored", "interim_restored", "paused", "noted"),
    "waiting": ("resumed", "noted"),
    "restored": ("confirmed_by_customer", "reopened", "noted"),
    "confirmed": ("archived", "reopened", "noted"),
    "archived": ("noted", "reopened"),
}
ACTS = (
    *("take", "questions", "handover", "escalate"),
    *("level", "category", "cover", "split", "merge"),
)
# Acts that come before any step: taking it from the queue, asking what the plan asks.
FIRST = ("take", "questions")


@dataclass(frozen=True, slots=True)
class Choice:
    """Something to do, as a button."""

    code: str
    label: str


@dataclass(frozen=True, slots=True)
class Panel:
    """The choices in groups, the code of the chosen one, its form, where the form goes."""

    usual: tuple[Choice, ...]
    more: tuple[Choice, ...]
    of_plan: tuple[Choice, ...]
    acts: tuple[Choice, ...]
    chosen: str
    label: str
    form: ActForm | None
    address: str


def act_words() -> dict[str, str]:
    """The acts beside the steps, in the reader's language."""
    return {
        "take": _("Take it"),
        "questions": _("Ask the questions"),
        "handover": _("Hand over"),
        "escalate": _("Escalate to the next group"),
        "split": _("Split off a part"),
        "level": _("Change the level"),
        "category": _("Change the category"),
        "cover": _("Decide the cover"),
        "merge": _("Merge into another request"),
    }


def make_panel(actor: Actor, page: RequestPage, wanted: str, bound: ActForm | None) -> Panel:
    """The panel with the form of `wanted` open, of the usual next step when that is not possible.

    `bound` is a refused form, shown again in place of a fresh one.
    """
    steps = {step.kind: step for step in _sensible(page)}
    usual = [kind for kind in USUAL.get(page.request.state, ("noted",)) if kind in steps]
    acts = [act for act in ACTS if _has_choice(page, act)]
    first = [act for act in FIRST if act in acts and _comes_first(page, act)]
    before = [act for act in first if act == "take"]
    likely = next(iter([*before, *usual, *steps]), "")
    chosen = wanted if wanted in steps or wanted in acts else likely
    rest = [one for one in steps.values() if one.kind not in usual]
    label = act_words().get(chosen) or (step_label(steps[chosen]) if chosen else "")
    if bound is not None and chosen != wanted:
        # What was typed for a step that is no longer possible stays in sight.
        chosen, label = wanted, act_words().get(wanted) or bound_label(page, bound)
    return Panel(
        usual=(
            *(Choice(act, act_words()[act]) for act in first),
            *(Choice(kind, step_label(steps[kind])) for kind in usual),
        ),
        more=tuple(Choice(one.kind, step_label(one)) for one in rest if not one.is_of_plan),
        of_plan=tuple(Choice(one.kind, step_label(one)) for one in rest if one.is_of_plan),
        acts=tuple(Choice(act, act_words()[act]) for act in acts if act not in first),
        chosen=chosen,
        label=label,
        form=bound or (_fresh(actor, page, chosen, steps) if chosen else None),
        address=act_address(page, chosen),
    )


def correction_panel(page: RequestPage, fact: FactView, bound: ActForm | None) -> Panel:
    """The panel with nothing but the correction of one fact."""
    form = bound or correction_form(page, fact)
    address = reverse("console:requests_correct", args=[page.request.public_id, fact.public_id])
    label = _("Correct: %(fact)s") % {"fact": fact_title(page, fact.kind)}
    return Panel((), (), (), (), f"fix:{fact.public_id}", label, form, address)


def act_form(actor: Actor, page: RequestPage, act: str, data: QueryDict | None = None) -> ActForm:
    """The form of an act beside the steps."""
    initial = None if data is not None else _initial(page)
    return _ACT_FORMS[act](actor, page, {"data": data, "initial": initial})


def correction_form(
    page: RequestPage, fact: FactView, data: QueryDict | None = None
) -> CorrectionForm:
    """The form of a fact's correction, filled with what was recorded."""
    said = page.said.get(fact.public_id)
    before = {**fact.attrs, **(said.words if said else {})}
    step = page.forms[fact.kind]
    initial = {**before, **_initial(page), "occurred_at": fact.occurred_at}
    return CorrectionForm(data, step=step, initial=initial)


def step_label(step: NextStep) -> str:
    """The button of a step."""
    if step.kind in words.STEPS:
        return str(words.STEPS[step.kind])
    return words.in_language(step.title_zh, step.title_en)


def bound_label(page: RequestPage, bound: ActForm) -> str:
    """The name of the step a refused form was for."""
    return step_label(bound.step) if isinstance(bound, StepForm) else ""


def act_address(page: RequestPage, chosen: str) -> str:
    """Where the chosen form goes."""
    name = f"console:requests_{chosen}" if chosen in ACTS else "console:requests_step"
    return reverse(name, args=[page.request.public_id])


def _sensible(page: RequestPage) -> list[NextStep]:
    """What is possible, without the end of a remote session that nobody began."""
    sessions = [
        fact.kind
        for fact in page.facts
        if fact.kind in ("remote_started", "remote_ended") and fact.public_id not in page.corrected
    ]
    is_running = bool(sessions) and sessions[0] == "remote_started"
    return [step for step in page.next_steps if is_running or step.kind != "remote_ended"]


def _comes_first(page: RequestPage, act: str) -> bool:
    """Questions come first while the customer waits for an answer and one is not asked yet."""
    if act != "questions":
        return True
    is_new = page.request.state in ("new", "reopened")
    return is_new and any(not one.given for one in page.questions)


def _has_choice(page: RequestPage, act: str) -> bool:
    if act not in page.acts:
        return False
    choices = {
        "level": page.levels,
        "category": page.categories,
        "questions": page.questions,
    }.get(act)
    return choices is None or bool(choices)


def _fresh(actor: Actor, page: RequestPage, chosen: str, steps: dict[str, NextStep]) -> ActForm:
    if chosen in steps:
        return StepForm(step=steps[chosen], initial=_initial(page))
    return act_form(actor, page, chosen)


def _initial(page: RequestPage) -> dict[str, Any]:
    return {"key": one_time_key(), "version": page.request.version}


def _level(actor: Actor, page: RequestPage, given: dict[str, Any]) -> ActForm:
    choices = [
        (one.code, words.in_language(one.title_zh, one.title_en))
        for one in page.levels
        if one.code != page.request.level
    ]
    return ChoiceForm(name="level", label=_("New level"), choices=choices, **given)


def _category(actor: Actor, page: RequestPage, given: dict[str, Any]) -> ActForm:
    choices = [
        (one.code, words.in_language(one.title_zh, one.title_en))
        for one in page.categories
        if one.code != page.request.category
    ]
    return ChoiceForm(name="category", label=_("New category"), choices=choices, **given)


def _cover(actor: Actor, page: RequestPage, given: dict[str, Any]) -> ActForm:
    choices = [(code, str(words.COVERS[code])) for code in DECIDED if code != page.cover.kind]
    return ChoiceForm(name="cover", label=_("What applies"), choices=choices, **given)


def _handover(actor: Actor, page: RequestPage, given: dict[str, Any]) -> ActForm:
    owners = list_owners(actor, page.request.public_id)
    people = [(str(one.public_id), f"{one.name} · {one.unit_name}") for one in owners.people]
    units = [(str(one.public_id), one.name) for one in owners.units]
    groups = [(str(one.public_id), one.name) for one in owners.groups]
    choices = [("", "—"), (_("People"), people), (_("Support groups"), groups), (_("Units"), units)]
    choices = [one for one in choices if one[1]]
    return HandoverForm(choices=choices, **given)


def _merge(actor: Actor, page: RequestPage, given: dict[str, Any]) -> ActForm:
    choices = [
        (str(one.public_id), f"{one.number} · {one.symptom[:30]}") for one in page.open_others
    ]
    return MergeForm(choices=choices, **given)


def _take(actor: Actor, page: RequestPage, given: dict[str, Any]) -> ActForm:
    return ActForm(**given)


def _escalate(actor: Actor, page: RequestPage, given: dict[str, Any]) -> ActForm:
    return ReasonForm(**given)


def _questions(actor: Actor, page: RequestPage, given: dict[str, Any]) -> ActForm:
    return QuestionsForm(questions=shown_questions(page.questions), **given)


def _split(actor: Actor, page: RequestPage, given: dict[str, Any]) -> ActForm:
    assets = list_assets(actor, customer_id=page.request.customer_public_id).items
    initial = given["initial"]
    if initial is not None:
        given["initial"] = {**initial, "kind": page.request.kind}
    return SplitForm(
        levels=_words(page.levels),
        categories=_words(page.categories),
        assets=[(str(one.public_id), f"{one.name} {one.serial}".strip()) for one in assets],
        is_answered=any(fact.kind == "responded" for fact in page.facts),
        **given,
    )


def _words(known: Iterable[Word]) -> list[tuple[str, str]]:
    return [(one.code, words.in_language(one.title_zh, one.title_en)) for one in known]


_ACT_FORMS: dict[str, Callable[[Actor, RequestPage, dict[str, Any]], ActForm]] = {
    "level": _level,
    "category": _category,
    "cover": _cover,
    "handover": _handover,
    "take": _take,
    "escalate": _escalate,
    "questions": _questions,
    "split": _split,
    "merge": _merge,
}
