"""Writing a draft: form and file side by side, each change shown in both at once."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yinuo.domains.contracts.drafts import DraftView, get_draft, get_draft_text, list_drafts
from yinuo.domains.contracts.merging import merge_texts
from yinuo.domains.contracts.services import save_draft
from yinuo.domains.network.permissions import Permission
from yinuo.domains.network.policies import require
from yinuo.planfile import Checked, PlanError, check_text
from yinuo.planfile.clauses import KINDS
from yinuo.planfile.forms import Act, Form, Option, acted, plan_form
from yinuo.planfile.forms.labels import word_label
from yinuo.planfile.source import read_nodes
from yinuo.platform.errors import Conflict, IllegalMove, InvalidInput
from yinuo.surfaces.assets.problems import take_problems
from yinuo.surfaces.console.access import actor_of, page
from yinuo.surfaces.console.editing import CONFLICT, UNPROCESSABLE, KeptForm, save_once
from yinuo.surfaces.console.forms import ROOM
from yinuo.surfaces.console.views.lists import Listing

MOST_SHOWN = 100
KIND_OPTIONS = tuple(
    Option(one, word_label(one)) for one in sorted(KINDS, key=lambda kind: kind != "deadline")
)


class TextForm(KeptForm):
    """The text of a draft."""

    source = forms.CharField(
        label=gettext_lazy("Text of the plan"),
        required=False,
        strip=False,
        max_length=ROOM,
        widget=forms.Textarea(
            attrs={
                "rows": 30,
                "spellcheck": "false",
                "wrap": "off",
                "class": "code",
                "autocomplete": "off",
            }
        ),
    )


@require_GET
@page
def drafts(request: HttpRequest) -> HttpResponse:
    """Drafts of plans that are open, or all of them."""
    actor = actor_of(request)
    rights = (Permission.PLAN_WRITE, Permission.PLAN_APPROVE, Permission.PLAN_PUBLISH)
    if not any(actor.may(one) for one in rights):
        require(actor, Permission.PLAN_WRITE)
    every = request.GET.get("all", "") == "yes"
    found = list_drafts(actor, every=every, cursor=request.GET.get("cursor", ""))
    context = {
        "list": Listing(found.items, found.next_cursor, "", ""),
        "every": every,
        "may_write": actor.may(Permission.PLAN_WRITE),
    }
    return render(request, "console/workshop/drafts.html", context)


@require_http_methods(["GET", "POST"])
@page
def write(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    """The draft as form and file. Saving answers 409 with both texts when another was faster."""
    actor = actor_of(request)
    require(actor, Permission.PLAN_WRITE)
    draft = get_draft(actor, draft_id)
    initial = {"source": draft.source, "version": draft.row.version}
    if request.method == "GET":
        return _screen(request, draft, TextForm(initial=initial))
    data: Any = request.POST.copy()
    # Browsers send line ends of their own; the file has plain ones.
    data["source"] = data.get("source", "").replace("\r\n", "\n")
    form = TextForm(data, initial=initial)
    if not form.is_valid():
        if form.lacks_its_key():
            form.renew()
            form.add_error(None, _("This page was too old. Look at it and send it again."))
        return _screen(request, draft, form, status=UNPROCESSABLE)

    def save() -> UUID:
        return save_draft(
            actor=actor,
            draft_id=draft_id,
            version=form.cleaned_data["version"],
            source=form.cleaned_data["source"],
            now=timezone.now(),
        ).public_id

    try:
        save_once(form, f"console.plan_drafts.{draft_id}", save, actor)
    except Conflict:
        return _both_texts(request, draft, form)
    except InvalidInput as error:
        form.renew()
        take_problems(form, error)
        return _screen(request, draft, form, status=UNPROCESSABLE)
    except IllegalMove as error:
        form.renew()
        form.add_error(None, str(error.message))
        return _screen(request, draft, form, status=CONFLICT)
    messages.success(request, _("Saved."))
    return redirect(_next(request, draft_id))


def _next(request: HttpRequest, draft_id: UUID) -> str:
    name = "plan_drafts_one" if request.POST.get("do") == "check" else "plan_drafts_write"
    at = request.POST.get("at", "")
    address = reverse(f"console:{name}", args=[draft_id])
    known = at.replace("/", "").replace("_", "").isalnum() and at.isascii()
    return f"{address}?at={at}" if name == "plan_drafts_write" and known else address


@require_POST
@page
def live(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    """The form and the findings for a text as typed, after one act of the form; stores nothing."""
    actor = actor_of(request)
    require(actor, Permission.PLAN_WRITE)
    draft = get_draft(actor, draft_id)
    text = request.POST.get("source", "").replace("\r\n", "\n")
    what, path = request.POST.get("act", ""), request.POST.get("path", "")
    at = request.POST.get("at", "")
    new = text
    if what and len(path) < MOST_PATH:
        values = tuple(one.replace("\r\n", "\n") for one in request.POST.getlist("value"))
        try:
            new = acted(text, Act(what, path, values))
        except PlanError:
            new = text
    context = {"draft": draft, "changed": new != text, **_shown(new, _opened(at, what, path, new))}
    return render(request, "console/workshop/live.html", context)


MOST_PATH = 400


def _opened(at: str, what: str, path: str, text: str) -> str:
    """The part to show: a clause just added is opened."""
    if what == "add" and path == "clauses":
        try:
            clauses = read_nodes(text, "plan.yaml").get("clauses")
        except PlanError:
            return at
        return f"clauses/{len(clauses.items) - 1}" if clauses and clauses.items else at
    return at


def _shown(text: str, at: str) -> dict[str, Any]:
    """The form of a text, or why there is none, and every finding."""
    checked = check_text(text, "plan.yaml")
    form: Form | None = None
    try:
        form = plan_form(read_nodes(text, "plan.yaml"), checked.problems, at or "head")
    except PlanError as error:
        checked = Checked("plan.yaml", None, error.problems)
    return {
        "plan_form": form,
        "checked": checked,
        "findings": checked.problems[:MOST_SHOWN],
        "text": text,
        "kinds": KIND_OPTIONS,
        "chinese": (get_language() or "zh").startswith("zh"),
    }


def _screen(
    request: HttpRequest, draft: DraftView, form: TextForm, status: int = 200, **more: Any
) -> HttpResponse:
    text = str(form["source"].value() or "")
    at = request.POST.get("at", request.GET.get("at", ""))
    context = {"form": form, "draft": draft, **_shown(text, at), **more}
    return render(request, "console/workshop/write.html", context, status=status)


def _both_texts(request: HttpRequest, draft: DraftView, form: TextForm) -> HttpResponse:
    """Somebody saved meanwhile: both changes are brought together, both texts stay readable."""
    yours = form.cleaned_data["source"]
    seen = form.cleaned_data["version"]
    base = get_draft_text(actor_of(request), draft.row.public_id, seen) or draft.source
    merged = merge_texts(base, yours, draft.source)
    form.renew()
    data: Any = form.data
    data["source"] = merged.text
    more = {"merged": merged, "yours": yours, "theirs": draft.source}
    return _screen(request, draft, form, CONFLICT, **more)
