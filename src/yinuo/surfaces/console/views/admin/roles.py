"""Roles: what each may do, who holds it, and what this version's standard role has besides."""

from __future__ import annotations

from collections.abc import Callable
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
from yinuo.domains.network.rights import GROUPS, RightsGroup, ticked
from yinuo.domains.network.selectors import get_role, headquarters_id, list_roles_held
from yinuo.domains.network.services import create_role, edit_role
from yinuo.domains.network.standard_roles import newly_standard
from yinuo.domains.network.types import Actor, RoleRow
from yinuo.surfaces.console import words
from yinuo.surfaces.console.access import actor_of, page
from yinuo.surfaces.console.editing import FormPage, Link, form_page, posted
from yinuo.surfaces.console.views.admin.role_forms import NewRoleForm, RoleRightsForm, initial_of


@dataclass(frozen=True, slots=True)
class Shown:
    """A role in the list: its rights in groups, and how many its standard one has besides."""

    role: RoleRow
    groups: tuple[RightsGroup, ...]
    number: int
    lacks: int


@require_GET
@page
def roles(request: HttpRequest) -> HttpResponse:
    """Every role with what it may do."""
    actor = actor_of(request)
    rows = [_shown(role) for role in list_roles_held(actor)]
    context = {"rows": rows, "may_write": _may_write(actor)}
    return render(request, "console/admin/roles.html", context)


@require_http_methods(["GET", "POST"])
@page
def new(request: HttpRequest) -> HttpResponse:
    """A role of one's own."""
    actor = actor_of(request)
    require(actor, Permission.ROLE_WRITE, headquarters_id())
    form = NewRoleForm(posted(request))

    def save() -> UUID:
        return create_role(actor=actor, **form.values(), now=timezone.now()).public_id

    return form_page(request, _page(_("New role"), form, "console.roles.new", save))


@require_http_methods(["GET", "POST"])
@page
def edit(request: HttpRequest, role_id: UUID) -> HttpResponse:
    """Rename a role and tick what it may do; `?standard=1` ticks what the standard one has too."""
    actor = actor_of(request)
    require(actor, Permission.ROLE_WRITE, headquarters_id())
    role = get_role(actor, role_id)
    added = newly_standard(role.code, role.permissions)
    wanted = added if request.GET.get("standard") == "1" else frozenset()
    form = RoleRightsForm(
        posted(request), initial=initial_of(role, ticked(role.permissions) | wanted)
    )

    def save() -> UUID:
        values = form.values()
        return edit_role(actor=actor, role_id=role_id, **values, now=timezone.now()).public_id

    title = words.in_language(role.name_zh, role.name_en)
    return form_page(
        request,
        _page(
            f"{title} · {role.code}",
            form,
            f"console.roles.edit.{role_id}",
            save,
            lead=_("Whoever holds the role signs in anew when its rights change."),
        ),
    )


def _page(
    title: str, form: RoleRightsForm, route: str, save: Callable[[], UUID], lead: str = ""
) -> FormPage:
    address = reverse("console:settings_roles")
    return FormPage(
        title=title,
        form=form,
        route=route,
        save=save,
        done=lambda _made: address,
        back=Link(address, _("Roles")),
        lead=lead,
    )


def _shown(role: RoleRow) -> Shown:
    held = ticked(role.permissions)
    groups = tuple(
        RightsGroup(group.key, group.title, rights)
        for group in GROUPS
        if (rights := tuple(one for one in group.rights if one[0].value in held))
    )
    return Shown(role, groups, len(held), len(newly_standard(role.code, role.permissions)))


def _may_write(actor: Actor) -> bool:
    return actor.may(Permission.ROLE_WRITE, headquarters_id())
