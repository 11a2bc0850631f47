"""Statements: the list, one, issuing the charges of a period, its document and workbook."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from yinuo.domains.billing.charge_selectors import (
    get_statement,
    list_open_charges,
    list_statements,
)
from yinuo.domains.billing.paper_forms import PaperForm, statement_paper
from yinuo.domains.billing.services import issue_statement
from yinuo.domains.contracts.selectors import list_contracts
from yinuo.domains.network.permissions import Permission
from yinuo.domains.network.policies import require
from yinuo.platform.files.serving import document_response
from yinuo.platform.identifiers import parse_public_id
from yinuo.platform.paging import MOST_PER_PAGE
from yinuo.surfaces.console import words
from yinuo.surfaces.console.access import actor_of, page
from yinuo.surfaces.console.billing_columns import STATEMENTS
from yinuo.surfaces.console.editing import FormPage, KeptForm, form_page, posted
from yinuo.surfaces.console.exports import is_wanted, workbook
from yinuo.surfaces.console.fields import Choices, DayField, PickField
from yinuo.surfaces.console.views.archive.customers import back_to, writable_customer
from yinuo.surfaces.console.views.lists import listing, searched


class StatementForm(KeptForm):
    """The period, both days within, and the contract when only its charges count."""

    def __init__(self, *args: Any, contracts: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["starts_on"] = DayField(label=gettext_lazy("First day"))
        self.fields["ends_on"] = DayField(label=gettext_lazy("Last day"))
        self.fields["contract_id"] = PickField(
            label=gettext_lazy("Contract"),
            choices=contracts,
            empty=gettext_lazy("all of the customer"),
            required=False,
        )


@require_GET
@page
def statements(request: HttpRequest) -> HttpResponseBase:
    """Statements, newest first, of one customer when named."""
    require(actor_of(request), Permission.CHARGE_READ)
    given = request.GET.get("customer", "")
    narrowed = {"customer_id": given} if parse_public_id(given) else {}
    if is_wanted(request):
        return workbook(
            request,
            _("Statements"),
            STATEMENTS,
            list_statements,
            text=searched(request),
            **narrowed,
        )
    found = listing(request, list_statements, **narrowed)
    return render(
        request, "console/lists/statements.html", {"list": replace(found, can_export=True)}
    )


@require_GET
@page
def statement_one(request: HttpRequest, statement_id: UUID) -> HttpResponse:
    """One statement with its charges."""
    statement = get_statement(actor_of(request), statement_id)
    return render(request, "console/billing/statement.html", {"statement": statement})


@require_GET
@page
def statement_document(request: HttpRequest, statement_id: UUID, form: PaperForm) -> HttpResponse:
    """The statement as PDF, DOCX or XLSX in the reader's language."""
    statement = get_statement(actor_of(request), statement_id)
    paper = statement_paper(statement, form, "zh" if words.is_chinese() else "en")
    return document_response(paper.content, paper.name, paper.media_type)


@require_http_methods(["GET", "POST"])
@page
def statement_new(request: HttpRequest, customer_id: UUID) -> HttpResponse:
    """Put the open charges of a period on a statement; what is open is shown beside."""
    actor = actor_of(request)
    customer = writable_customer(actor, customer_id, Permission.CHARGE_WRITE)
    today = timezone.localdate()
    first = (today.replace(day=1) - timedelta(days=1)).replace(day=1)
    contracts = list_contracts(actor, customer_id=customer.public_id, limit=MOST_PER_PAGE).items
    form = StatementForm(
        posted(request),
        contracts=[(str(one.public_id), one.number) for one in contracts],
        initial={"starts_on": first, "ends_on": today},
    )

    def save() -> UUID:
        made = issue_statement(
            actor=actor, customer_id=customer_id, **form.values(), now=timezone.now()
        )
        return made.public_id

    return form_page(
        request,
        FormPage(
            title=_("New statement"),
            form=form,
            route=f"console.statements.new.{customer_id}",
            save=save,
            done=lambda made: reverse("console:statements_one", args=[made]),
            back=back_to(customer),
            lead=customer.name,
            button=_("Issue"),
            template="console/billing/statement_form.html",
            extra={"open_charges": list_open_charges(actor, customer_id=customer.public_id)},
        ),
    )
