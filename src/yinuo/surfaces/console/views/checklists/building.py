"""The builder: a checklist put together line by line, without writing a file.

The checklist under work stands in the page itself, as the file it will be; nothing is kept before
it is published.
"""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from yinuo.domains.network.permissions import Permission
from yinuo.domains.network.policies import require
from yinuo.kernel.checklists import Checklist, ChecklistError, Item, ItemKind, Section
from yinuo.kernel.checklists.building import moved_item, with_item, with_section, without_item
from yinuo.kernel.plan.text import Text
from yinuo.planfile.checklist_writing import written
from yinuo.planfile.checklists import check_checklist
from yinuo.planfile.messages import Message, in_chinese
from yinuo.surfaces.console import words
from yinuo.surfaces.console.access import actor_of, page
from yinuo.surfaces.console.builder_forms import ItemForm
from yinuo.surfaces.console.editing import UNPROCESSABLE
from yinuo.surfaces.console.forms import one_time_key
from yinuo.surfaces.console.views.checklists.templates import begin_with

STEPS = {"up": -1, "down": 1}


@require_http_methods(["GET", "POST"])
@page
def build(request: HttpRequest) -> HttpResponse:
    """Show the checklist with its forms; a post does one act and shows it again."""
    actor = actor_of(request)
    require(actor, Permission.CHECKLIST_PUBLISH)
    if request.method == "GET":
        source = begin_with(request, actor).get("source") or written(_blank())
        return _screen(request, check_checklist(source).checklist or _blank())
    template = check_checklist(request.POST.get("source", "")).checklist
    if template is None:
        return _screen(request, _blank(), problem=_("This checklist cannot be read. Begin again."))
    form = ItemForm(request.POST, template=template) if request.POST.get("do") == "add" else None
    if form is not None and not form.is_valid():
        return _screen(request, template, form=form)
    try:
        changed = _acted(template, request, form)
    except ChecklistError as error:
        return _screen(request, template, form=form, problem=_said(error))
    checked = check_checklist(written(changed))
    if checked.checklist is None:
        said = "; ".join(_told(one.message) for one in checked.problems)
        return _screen(request, template, form=form, problem=said)
    return _screen(request, checked.checklist)


def _acted(template: Checklist, request: HttpRequest, form: ItemForm | None) -> Checklist:
    """The checklist after what was asked for; an unknown act changes nothing."""
    act, item = request.POST.get("do", ""), request.POST.get("item", "")
    if form is not None:
        section = form.cleaned_data["section"]
        if section:
            return with_item(template, section, form.item())
        return with_section(template, form.section())
    if act == "name":
        return _named(template, request)
    if act == "remove":
        return without_item(template, item)
    if act in STEPS:
        return moved_item(template, item, STEPS[act])
    return template


def _named(template: Checklist, request: HttpRequest) -> Checklist:
    code, zh, en = (
        request.POST.get(name, "").strip()[:200] for name in ("code", "name_zh", "name_en")
    )
    title = Text(zh or en or template.title.zh, en or zh or template.title.en)
    return Checklist(code or template.code, title, template.sections, template.note)


def _blank() -> Checklist:
    """What a new checklist begins with."""
    first = Item("line_1", ItemKind.YES_NO, Text("设备清洁", "Cleaned"))
    section = Section("section_1", Text("检查项目", "Checks"), (first,))
    return Checklist("new_checklist", Text("新检查单", "New checklist"), (section,))


def _said(error: ChecklistError) -> str:
    return _told(Message(error.template, **error.values))


def _told(message: str) -> str:
    return in_chinese(message) if words.is_chinese() else str(message)


def _screen(
    request: HttpRequest,
    template: Checklist,
    *,
    form: ItemForm | None = None,
    problem: str = "",
) -> HttpResponse:
    context: dict[str, Any] = {
        "template": template,
        "source": written(template),
        "form": form or ItemForm(template=template),
        "problem": problem,
        "key": one_time_key(),
        "back": reverse("console:checklists"),
    }
    status = UNPROCESSABLE if problem or (form is not None and form.errors) else 200
    return render(request, "console/checklists/build.html", context, status=status)
