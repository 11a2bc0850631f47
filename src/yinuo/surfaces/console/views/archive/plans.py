"""Service plans: the clauses of a version as a table, and publishing a plan file."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from yinuo.domains.contracts.comparing import compare_plans
from yinuo.domains.contracts.cycle import today_of
from yinuo.domains.contracts.drafts import list_tests_of_version, withdrawals_of
from yinuo.domains.contracts.plans import compiled_plan
from yinuo.domains.contracts.selectors import (
    count_contracts,
    get_plan_source,
    get_plan_version,
    list_contracts,
    list_plan_versions,
    newest_offered,
    newest_version,
)
from yinuo.domains.contracts.services import (
    begin_draft,
    needs_second_person,
    publish_first,
    withdraw_version,
)
from yinuo.domains.contracts.types import PlanVersionRow
from yinuo.domains.network.permissions import Permission
from yinuo.domains.network.policies import require
from yinuo.domains.network.types import Actor
from yinuo.kernel.evaluation import Evaluator
from yinuo.kernel.plan.plan import Plan
from yinuo.kernel.plan.showing import clause_rows
from yinuo.kernel.plan.text import Text
from yinuo.planfile import Checked, check_text, load_plan
from yinuo.platform.errors import IdempotencyMismatch, InvalidInput
from yinuo.platform.files.serving import document_response
from yinuo.surfaces.assets.problems import take_problems
from yinuo.surfaces.console import words
from yinuo.surfaces.console.access import actor_of, page
from yinuo.surfaces.console.editing import (
    UNPROCESSABLE,
    FormPage,
    KeptForm,
    Link,
    form_page,
    posted,
    save_once,
)
from yinuo.surfaces.console.fields import paragraph
from yinuo.surfaces.console.plan_changes import changes_between, in_words, previews
from yinuo.surfaces.console.sent_files import (
    file_field,
    findings,
    renewed_if_old,
    sent_file,
    text_field,
)
from yinuo.surfaces.console.views.archive.contract_form import parameter_title

CHECK, DRAFT, EMPTY = "check", "draft", "empty"
# What a plan begins with that begins with nothing: every key it must have.
EMPTY_PLAN = """plan: new_plan
title: {zh: 新方案, en: New plan}
version: "1"
timezone: Asia/Shanghai

selectors:
  level:
    title: {zh: 级别, en: level}
    values:
      - {code: serious, title: {zh: 严重, en: serious}}
      - {code: general, title: {zh: 一般, en: general}}

clauses:
  - id: respond
    number: "1"
    title: {zh: 响应, en: Response}
    promise: respond
    start: reported
    end: responded
    limit: 4 hours
"""
PASTED = "plan.yaml"
# The page of a version shows so many of its contracts; the list of contracts has them all.
MOST_CONTRACTS = 25


class PlanForm(KeptForm):
    """A plan file, uploaded or pasted. What was uploaded stands in the text afterwards."""

    file = file_field(gettext_lazy("Plan file"))
    source = text_field(gettext_lazy("Text of the plan"))


@require_GET
@page
def one(request: HttpRequest, version_id: UUID) -> HttpResponse:
    """A published version: its levels, what a case would get, its contracts, every clause."""
    actor = actor_of(request)
    version = get_plan_version(actor, version_id)
    evaluator = compiled_plan(version.id)
    plan = evaluator.plan
    versions = [row for row in list_plan_versions(actor) if row.code == version.code]
    older = next((row for row in versions if row.number < version.number), None)
    bound = count_contracts(actor, [row.id for row in versions])
    context = {
        "previews": previews(evaluator, timezone.now()),
        "changes": changes_between(older, version) if older else None,
        "older": older,
        "bound": bound.get(version.id, 0),
        **_contracts_on(actor, version),
        "version": version,
        "plan": plan,
        "levels": [_in_words({"title": c.title, "definition": c.definition}) for c in plan.levels],
        "parameters": [(parameter_title(each), each) for each in plan.parameters],
        "clauses": [_in_words(row) for row in clause_rows(plan)],
        "versions": [(row, bound.get(row.id, 0)) for row in versions],
        "may_publish": actor.may(Permission.PLAN_PUBLISH),
        "may_write": actor.may(Permission.PLAN_WRITE),
        "withdrawal": withdrawals_of([version.id]).get(version.id),
        "tests": list_tests_of_version(actor, version_id),
    }
    return render(request, "console/archive/plan.html", context)


def _contracts_on(actor: Actor, version: PlanVersionRow) -> dict[str, Any]:
    """The contracts on a version, newest first, and the version they may be moved to."""
    if not actor.may(Permission.CONTRACT_READ):
        return {"may_see_contracts": False}
    today = today_of(timezone.now())
    newest = newest_offered(actor, version.code, today)
    rows = list_contracts(actor, plan_version_id=version.public_id, limit=MOST_CONTRACTS).items
    writable = actor.units_for(Permission.CONTRACT_WRITE)
    return {
        "may_see_contracts": True,
        "contracts": [(row, row.unit_id in writable) for row in rows],
        "move_to": newest if newest and newest.number > version.number else None,
    }


@require_GET
@page
def source(request: HttpRequest, version_id: UUID) -> HttpResponse:
    """The file a version was published from."""
    actor = actor_of(request)
    version = get_plan_version(actor, version_id)
    text = get_plan_source(actor, version_id)
    name = f"{version.code}-{version.number}.yaml"
    return document_response(text.encode(), name, "application/yaml; charset=utf-8")


@require_http_methods(["GET", "POST"])
@page
def publish(request: HttpRequest) -> HttpResponse:
    """Check a plan file and publish it; mistakes are shown with their place, the text stays."""
    actor = actor_of(request)
    if not actor.may(Permission.PLAN_WRITE):
        require(actor, Permission.PLAN_PUBLISH)
    if request.method == "GET":
        return _screen(request, PlanForm(initial=_begin_with(request, actor)))
    form, checked = _checked(request)
    if request.POST.get("do") == DRAFT and not form.errors:
        return _drafted(request, form, checked)
    if form.errors or checked.plan is None or request.POST.get("do") == CHECK:
        fine = not form.errors and checked.plan is not None
        return _screen(request, form, checked, 200 if fine else UNPROCESSABLE)

    def save() -> UUID:
        text, name, now = form.data["source"], checked.source, timezone.now()
        return publish_first(actor=actor, source=text, source_name=name, now=now).public_id

    try:
        made = save_once(form, "console.plans.publish", save, actor)
    except InvalidInput as error:
        take_problems(form, error)
        return _screen(request, form, checked, UNPROCESSABLE)
    except IdempotencyMismatch:
        form.renew()
        form.add_error(
            None, _("Another text was published from this page. Send it again if meant.")
        )
        return _screen(request, form, checked, UNPROCESSABLE)
    return redirect("console:plans_one", made)


def _drafted(request: HttpRequest, form: PlanForm, checked: Checked) -> HttpResponse:
    """Go on with the text as a draft; mistakes of meaning are mended there."""
    actor = actor_of(request)
    based_on = request.GET.get("from") or None

    def save() -> UUID:
        text, now = form.data["source"], timezone.now()
        return begin_draft(actor=actor, source=text, plan_version_id=based_on, now=now).public_id

    try:
        made = save_once(form, "console.plan_drafts.begin", save, actor)
    except InvalidInput as error:
        if not checked.problems:
            take_problems(form, error)
        return _screen(request, form, checked, UNPROCESSABLE)
    except IdempotencyMismatch:
        form.renew()
        form.add_error(None, _("Another text was sent from this page. Send it again if meant."))
        return _screen(request, form, checked, UNPROCESSABLE)
    return redirect("console:plan_drafts_write", made)


class WithdrawForm(KeptForm):
    """Why a version is withdrawn."""

    reason = paragraph(gettext_lazy("Reason"))


@require_http_methods(["GET", "POST"])
@page
def withdraw(request: HttpRequest, version_id: UUID) -> HttpResponse:
    """Take a version off the offer; contracts on it keep it."""
    actor = actor_of(request)
    require(actor, Permission.PLAN_PUBLISH)
    version = get_plan_version(actor, version_id)
    form = WithdrawForm(posted(request))
    address = reverse("console:plans_one", args=[version_id])

    def save() -> UUID:
        reason, now = form.cleaned_data["reason"], timezone.now()
        return withdraw_version(
            actor=actor, plan_version_id=version_id, reason=reason, now=now
        ).public_id

    name = f"{words.in_language(version.title_zh, version.title_en)} v{version.number}"
    return form_page(
        request,
        FormPage(
            title=_("Withdraw %(version)s") % {"version": name},
            form=form,
            route=f"console.plans.withdraw.{version_id}",
            save=save,
            done=lambda _made: address,
            back=Link(address, name),
            lead=_("New contracts cannot take it any more. Those on it, and their cases, keep it."),
            button=_("Withdraw"),
        ),
    )


def _begin_with(request: HttpRequest, actor: Actor) -> dict[str, str]:
    """The text to begin with: a version's (`from`), a shipped plan's (`shipped`), or none."""
    if version := request.GET.get("from", ""):
        return {"source": get_plan_source(actor, version)}
    shipped = request.GET.get("shipped", "")
    if shipped == EMPTY:
        return {"source": EMPTY_PLAN}
    if shipped in shipped_plans():
        return {"source": shipped_plans()[shipped].read_text(encoding="utf-8")}
    return {}


def shipped_plans() -> dict[str, Path]:
    """The plan files that come with the product, by code."""
    return {file.stem: file for file in sorted(settings.PLANS_FOLDER.glob("*.yaml"))}


def _shipped_titles() -> list[tuple[str, Text]]:
    plans = shipped_plans().items()
    return [(code, load_plan(file.read_bytes(), file.name).title) for code, file in plans]


def _checked(request: HttpRequest) -> tuple[PlanForm, Checked]:
    """The form with the text that counts, and what the check says of it."""
    sent = sent_file(request, PASTED)
    form = PlanForm(sent.data, request.FILES)
    renewed_if_old(form)
    if sent.problems:
        return form, Checked(sent.name, None, sent.problems)
    return form, check_text(sent.data["source"], sent.name)


def _screen(
    request: HttpRequest, form: PlanForm, checked: Checked | None = None, status: int = 200
) -> HttpResponse:
    text, actor = str(form["source"].value() or ""), actor_of(request)
    context = {
        "form": form,
        "checked": checked,
        "findings": findings(checked.problems if checked else (), text),
        "back": reverse("console:plans"),
        "may_publish": actor.may(Permission.PLAN_PUBLISH) and not needs_second_person(actor),
        "may_write": actor.may(Permission.PLAN_WRITE),
        **(_beside_the_last(actor, checked.plan) if checked and checked.plan else {}),
        "shipped": _shipped_titles() if not form["source"].value() else [],
    }
    return render(request, "console/archive/publish.html", context, status=status)


def _beside_the_last(actor: Actor, plan: Plan) -> dict[str, Any]:
    """What publishing this would change, and what a case reported now would get."""
    evaluator = Evaluator(plan)
    last = newest_version(actor, plan.code)
    before = compiled_plan(last.id) if last else None
    return {
        "previews": previews(evaluator, timezone.now(), before),
        "older": last,
        "changes": in_words(compare_plans(before.plan, plan)) if before else None,
    }


def _in_words(row: dict[str, Any]) -> dict[str, Any]:
    """The row with each text in the reader's language."""
    language = get_language() or ""
    return {
        name: value.in_language(language) if isinstance(value, Text) else value
        for name, value in row.items()
    }
