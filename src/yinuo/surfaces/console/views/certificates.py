"""Certificates: what ends when and what is lost with it; entering, correcting, withdrawing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from yinuo.domains.contracts.losing import losses_with
from yinuo.domains.network.permissions import Permission
from yinuo.domains.network.policies import require
from yinuo.domains.network.qualification_types import CertificateData, CertificateRow
from yinuo.domains.network.qualified import (
    get_certificate,
    list_certificate_files,
    open_certificate_file,
    page_certificates,
)
from yinuo.domains.network.selectors import get_person, get_unit
from yinuo.domains.network.services import (
    add_certificate,
    edit_certificate,
    keep_certificate_file,
    withdraw_certificate,
)
from yinuo.domains.network.types import Actor
from yinuo.platform.errors import Forbidden, NotFound
from yinuo.platform.files.serving import file_response
from yinuo.surfaces.console.access import actor_of, page
from yinuo.surfaces.console.after_forms import AttachForm
from yinuo.surfaces.console.editing import FormPage, KeptForm, Link, form_page, posted
from yinuo.surfaces.console.qualified_forms import CertificateForm, WithdrawForm
from yinuo.surfaces.console.views.lists import Listing, searched

AHEAD = ("0", "30", "90", "180")


@require_GET
@page
def certificates(request: HttpRequest) -> HttpResponse:
    """Certificates of the units and people one sees, the one that ends first leading."""
    require(actor_of(request), Permission.PERSON_READ)
    today, within = timezone.localdate(), request.GET.get("within", "")
    by = today + timedelta(days=int(within)) if within in AHEAD else None
    # Expired ones: their last day is over.
    ending_by = by - timedelta(days=1) if within == "0" and by else by
    text, cursor = searched(request), request.GET.get("cursor", "")
    rows = page_certificates(actor_of(request), text=text, ending_by=ending_by, cursor=cursor)
    is_narrowed = bool(text or ending_by)
    found = Listing(rows.items, text, cursor, rows.next_cursor, is_narrowed=is_narrowed)
    context = {
        "list": found,
        "today": today,
        "within": within,
        "ahead": AHEAD[1:],
        "losses": losses_with(actor_of(request), found.rows, today),
    }
    return render(request, "console/lists/certificates.html", context)


@require_GET
@page
def one(request: HttpRequest, certificate_id: UUID) -> HttpResponse:
    """A certificate: whose, what for, until when, and its paper."""
    actor = actor_of(request)
    row = get_certificate(actor, certificate_id)
    context = {
        "certificate": row,
        "files": list_certificate_files(actor, certificate_id),
        "losses": losses_with(actor, [row], timezone.localdate()),
        "today": timezone.localdate(),
        "may_write": row.withdrawn_at is None and _may_write(actor, row),
    }
    return render(request, "console/certificates/page.html", context)


@require_http_methods(["GET", "POST"])
@page
def new(request: HttpRequest) -> HttpResponse:
    """Enter a certificate of the person or unit that the address names."""
    actor = actor_of(request)
    require(actor, Permission.QUALIFICATION_WRITE)
    named = {name: request.GET.get(name, "") for name in ("person", "unit")}
    if named["person"]:
        person = get_person(actor, named["person"])
        unit_id, back = person.unit_id, Link(_person_page(person.public_id), person.name)
    elif named["unit"]:
        unit = get_unit(actor, named["unit"])
        unit_id, back = unit.id, Link(_unit_page(unit.public_id), unit.name)
    else:
        raise NotFound
    require(actor, Permission.QUALIFICATION_WRITE, unit_id)
    form = CertificateForm(posted(request), initial={"valid_from": timezone.localdate()})

    def save() -> UUID:
        return add_certificate(
            actor=actor,
            person_id=named["person"],
            unit_id=named["unit"],
            data=form.certificate(),
            now=timezone.now(),
        ).public_id

    return form_page(
        request,
        FormPage(
            title=_("New certificate"),
            form=form,
            route="console.certificates.new",
            save=save,
            done=address_of_certificate,
            back=back,
            lead=str(back.label),
        ),
    )


@require_http_methods(["GET", "POST"])
@page
def edit(request: HttpRequest, certificate_id: UUID) -> HttpResponse:
    """Correct a certificate, or enter that it was extended."""
    actor = actor_of(request)
    row = _writable(actor, certificate_id)
    names = CertificateData.__dataclass_fields__
    initial = {name: getattr(row.data, name) for name in names} | {"version": row.version}
    form = CertificateForm(posted(request), initial=initial)

    def save() -> UUID:
        return edit_certificate(
            actor=actor,
            certificate_id=certificate_id,
            version=form.cleaned_data["version"],
            data=form.certificate(),
            now=timezone.now(),
        ).public_id

    return _form(request, row, _("Correct or extend"), form, save)


@require_http_methods(["GET", "POST"])
@page
def withdraw(request: HttpRequest, certificate_id: UUID) -> HttpResponse:
    """End a certificate before its day."""
    actor = actor_of(request)
    row = _writable(actor, certificate_id)
    form = WithdrawForm(posted(request), initial={"version": row.version})

    def save() -> UUID:
        return withdraw_certificate(
            actor=actor, certificate_id=certificate_id, **form.values(), now=timezone.now()
        ).public_id

    return _form(request, row, _("Withdraw"), form, save)


@require_http_methods(["GET", "POST"])
@page
def files_new(request: HttpRequest, certificate_id: UUID) -> HttpResponse:
    """Keep the paper itself."""
    actor = actor_of(request)
    row = _writable(actor, certificate_id)
    sent = posted(request)
    form = AttachForm(sent, request.FILES if sent is not None else None)

    def save() -> UUID:
        keep_certificate_file(
            actor=actor, certificate_id=certificate_id, upload=form.upload(), now=timezone.now()
        )
        return certificate_id

    return _form(request, row, _("Keep the paper"), form, save)


@require_GET
@page
def files_one(request: HttpRequest, certificate_id: UUID, file_id: UUID) -> HttpResponseBase:
    """The paper, as a download."""
    return file_response(open_certificate_file(actor_of(request), certificate_id, file_id))


def address_of_certificate(certificate_id: object) -> str:
    """The page of a certificate."""
    return reverse("console:certificates_one", args=[certificate_id])


def _form(
    request: HttpRequest, row: CertificateRow, title: str, form: KeptForm, save: Callable[[], UUID]
) -> HttpResponse:
    return form_page(
        request,
        FormPage(
            title=title,
            form=form,
            route=f"console{request.path.replace('/', '.')}",
            save=save,
            done=lambda _made: address_of_certificate(row.public_id),
            back=Link(address_of_certificate(row.public_id), row.data.kind),
            lead=row.holder,
        ),
    )


def _writable(actor: Actor, certificate_id: UUID) -> CertificateRow:
    row = get_certificate(actor, certificate_id)
    if not _may_write(actor, row):
        raise Forbidden
    return row


def _may_write(actor: Actor, row: CertificateRow) -> bool:
    return actor.may(Permission.QUALIFICATION_WRITE, row.unit_id)


def _person_page(person_id: object) -> str:
    return reverse("console:settings_people_one", args=[person_id])


def _unit_page(unit_id: object) -> str:
    return reverse("console:settings_units_one", args=[unit_id])
