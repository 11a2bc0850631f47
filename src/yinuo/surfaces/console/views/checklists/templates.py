"""Checklist templates: what each version asks, and publishing a file as the next version."""

from __future__ import annotations

from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from yinuo.domains.checklists.selectors import (
    get_template,
    get_template_source,
    list_templates,
    list_versions_of,
)
from yinuo.domains.checklists.services import publish_checklist
from yinuo.domains.checklists.templates import template_of
from yinuo.domains.network.permissions import Permission
from yinuo.domains.network.policies import require
from yinuo.domains.network.types import Actor
from yinuo.kernel.plan.text import Text
from yinuo.planfile.checklists import CheckedChecklist, check_checklist, load_checklist
from yinuo.platform.errors import IdempotencyMismatch, InvalidInput
from yinuo.platform.files.serving import document_response
from yinuo.surfaces.assets.problems import take_problems
from yinuo.surfaces.console.access import actor_of, page
from yinuo.surfaces.console.editing import UNPROCESSABLE, KeptForm, save_once
from yinuo.surfaces.console.sent_files import (
    file_field,
    findings,
    renewed_if_old,
    sent_file,
    text_field,
)
from yinuo.surfaces.console.views.lists import Listing

CHECK = "check"
PASTED = "checklist.yaml"


class TemplateForm(KeptForm):
    """A checklist file, uploaded or pasted. What was uploaded stands in the text afterwards."""

    file = file_field(gettext_lazy("Checklist file"))
    source = text_field(gettext_lazy("Text of the checklist"))


@require_GET
@page
def checklists(request: HttpRequest) -> HttpResponse:
    """The newest published version of each checklist."""
    actor = actor_of(request)
    require(actor, Permission.CHECKLIST_READ)
    context = {
        "list": Listing(tuple(list_templates(actor)), "", "", ""),
        "may_publish": actor.may(Permission.CHECKLIST_PUBLISH),
    }
    return render(request, "console/lists/checklists.html", context)


@require_GET
@page
def one(request: HttpRequest, template_id: UUID) -> HttpResponse:
    """A published version: every line with its answers and limits, and its other versions."""
    actor = actor_of(request)
    require(actor, Permission.CHECKLIST_READ)
    version = get_template(actor, template_id)
    context = {
        "version": version,
        "template": template_of(version.id),
        "versions": list_versions_of(actor, version.code),
        "may_publish": actor.may(Permission.CHECKLIST_PUBLISH),
    }
    return render(request, "console/checklists/template.html", context)


@require_GET
@page
def source(request: HttpRequest, template_id: UUID) -> HttpResponse:
    """The file a version was published from."""
    actor = actor_of(request)
    require(actor, Permission.CHECKLIST_READ)
    version = get_template(actor, template_id)
    text = get_template_source(actor, template_id)
    name = f"{version.code}-{version.number}.yaml"
    return document_response(text.encode(), name, "application/yaml; charset=utf-8")


@require_http_methods(["GET", "POST"])
@page
def publish(request: HttpRequest) -> HttpResponse:
    """Check a checklist file and publish it; mistakes are shown with their place."""
    actor = actor_of(request)
    require(actor, Permission.CHECKLIST_PUBLISH)
    if request.method == "GET":
        return _screen(request, TemplateForm(initial=begin_with(request, actor)))
    form, checked = _checked(request)
    if form.errors or checked.checklist is None or request.POST.get("do") == CHECK:
        fine = not form.errors and checked.checklist is not None
        return _screen(request, form, checked, 200 if fine else UNPROCESSABLE)

    def save() -> UUID:
        text, name, now = form.data["source"], checked.source, timezone.now()
        made = publish_checklist(actor=actor, source=text, source_name=name, now=now)
        return made.public_id

    try:
        made = save_once(form, "console.checklists.publish", save, actor)
    except InvalidInput as error:
        take_problems(form, error)
        return _screen(request, form, checked, UNPROCESSABLE)
    except IdempotencyMismatch:
        form.renew()
        form.add_error(
            None, _("Another text was published from this page. Send it again if meant.")
        )
        return _screen(request, form, checked, UNPROCESSABLE)
    return redirect("console:checklists_one", made)


def shipped_checklists() -> dict[str, Path]:
    """The checklist files that come with the product, by code."""
    return {file.stem: file for file in sorted(settings.CHECKLISTS_FOLDER.glob("*.yaml"))}


def begin_with(request: HttpRequest, actor: Actor) -> dict[str, str]:
    """The text to begin with: a version's (`from`), a shipped one's (`shipped`), or none."""
    if version := request.GET.get("from", ""):
        return {"source": get_template_source(actor, version)}
    shipped = request.GET.get("shipped", "")
    if shipped in shipped_checklists():
        return {"source": shipped_checklists()[shipped].read_text(encoding="utf-8")}
    return {}


def _shipped_titles() -> list[tuple[str, Text]]:
    files = shipped_checklists().items()
    return [(code, load_checklist(file.read_bytes(), file.name).title) for code, file in files]


def _checked(request: HttpRequest) -> tuple[TemplateForm, CheckedChecklist]:
    """The form with the text that counts, and what the check says of it."""
    sent = sent_file(request, PASTED)
    form = TemplateForm(sent.data, request.FILES)
    renewed_if_old(form)
    if sent.problems:
        return form, CheckedChecklist(sent.name, None, sent.problems)
    return form, check_checklist(sent.data["source"], sent.name)


def _screen(
    request: HttpRequest,
    form: TemplateForm,
    checked: CheckedChecklist | None = None,
    status: int = 200,
) -> HttpResponse:
    text = str(form["source"].value() or "")
    context = {
        "form": form,
        "checked": checked,
        "template": checked.checklist if checked else None,
        "findings": findings(checked.problems if checked else (), text),
        "back": reverse("console:checklists"),
        "shipped": _shipped_titles() if not text else [],
    }
    return render(request, "console/checklists/publish.html", context, status=status)
