"""Queues of support groups, and setting the groups up."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from yinuo.domains.contracts.plans import compiled_plan
from yinuo.domains.contracts.selectors import list_plan_versions
from yinuo.domains.network.holders import holders_around
from yinuo.domains.network.permissions import Permission
from yinuo.domains.network.policies import require
from yinuo.domains.network.selectors import list_units
from yinuo.domains.network.types import Actor
from yinuo.domains.requests.heads import find_heads
from yinuo.domains.requests.queues import GroupRow, get_group, list_groups, list_queue
from yinuo.domains.requests.services import create_group, edit_group
from yinuo.platform.errors import Forbidden
from yinuo.surfaces.console import words
from yinuo.surfaces.console.access import actor_of, page
from yinuo.surfaces.console.editing import FormPage, Link, form_page, posted
from yinuo.surfaces.console.group_forms import GroupForm
from yinuo.surfaces.console.views.lists import Listing

Choice = tuple[str, str]


@require_GET
@page
def queues(request: HttpRequest) -> HttpResponse:
    """What waits for whom: one's own queues, or that of the group named."""
    actor = actor_of(request)
    require(actor, Permission.REQUEST_READ)
    groups = list_groups(actor, active_only=True)
    chosen, cursor = request.GET.get("group", ""), request.GET.get("cursor", "")
    has_own = any(one.is_mine for one in groups)
    if not chosen and not has_own and groups:
        chosen = str(groups[0].public_id)
    found = list_queue(actor, group_id=chosen or None, cursor=cursor)
    heads = find_heads(actor, [row.request.public_id for row in found.items])
    rows = tuple((row, heads.get(row.request.public_id)) for row in found.items)
    context = {
        "list": Listing(rows, "", cursor, found.next_cursor),
        "groups": groups,
        "has_own": has_own,
        "chosen": chosen,
        "may_work": actor.may(Permission.REQUEST_WORK),
        "may_manage": actor.may(Permission.GROUP_MANAGE),
    }
    return render(request, "console/lists/queues.html", context)


@require_GET
@page
def settings_groups(request: HttpRequest) -> HttpResponse:
    """The support groups this person may know of."""
    actor = actor_of(request)
    require(actor, Permission.REQUEST_READ)
    context = {
        "groups": list_groups(actor),
        "may_add": actor.may(Permission.GROUP_MANAGE),
        "titles": dict([*_codes(actor, "category"), *_codes(actor, "level")]),
    }
    return render(request, "console/admin/groups.html", context)


@require_http_methods(["GET", "POST"])
@page
def new_group(request: HttpRequest) -> HttpResponse:
    """A new support group of a unit one may manage."""
    actor = actor_of(request)
    require(actor, Permission.GROUP_MANAGE)
    units = [
        (str(unit.public_id), unit.name)
        for unit in list_units(actor)
        if actor.may(Permission.GROUP_MANAGE, unit.id) and unit.active
    ]
    form = GroupForm(
        posted(request),
        units=units,
        people=_people(actor, units),
        categories=_codes(actor, "category"),
        levels=_codes(actor, "level"),
        following=_following(actor),
        initial={"rank": 100},
    )

    def save() -> UUID:
        unit_id = form.cleaned_data["unit_id"]
        now = timezone.now()
        return create_group(actor=actor, unit_id=unit_id, data=form.group(), now=now).public_id

    return form_page(request, _group_page(_("New support group"), form, "new", save))


@require_http_methods(["GET", "POST"])
@page
def edit_group_page(request: HttpRequest, group_id: UUID) -> HttpResponse:
    """Change a support group."""
    actor = actor_of(request)
    row = get_group(actor, group_id)
    if not row.may_edit:
        raise Forbidden
    form = GroupForm(
        posted(request),
        units=(),
        people=_people(actor, [(str(row.unit_public_id), row.unit_name)]),
        categories=_codes(actor, "category"),
        levels=_codes(actor, "level"),
        following=_following(actor, but=row),
        initial=_initial(row),
    )

    def save() -> UUID:
        return edit_group(
            actor=actor,
            group_id=group_id,
            version=form.cleaned_data["version"],
            data=form.group(),
            now=timezone.now(),
        ).public_id

    return form_page(request, _group_page(row.name, form, str(group_id), save))


def _group_page(title: str, form: GroupForm, which: str, save: Callable[[], UUID]) -> FormPage:
    back = reverse("console:settings_groups")
    return FormPage(
        title=title,
        form=form,
        route=f"console.groups.{which}",
        save=save,
        done=lambda _made: back,
        back=Link(back, _("Support groups")),
        lead=_("Requests go to the nearest unit's group whose lists name them."),
    )


def _initial(row: GroupRow) -> dict[str, object]:
    names = ("version", "name", "rank", "kinds", "categories", "levels", "active", "offer_mode")
    return {name: getattr(row, name) for name in names} | {
        "asset_classes": "\n".join(row.asset_classes),
        "member_ids": [str(one) for one in row.member_ids],
        "next_id": str(row.next_public_id or ""),
    }


def _people(actor: Actor, units: list[Choice]) -> list[Choice]:
    """Who may work on requests of these units, each once."""
    known = {str(unit.public_id): unit.id for unit in list_units(actor)}
    found: dict[str, str] = {}
    for public_id, _name in units:
        for one in holders_around(Permission.REQUEST_WORK, known.get(public_id, 0)):
            found.setdefault(str(one.public_id), f"{one.name} · {one.unit_name}")
    return list(found.items())


def _codes(actor: Actor, name: str) -> list[Choice]:
    """The codes of a selector in all published plans, named as the newest plan names them."""
    found: dict[str, str] = {}
    for version in list_plan_versions(actor, newest_only=True):
        selector = compiled_plan(version.id).plan.selector(name)
        for one in selector.values if selector else ():
            title = words.in_language(one.title.zh, one.title.en)
            plan = words.in_language(version.title_zh, version.title_en)
            found.setdefault(one.code, f"{title} · {plan}")
    return list(found.items())


def _following(actor: Actor, but: GroupRow | None = None) -> list[Choice]:
    return [
        (str(one.public_id), f"{one.name} · {one.unit_name}")
        for one in list_groups(actor, active_only=True)
        if but is None or one.public_id != but.public_id
    ]
