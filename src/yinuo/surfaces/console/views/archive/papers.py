"""Promised papers: the page of one, promising, versions, check, hand-over, waiving."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from yinuo.domains.assets.selectors import get_project
from yinuo.domains.contracts.papers import OWNER_KIND, PaperRow, get_paper, list_papers
from yinuo.domains.contracts.selectors import get_contract
from yinuo.domains.contracts.services.papers import (
    add_paper_version,
    check_paper,
    edit_paper,
    hand_over_paper,
    promise_paper,
    waive_paper,
)
from yinuo.domains.customers.selectors import get_customer
from yinuo.domains.network.permissions import Permission
from yinuo.domains.network.types import Actor
from yinuo.platform.errors import Text
from yinuo.platform.files.selectors import open_file
from yinuo.platform.files.serving import file_response
from yinuo.platform.files.types import Owner
from yinuo.platform.paging import Page
from yinuo.surfaces.console.access import actor_of, page
from yinuo.surfaces.console.after_forms import AttachForm
from yinuo.surfaces.console.customer_file import rights_at
from yinuo.surfaces.console.editing import FormPage, KeptForm, Link, form_page, posted
from yinuo.surfaces.console.exports import workbook
from yinuo.surfaces.console.file_columns import papers as paper_columns
from yinuo.surfaces.console.views.archive.asset_forms import ReasonForm
from yinuo.surfaces.console.views.archive.contract_promises import lines_of_project
from yinuo.surfaces.console.views.archive.customers import writable_customer
from yinuo.surfaces.console.views.archive.paper_forms import CheckForm, HandoverForm, PaperForm
from yinuo.surfaces.console.words import in_language


@require_GET
@page
def one(request: HttpRequest, paper_id: UUID) -> HttpResponse:
    """One paper: what was promised, its versions, its hand-over record."""
    actor = actor_of(request)
    row = get_paper(actor, paper_id)
    customer = get_customer(actor, row.customer_public_id)
    context = {
        "paper": row,
        "customer": customer,
        "may": rights_at(actor, customer),
        "today": timezone.localdate(),
        "late": row.is_late(timezone.localdate()),
    }
    return render(request, "console/archive/paper.html", context)


@require_GET
@page
def of_customer(request: HttpRequest, customer_id: UUID) -> HttpResponse:
    """Every paper promised to a customer, its versions and hand-over, as a workbook."""
    actor = actor_of(request)
    customer = get_customer(actor, customer_id)

    def read(one: Actor, **_narrowed: Any) -> Page[PaperRow]:
        return Page(tuple(list_papers(one, customer_id=customer_id)), "")

    title = f"{customer.name} {_('Promised papers')}"
    return workbook(request, title, paper_columns(timezone.localdate()), read)


@require_GET
@page
def project(request: HttpRequest, project_id: UUID) -> HttpResponse:
    """A project: its days, its contracts and what it owes on paper."""
    actor = actor_of(request)
    row = get_project(actor, project_id)
    customer = get_customer(actor, row.customer_public_id)
    papers = list_papers(actor, project_id=project_id)
    contracts = {
        one.contract_public_id: one.contract_number for one in papers if one.contract_public_id
    }
    context = {
        "project": row,
        "customer": customer,
        "contracts": contracts,
        "papers": papers,
        "may": rights_at(actor, customer),
        "lines": lines_of_project(actor, row, timezone.now()),
        "today": timezone.localdate(),
        "new_paper": reverse("console:projects_papers_new", args=[project_id]),
    }
    return render(request, "console/archive/project.html", context)


@require_http_methods(["GET", "POST"])
@page
def new_of_project(request: HttpRequest, project_id: UUID) -> HttpResponse:
    """Promise another paper with a project."""
    actor = actor_of(request)
    row = get_project(actor, project_id)
    back = Link(reverse("console:projects_one", args=[project_id]), row.name)
    return _new(request, actor, row.customer_public_id, back, project_id=project_id)


@require_http_methods(["GET", "POST"])
@page
def new_of_contract(request: HttpRequest, contract_id: UUID) -> HttpResponse:
    """Promise another paper with a contract."""
    actor = actor_of(request)
    row = get_contract(actor, contract_id)
    back = Link(reverse("console:contracts_one", args=[contract_id]), row.number)
    return _new(request, actor, row.customer_public_id, back, contract_id=contract_id)


@require_http_methods(["GET", "POST"])
@page
def edit(request: HttpRequest, paper_id: UUID) -> HttpResponse:
    """Change what was promised."""
    actor = actor_of(request)
    row = _writable(actor, paper_id)
    initial = {
        "title": _title(row),
        "kind": row.kind,
        "due_after": row.due_after,
        "due_days": row.due_days,
        "due_on": row.fixed_on,
        "version": row.version,
    }
    form = PaperForm(posted(request), initial=initial)

    def save() -> UUID:
        return edit_paper(
            actor=actor,
            paper_id=paper_id,
            version=form.cleaned_data["version"],
            data=form.paper(),
            now=timezone.now(),
        ).public_id

    return _paper_page(request, row, _title(row), form, save)


@require_http_methods(["GET", "POST"])
@page
def version(request: HttpRequest, paper_id: UUID) -> HttpResponse:
    """Keep another version of a paper."""
    actor = actor_of(request)
    row = _writable(actor, paper_id)
    sent = posted(request)
    form = AttachForm(sent, request.FILES if sent is not None else None)

    def save() -> UUID:
        now = timezone.now()
        add_paper_version(actor=actor, paper_id=paper_id, upload=form.upload(), now=now)
        return paper_id

    return _paper_page(request, row, _("New version"), form, save)


@require_http_methods(["GET", "POST"])
@page
def check(request: HttpRequest, paper_id: UUID) -> HttpResponse:
    """Find the newest version right."""
    actor = actor_of(request)
    row = _writable(actor, paper_id)
    form = CheckForm(posted(request), initial={"version": row.version})

    def save() -> UUID:
        return check_paper(
            actor=actor,
            paper_id=paper_id,
            version=form.cleaned_data["version"],
            now=timezone.now(),
        ).public_id

    newest = row.versions[0].name if row.versions else "—"
    lead = _("Newest version: %(name)s. You confirm that it is complete and right.") % {
        "name": newest
    }
    return _paper_page(
        request, row, _("Check"), form, save, lead=lead, button=_("It is complete and right")
    )


@require_http_methods(["GET", "POST"])
@page
def hand_over(request: HttpRequest, paper_id: UUID) -> HttpResponse:
    """Record the hand-over of the newest version."""
    actor = actor_of(request)
    row = _writable(actor, paper_id)
    sent = posted(request)
    initial = {"handed_on": timezone.localdate(), "how": "in_person", "version": row.version}
    form = HandoverForm(sent, request.FILES if sent is not None else None, initial=initial)

    def save() -> UUID:
        return hand_over_paper(
            actor=actor,
            paper_id=paper_id,
            version=form.cleaned_data["version"],
            data=form.handover(),
            now=timezone.now(),
        ).public_id

    return _paper_page(request, row, _("Hand over"), form, save)


@require_http_methods(["GET", "POST"])
@page
def waive(request: HttpRequest, paper_id: UUID) -> HttpResponse:
    """Say why a paper is not owed after all."""
    actor = actor_of(request)
    row = _writable(actor, paper_id)
    form = ReasonForm(posted(request), initial={"version": row.version})

    def save() -> UUID:
        values = form.values()
        return waive_paper(actor=actor, paper_id=paper_id, **values, now=timezone.now()).public_id

    return _paper_page(request, row, _("Not owed any more"), form, save)


@require_GET
@page
def file(request: HttpRequest, paper_id: UUID, file_id: UUID) -> HttpResponseBase:
    """A version or signed receipt of a paper, as a download."""
    row = get_paper(actor_of(request), paper_id)
    return file_response(open_file(Owner(OWNER_KIND, row.public_id), file_id))


def _new(
    request: HttpRequest, actor: Actor, customer_id: UUID, back: Link, **of: Any
) -> HttpResponse:
    writable_customer(actor, customer_id, Permission.CONTRACT_WRITE)
    form = PaperForm(posted(request), initial={})

    def save() -> UUID:
        return promise_paper(actor=actor, data=form.paper(), now=timezone.now(), **of).public_id

    return form_page(
        request,
        FormPage(
            title=_("Promise a paper"),
            form=form,
            route=f"console{request.path.replace('/', '.')}",
            save=save,
            done=_address,
            back=back,
        ),
    )


def _paper_page(
    request: HttpRequest,
    row: PaperRow,
    title: Text,
    form: KeptForm,
    save: Callable[[], UUID],
    **more: Any,
) -> HttpResponse:
    return form_page(
        request,
        FormPage(
            title=title,
            form=form,
            route=f"console{request.path.replace('/', '.')}",
            save=save,
            done=lambda _made: _address(row.public_id),
            back=Link(_address(row.public_id), _title(row)),
            **more,
        ),
    )


def _writable(actor: Actor, paper_id: UUID) -> PaperRow:
    row = get_paper(actor, paper_id)
    writable_customer(actor, row.customer_public_id, Permission.CONTRACT_WRITE)
    return row


def _title(row: PaperRow) -> str:
    return in_language(row.title_zh, row.title_en)


def _address(paper_id: object) -> str:
    return reverse("console:papers_one", args=[paper_id])
