"""A draft as a whole: what it changes, what a case would get, its tests, approval, publication."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from decimal import Decimal
from difflib import unified_diff
from typing import Any, NamedTuple
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from yinuo.domains.contracts.comparing import compare_plans
from yinuo.domains.contracts.drafts import DraftView, get_draft, list_tests, sound_plan
from yinuo.domains.contracts.plan_previews import CaseData, facts_of, preview_case
from yinuo.domains.contracts.plan_tests import without_persons
from yinuo.domains.contracts.plans import compiled_plan
from yinuo.domains.contracts.selectors import get_plan_source, newest_version
from yinuo.domains.contracts.services import (
    PlanTestData,
    approve_draft,
    drop_draft,
    drop_test,
    keep_test,
    publish_draft,
)
from yinuo.domains.emergency.chains import role_titles
from yinuo.domains.network.permissions import Permission
from yinuo.domains.network.types import Actor
from yinuo.domains.obligations.selectors import facts_of_subject
from yinuo.domains.requests.selectors import list_requests
from yinuo.kernel.evaluation import Evaluator
from yinuo.kernel.plan.plan import Plan
from yinuo.kernel.plan.selectors import SelectorType, fits
from yinuo.kernel.plan.text import EMPTY, Text
from yinuo.kernel.plan.wording import amount_words
from yinuo.planfile import check_text
from yinuo.platform.errors import Conflict, Forbidden, IllegalMove, InvalidInput
from yinuo.surfaces.assets.problems import take_problems
from yinuo.surfaces.console import words
from yinuo.surfaces.console.access import actor_of, page
from yinuo.surfaces.console.editing import CONFLICT, UNPROCESSABLE, KeptForm, posted, save_once
from yinuo.surfaces.console.fields import DayField, line, money_field
from yinuo.surfaces.console.forms import moment_field
from yinuo.surfaces.console.plan_changes import in_words

MOST_DIFFERENT, MOST_SELECTORS = 600, 12


class CaseForm(KeptForm):
    """A case to try: one field for each selector with values, and when it is reported."""

    def __init__(self, plan: Plan, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen = [one for one in plan.selectors if one.type is SelectorType.LIST]
        for selector in chosen[:MOST_SELECTORS]:
            values = [
                (one.code, words.in_language(one.title.zh, one.title.en)) for one in selector.values
            ]
            self.fields[f"s_{selector.name}"] = forms.ChoiceField(
                label=words.in_language(selector.title.zh, selector.title.en),
                choices=[("", "—"), *values],
                required=False,
            )
        self.fields["total"] = money_field(_("Contract total"))
        self.fields["reported_at"] = moment_field(
            _("Reported at"), gettext_lazy("%(zone)s; leave empty when it is reported just now.")
        )
        self.fields["name"] = forms.CharField(
            label=_("Name of the test"), max_length=120, required=False
        )

    def case(self, now: datetime) -> CaseData:
        """The case as typed."""
        given = self.cleaned_data
        select = {name[2:]: value for name, value in given.items() if name[:2] == "s_" and value}
        total: Decimal | None = given.get("total")
        return CaseData(select, given.get("reported_at") or now, total)


class PublishForm(KeptForm):
    """From which day on new contracts may take the version."""

    offered_from = DayField(
        label=gettext_lazy("Offered from"),
        required=False,
        help_text=gettext_lazy("Empty: at once."),
    )


@require_http_methods(["GET", "POST"])
@page
def one(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    """The draft with its findings, changes, tests and the case being tried."""
    actor = actor_of(request)
    draft = get_draft(actor, draft_id)
    plan = sound_plan(draft.source)
    form = CaseForm(plan, posted(request)) if plan else None
    if form is None or not form.is_bound:
        return _screen(request, draft, plan, form)
    if not form.is_valid():
        if form.lacks_its_key():
            form.renew()
        return _screen(request, draft, plan, form, status=UNPROCESSABLE)
    if request.POST.get("do") != "keep":
        return _screen(request, draft, plan, form)
    case = form.case(timezone.now())

    def save() -> UUID:
        data = PlanTestData(form.cleaned_data["name"], facts_of(case), case.reported_at)
        now = timezone.now()
        return keep_test(actor=actor, draft_id=draft_id, data=data, now=now).public_id

    try:
        save_once(form, f"console.plan_tests.{draft_id}", save, actor)
    except InvalidInput as error:
        form.renew()
        take_problems(form, error)
        return _screen(request, draft, plan, form, status=UNPROCESSABLE)
    except IllegalMove as error:
        form.renew()
        form.add_error(None, str(error.message))
        return _screen(request, draft, plan, form, status=CONFLICT)
    messages.success(request, _("Kept as a test. It must come out alike before publishing."))
    return redirect("console:plan_drafts_one", draft_id)


class RealCaseForm(KeptForm):
    """A request whose facts become a test, and its name there."""

    number = line(gettext_lazy("Number of the request"))
    case_name = line(gettext_lazy("Name of the test"))


@require_POST
@page
def keep_case(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    """Keep a real case as a test: its facts without persons, as they stand now."""
    actor = actor_of(request)
    draft = get_draft(actor, draft_id)
    plan = sound_plan(draft.source)
    number = request.POST.get("number", "").strip()
    now = timezone.now()

    def save() -> None:
        found = list_requests(actor, text=number, limit=20).items if number else ()
        row = next((one for one in found if one.number == number), None)
        if row is None or plan is None:
            raise InvalidInput({"number": _("There is no such request that you may see.")})
        known = facts_of_subject(row.public_id)
        facts = without_persons(
            plan, [(one.kind, one.occurred_at, one.received_at, one.attrs) for one in known]
        )
        data = PlanTestData(request.POST.get("case_name", ""), facts, now)
        keep_test(actor=actor, draft_id=draft_id, data=data, now=now)

    done = _("Kept as a test. It must come out alike before publishing.")
    return _decided(request, draft_id, save, done)


@require_POST
@page
def untest(request: HttpRequest, draft_id: UUID, test_id: UUID) -> HttpResponse:
    """Take a test away."""
    actor = actor_of(request)

    def save() -> None:
        drop_test(actor=actor, draft_id=draft_id, test_id=test_id, now=timezone.now())

    return _decided(request, draft_id, save, _("The test was taken away."))


@require_POST
@page
def approve(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    """Approve the text as shown."""
    actor = actor_of(request)

    def save() -> None:
        approve_draft(actor=actor, draft_id=draft_id, version=_version(request), now=timezone.now())

    return _decided(request, draft_id, save, _("Approved. It can be published now."))


@require_POST
@page
def drop(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    """Give the draft up."""
    actor = actor_of(request)

    def save() -> None:
        drop_draft(actor=actor, draft_id=draft_id, version=_version(request), now=timezone.now())

    return _decided(request, draft_id, save, _("The draft was given up."))


@require_POST
@page
def publish(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    """Publish the approved text; the version page follows."""
    actor = actor_of(request)
    draft = get_draft(actor, draft_id)
    form = PublishForm(request.POST, initial={"version": draft.row.version})
    plan = sound_plan(draft.source)
    if not form.is_valid():
        case = CaseForm(plan) if plan else None
        return _screen(request, draft, plan, case, status=UNPROCESSABLE, publishing=form)

    def save() -> UUID:
        return publish_draft(
            actor=actor,
            draft_id=draft_id,
            version=form.cleaned_data["version"],
            offered_from=form.cleaned_data["offered_from"],
            now=timezone.now(),
        ).public_id

    made: list[str] = []
    answer = _decided(
        request,
        draft_id,
        lambda: made.append(save_once(form, f"console.plan_drafts.out.{draft_id}", save, actor)),
        _("Published."),
    )
    return redirect("console:plans_one", made[0]) if made else answer


def _version(request: HttpRequest) -> int:
    given = request.POST.get("version", "")
    return int(given) if given.isdecimal() and len(given) < 10 else 0


def _decided(
    request: HttpRequest, draft_id: UUID, save: Callable[[], None], done: str
) -> HttpResponse:
    """Do it and say so, or show the draft with the reason why not."""
    try:
        save()
    except (InvalidInput, IllegalMove, Conflict, Forbidden) as error:
        draft = get_draft(actor_of(request), draft_id)
        plan = sound_plan(draft.source)
        said = [str(one) for one in getattr(error, "fields", {}).values()] or [str(error.message)]
        case = CaseForm(plan) if plan else None
        return _screen(request, draft, plan, case, status=error.status, refused=said)
    messages.success(request, done)
    return redirect("console:plan_drafts_one", draft_id)


def _screen(
    request: HttpRequest,
    draft: DraftView,
    plan: Plan | None,
    form: CaseForm | None,
    status: int = 200,
    **more: Any,
) -> HttpResponse:
    actor = actor_of(request)
    checked = check_text(draft.source, "plan.yaml")
    tests = list_tests(actor, draft.row.public_id)
    beside = _beside_the_last(actor, draft, plan)
    newest = beside["older"].number if beside["older"] else 0
    is_overtaken = draft.row.state == "approved" and draft.row.approved_beside != newest
    awaits = draft.row.state == "drafting" or is_overtaken
    context = {
        "draft": draft,
        "checked": checked,
        "findings": checked.problems[:100],
        "form": form,
        "promises": _tried(plan, form),
        "chain": _chain_of(plan, form),
        "tests": tests,
        "failing": sum(1 for one in tests if one.run is None or not one.run.passes),
        "publishing": PublishForm(initial={"version": draft.row.version}),
        "real_case": RealCaseForm(),
        "is_mine": actor.user_id in draft.row.editors,
        "may_write": actor.may(Permission.PLAN_WRITE) and draft.row.is_open,
        "may_approve": actor.may(Permission.PLAN_APPROVE) and awaits,
        "may_publish": actor.may(Permission.PLAN_PUBLISH) and draft.row.is_open and not awaits,
        "awaits": awaits,
        "is_overtaken": is_overtaken,
        **beside,
        **more,
    }
    return render(request, "console/workshop/draft.html", context, status=status)


class ChainLine(NamedTuple):
    """A step of the chain a case needs: what, by whom, in which time."""

    title: Text
    roles: tuple[Text, ...]
    limit: Text


def _tried(plan: Plan | None, form: CaseForm | None) -> Any:
    """The promises of the case that was typed; None while none was."""
    if plan is None or form is None or not form.is_bound or not form.is_valid():
        return None
    return preview_case(Evaluator(plan), form.case(timezone.now()))


def _chain_of(plan: Plan | None, form: CaseForm | None) -> list[ChainLine]:
    """The steps of the emergency plan that the case typed would need; none when it needs none."""
    if plan is None or plan.emergency is None or form is None:
        return []
    if not form.is_bound or not form.is_valid():
        return []
    if not fits(plan.emergency.applies_to, form.case(timezone.now()).select):
        return []
    return [
        ChainLine(
            one.title,
            role_titles(one.roles, plan),
            amount_words(one.limit) if one.limit else EMPTY,
        )
        for one in plan.emergency.steps
    ]


def _beside_the_last(actor: Actor, draft: DraftView, plan: Plan | None) -> dict[str, Any]:
    last = newest_version(actor, plan.code if plan else draft.row.code)
    if last is None:
        return {"older": None, "changes": None, "text_changes": []}
    before = get_plan_source(actor, last.public_id).splitlines()
    lines = unified_diff(before, draft.source.splitlines(), lineterm="", n=2)
    shown = [(line[:1], line) for line in lines if not line.startswith(("---", "+++"))]
    changes = in_words(compare_plans(compiled_plan(last.id).plan, plan)) if plan else None
    return {"older": last, "changes": changes, "text_changes": shown[:MOST_DIFFERENT]}
