"""Units: the tree, and the forms to add to it, rename and close."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from yinuo.domains.network.permissions import Permission
from yinuo.domains.network.policies import require
from yinuo.domains.network.selectors import list_units
from yinuo.domains.network.services import create_unit, edit_unit
from yinuo.domains.network.services.units import LOWEST_LEVEL
from yinuo.domains.network.types import Actor, UnitRow
from yinuo.platform.errors import InvalidInput, NotFound
from yinuo.surfaces.console.access import actor_of, page
from yinuo.surfaces.console.editing import FormPage, Link, form_page, posted
from yinuo.surfaces.console.views.admin.forms import NewUnitForm, UnitForm


@dataclass(frozen=True, slots=True)
class Branch:
    """A unit as the tree shows it; `depth` counts from the highest visible one."""

    unit: UnitRow
    depth: int
    may_edit: bool
    may_add: bool


@require_GET
@page
def units(request: HttpRequest) -> HttpResponse:
    """The tree of units that this person may know of."""
    actor = actor_of(request)
    require(actor, Permission.UNIT_READ)
    context = {"branches": _tree(actor), "may_add": actor.may(Permission.UNIT_WRITE)}
    return render(request, "console/admin/units.html", context)


@require_http_methods(["GET", "POST"])
@page
def new(request: HttpRequest) -> HttpResponse:
    """A new unit below a visible one."""
    actor = actor_of(request)
    require(actor, Permission.UNIT_WRITE)
    parents = [
        (str(each.unit.public_id), "　" * each.depth + each.unit.name)
        for each in _tree(actor)
        if each.may_add
    ]
    initial = {"parent_id": request.GET.get("parent", parents[0][0] if parents else "")}
    form = NewUnitForm(posted(request), parents=parents, initial=initial)

    def save() -> UUID:
        try:
            return create_unit(actor=actor, **form.values(), now=timezone.now()).public_id
        except InvalidInput as error:
            fields = {"parent_id" if k == "parent" else k: v for k, v in error.fields.items()}
            raise InvalidInput(fields) from error

    return form_page(
        request,
        FormPage(
            title=_("New unit"),
            form=form,
            route="console.units.new",
            save=save,
            done=lambda _made: reverse("console:settings_units"),
            back=Link(reverse("console:settings_units"), _("Units")),
            saved=_("The unit is open. Add its people and give them roles in it."),
        ),
    )


@require_http_methods(["GET", "POST"])
@page
def edit(request: HttpRequest, unit_id: UUID) -> HttpResponse:
    """Rename a unit, close or reopen it."""
    actor = actor_of(request)
    row = next((one for one in list_units(actor) if one.public_id == unit_id), None)
    if row is None:
        raise NotFound
    require(actor, Permission.UNIT_WRITE, row.id)
    names = ("name", "active", "version")
    form = UnitForm(posted(request), initial={name: getattr(row, name) for name in names})

    def save() -> UUID:
        values = form.values()
        return edit_unit(actor=actor, unit_id=unit_id, **values, now=timezone.now()).public_id

    return form_page(
        request,
        FormPage(
            title=f"{row.name} · {row.code}",
            form=form,
            route=f"console.units.edit.{unit_id}",
            save=save,
            done=lambda _made: reverse("console:settings_units"),
            back=Link(reverse("console:settings_units"), _("Units")),
        ),
    )


def _tree(actor: Actor) -> list[Branch]:
    """The visible units, each below the one it belongs to."""
    rows = list_units(actor)
    known = {row.public_id for row in rows}
    below: dict[UUID | None, list[UnitRow]] = defaultdict(list)
    for row in rows:
        parent = row.parent_public_id
        below[parent if parent in known else None].append(row)
    branches: list[Branch] = []
    waiting = [(row, 0) for row in reversed(below[None])]
    while waiting:
        row, depth = waiting.pop()
        may = actor.may(Permission.UNIT_WRITE, row.id)
        may_add = may and row.active and row.level < LOWEST_LEVEL
        branches.append(Branch(row, depth, may, may_add))
        waiting.extend((child, depth + 1) for child in reversed(below[row.public_id]))
    return branches
