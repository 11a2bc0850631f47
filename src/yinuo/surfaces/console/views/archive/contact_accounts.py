"""A contact's sign-in to the customers' pages: give it, invite again, withdraw it."""

from __future__ import annotations

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
from django.views.decorators.http import require_http_methods, require_POST

from yinuo.domains.customers.selectors import get_contact
from yinuo.domains.customers.services import (
    give_contact_account,
    invite_contact,
    withdraw_contact_account,
)
from yinuo.domains.customers.types import ContactRow
from yinuo.domains.network.types import Actor
from yinuo.platform.errors import IllegalMove, InvalidInput
from yinuo.surfaces.assets.problems import take_problems
from yinuo.surfaces.console.access import actor_of, page
from yinuo.surfaces.console.editing import CONFLICT, UNPROCESSABLE, save_once
from yinuo.surfaces.console.views.admin.forms import AccountForm
from yinuo.surfaces.console.views.admin.welcome import INVITATION
from yinuo.surfaces.console.views.archive.customers import back_to, writable_customer

PART = "contacts"


@never_cache
@require_http_methods(["GET", "POST"])
@page
def account(request: HttpRequest, contact_id: UUID) -> HttpResponse:
    """Whether the contact can sign in; a form sent gives the account and shows the invitation."""
    actor = actor_of(request)
    row = _writable(actor, contact_id)
    if request.method == "GET":
        return _screen(request, row)
    form, status = AccountForm(request.POST), UNPROCESSABLE
    secrets: list[str] = []

    def save() -> UUID:
        typed, now = form.values(), timezone.now()
        secrets.append(give_contact_account(actor=actor, contact_id=contact_id, **typed, now=now))
        return contact_id

    if form.is_valid():
        try:
            save_once(form, f"console.contacts.account.{contact_id}", save, actor)
        except InvalidInput as error:
            take_problems(form, error)
        except IllegalMove as error:
            form.add_error(None, str(error.message))
            status = CONFLICT
        else:
            return _invited(request, actor, contact_id, secrets)
    form.renew()
    return _screen(request, row, status, form=form)


@never_cache
@require_POST
@page
def invite(request: HttpRequest, contact_id: UUID) -> HttpResponse:
    """A new invitation, shown this once; the one before it is void."""
    actor = actor_of(request)
    row = _writable(actor, contact_id)
    try:
        secret = invite_contact(actor=actor, contact_id=contact_id, now=timezone.now())
    except IllegalMove as error:
        return _screen(request, row, CONFLICT, problem=error.message)
    return _invited(request, actor, contact_id, [secret])


@require_POST
@page
def withdraw(request: HttpRequest, contact_id: UUID) -> HttpResponse:
    """End the sign-in at once."""
    actor = actor_of(request)
    row = _writable(actor, contact_id)
    try:
        withdraw_contact_account(actor=actor, contact_id=contact_id, now=timezone.now())
    except IllegalMove as error:
        return _screen(request, row, CONFLICT, problem=error.message)
    messages.success(request, _("%(name)s can sign in no longer.") % {"name": row.name})
    return redirect("console:customers_contacts_account", contact_id)


def _writable(actor: Actor, contact_id: UUID) -> ContactRow:
    row = get_contact(actor, contact_id)
    writable_customer(actor, row.customer_public_id)
    return row


def _invited(
    request: HttpRequest, actor: Actor, contact_id: UUID, secrets: list[str]
) -> HttpResponse:
    """The page with the invitation; sent again, there is none to show a second time (R16)."""
    row = get_contact(actor, contact_id)
    if not secrets:
        return _screen(request, row)
    query = urlencode({INVITATION: secrets[0]})
    address = request.build_absolute_uri(f"{reverse('console:welcome')}?{query}")
    return _screen(request, row, invitation=address)


def _screen(request: HttpRequest, row: ContactRow, status: int = 200, **more: Any) -> HttpResponse:
    customer = writable_customer(actor_of(request), row.customer_public_id)
    context = {
        "contact": row,
        "back": back_to(customer, PART),
        "form": AccountForm(initial={"email": row.email}),
        **more,
    }
    return render(request, "console/archive/contact_account.html", context, status=status)
