"""People: the page of one with roles and account, and every step on it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yinuo.domains.network.permissions import Permission
from yinuo.domains.network.policies import require
from yinuo.domains.network.selectors import get_person, list_roles, list_units
from yinuo.domains.network.services import (
    assign_role,
    create_person,
    deactivate_person,
    edit_person,
    give_account,
    invite_again,
    reactivate_person,
    revoke_role,
)
from yinuo.domains.network.types import Actor, PersonRow
from yinuo.platform.errors import Forbidden, IllegalMove, InvalidInput, NotFound
from yinuo.surfaces.assets.problems import take_problems
from yinuo.surfaces.console import words
from yinuo.surfaces.console.access import actor_of, page
from yinuo.surfaces.console.editing import (
    CONFLICT,
    UNPROCESSABLE,
    FormPage,
    KeptForm,
    Link,
    form_page,
    posted,
    save_once,
)
from yinuo.surfaces.console.views.admin.forms import AccountForm, PersonForm, RoleForm
from yinuo.surfaces.console.views.admin.qualified import capacity_of
from yinuo.surfaces.console.views.admin.welcome import INVITATION
from yinuo.surfaces.console.views.archive.customers import own_unit, units_for


@require_GET
@page
def one(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """A person with his roles, his account and what may be done."""
    return _screen(request, get_person(actor_of(request), person_id))


@require_http_methods(["GET", "POST"])
@page
def new(request: HttpRequest) -> HttpResponse:
    """Add somebody to a unit."""
    actor = actor_of(request)
    require(actor, Permission.PERSON_WRITE)
    units = units_for(actor, Permission.PERSON_WRITE)
    initial = {"unit_id": request.GET.get("unit", own_unit(actor))}
    form = PersonForm(posted(request), units=units, initial=initial)

    def save() -> UUID:
        return create_person(actor=actor, **form.values(), now=timezone.now()).public_id

    return form_page(
        request,
        FormPage(
            title=_("New person"),
            form=form,
            route="console.people.new",
            save=save,
            done=_address,
            back=Link(reverse("console:settings"), _("People")),
            saved=_("Now give a role, and an account to sign in with."),
        ),
    )


@require_http_methods(["GET", "POST"])
@page
def edit(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Change name, number or unit."""
    actor = actor_of(request)
    row = get_person(actor, person_id)
    _require_write(actor, row)
    initial = {"name": row.name, "phone": row.phone, "version": row.version}
    initial["unit_id"] = str(row.unit_public_id)
    units = units_for(actor, Permission.PERSON_WRITE)
    form = PersonForm(posted(request), units=units, initial=initial)

    def save() -> UUID:
        values = form.values()
        return edit_person(actor=actor, person_id=person_id, **values, now=timezone.now()).public_id

    return form_page(
        request,
        FormPage(
            title=row.name,
            form=form,
            route=f"console.people.edit.{person_id}",
            save=save,
            done=_address,
            back=Link(_address(person_id), row.name),
        ),
    )


@require_POST
@page
def assign(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Give a role in a unit."""
    actor = actor_of(request)
    row = get_person(actor, person_id)
    form = RoleForm(request.POST, roles=_roles(), units=units_for(actor, Permission.ROLE_ASSIGN))

    def save() -> None:
        typed = form.values()
        assign_role(actor=actor, person_id=person_id, **typed, now=timezone.now())

    return _step(request, row, form, "role", save, _("The role is given."))


@require_POST
@page
def revoke(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Take a role away."""
    actor = actor_of(request)
    row = get_person(actor, person_id)
    unit_id = request.POST.get("unit_id", "")
    code = request.POST.get("role_code", "")
    if code not in {held.role_code for held in row.assignments}:
        raise NotFound
    try:
        revoke_role(
            actor=actor, person_id=person_id, role_code=code, unit_id=unit_id, now=timezone.now()
        )
    except IllegalMove as error:
        return _screen(request, row, CONFLICT, problem=error.message)
    messages.success(request, _("The role is taken away."))
    return redirect(_address(person_id))


@require_POST
@page
def deactivate(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """End somebody's work here; account, sessions and tokens end with it."""
    return _come_or_go(request, person_id, deactivate_person, _("%(name)s works here no longer."))


@require_POST
@page
def reactivate(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Take somebody back who had left."""
    return _come_or_go(request, person_id, reactivate_person, _("%(name)s works here again."))


def _come_or_go(
    request: HttpRequest, person_id: UUID, change: Callable[..., object], done: str
) -> HttpResponse:
    actor = actor_of(request)
    row = get_person(actor, person_id)
    given = request.POST.get("version", "")
    version = int(given) if given.isascii() and given.isdigit() and len(given) < 10 else 0
    try:
        change(actor=actor, person_id=person_id, version=version, now=timezone.now())
    except IllegalMove as error:
        return _screen(request, row, CONFLICT, problem=error.message)
    messages.success(request, done % {"name": row.name})
    return redirect(_address(person_id))


@never_cache
@require_POST
@page
def account(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Give an account; the answer shows the invitation, this once."""
    actor = actor_of(request)
    row = get_person(actor, person_id)
    form = AccountForm(request.POST)
    secrets: list[str] = []

    def save() -> None:
        typed, now = form.values(), timezone.now()
        secrets.append(give_account(actor=actor, person_id=person_id, **typed, now=now))

    answer = _step(request, row, form, "account", save, "")
    return _invited(request, actor, person_id, secrets) if secrets else answer


@never_cache
@require_POST
@page
def invite(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """A new invitation for somebody who cannot get in; the one before it is void."""
    actor = actor_of(request)
    row = get_person(actor, person_id)
    try:
        secret = invite_again(actor=actor, person_id=person_id, now=timezone.now())
    except (IllegalMove, Forbidden) as error:
        return _screen(request, row, CONFLICT, problem=error.message)
    return _invited(request, actor, person_id, [secret])


def _invited(
    request: HttpRequest, actor: Actor, person_id: UUID, secrets: list[str]
) -> HttpResponse:
    query = urlencode({INVITATION: secrets[0]})
    address = request.build_absolute_uri(f"{reverse('console:welcome')}?{query}")
    return _screen(request, get_person(actor, person_id), invitation=address)


def _step(
    request: HttpRequest,
    row: PersonRow,
    form: KeptForm,
    what: str,
    save: Callable[[], None],
    done: str,
) -> HttpResponse:
    """One step of a form on the person's page: done once, or the page with the reason."""
    actor, status = actor_of(request), UNPROCESSABLE

    def saved() -> UUID:
        save()
        return row.public_id

    if form.is_valid():
        try:
            save_once(form, f"console.people.{what}.{row.public_id}", saved, actor)
        except InvalidInput as error:
            take_problems(form, error)
        except (IllegalMove, Forbidden) as error:
            form.add_error(None, str(error.message))
            status = error.status
        else:
            if done:
                messages.success(request, done)
            return redirect(_address(row.public_id))
    form.renew()
    return _screen(request, row, status, **{f"{what}_form": form})


def _screen(request: HttpRequest, row: PersonRow, status: int = 200, **more: Any) -> HttpResponse:
    actor = actor_of(request)
    units = units_for(actor, Permission.ROLE_ASSIGN)
    unit_id = str(row.unit_public_id)
    context = {
        "person": row,
        "held": [(_role_name(held.role_code), held) for held in row.assignments],
        "may_write": row.active and _may_write(actor, row),
        "may_take_back": not row.active and _may_write(actor, row),
        "may_assign": row.active and bool(units),
        "assignable": {code for code, _name in units},
        "role_form": RoleForm(roles=_roles(), units=units, initial={"unit_id": unit_id}),
        "account_form": AccountForm(),
        **capacity_of(actor, row),
        **more,
    }
    return render(request, "console/admin/person.html", context, status=status)


def _roles() -> list[tuple[str, str]]:
    return [(role.code, words.in_language(role.name_zh, role.name_en)) for role in list_roles()]


def _role_name(code: str) -> str:
    return dict(_roles()).get(code, code)


def _may_write(actor: Actor, row: PersonRow) -> bool:
    unit = next((one for one in list_units(actor) if one.public_id == row.unit_public_id), None)
    return unit is not None and actor.may(Permission.PERSON_WRITE, unit.id)


def _require_write(actor: Actor, row: PersonRow) -> None:
    if not _may_write(actor, row):
        raise Forbidden


def _address(person_id: object) -> str:
    return reverse("console:settings_people_one", args=[person_id])
