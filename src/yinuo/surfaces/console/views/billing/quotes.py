"""Quotes: the list, one, and writing it with live prices."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yinuo.domains.billing.agreed import ChosenPrices, prices_of_customer, prices_of_request
from yinuo.domains.billing.paper_forms import PaperForm, quote_paper
from yinuo.domains.billing.selectors import (
    get_quote,
    list_quotes,
)
from yinuo.domains.billing.services import draft_quote, edit_quote
from yinuo.domains.billing.types import Purpose, QuoteData, QuoteView
from yinuo.domains.contracts.selectors import list_contracts
from yinuo.domains.customers.selectors import get_site, list_contacts, list_sites
from yinuo.domains.customers.types import CustomerRow
from yinuo.domains.network.permissions import Permission
from yinuo.domains.network.policies import require
from yinuo.domains.network.selectors import list_people, list_units
from yinuo.domains.network.types import Actor
from yinuo.domains.requests.selectors import get_request_page
from yinuo.platform.errors import Forbidden, NotFound
from yinuo.platform.files.serving import document_response
from yinuo.platform.identifiers import parse_public_id
from yinuo.platform.paging import MOST_PER_PAGE
from yinuo.surfaces.console import words
from yinuo.surfaces.console.access import actor_of, page
from yinuo.surfaces.console.billing_columns import QUOTES
from yinuo.surfaces.console.billing_words import QUOTE_STATES
from yinuo.surfaces.console.editing import FormPage, Link, form_page, posted
from yinuo.surfaces.console.exports import is_wanted, workbook
from yinuo.surfaces.console.fields import Choices, DayField, PickField, line, paragraph
from yinuo.surfaces.console.priced_form import PricedForm
from yinuo.surfaces.console.quote_lines import (
    Values,
    fresh_line,
    lines_of,
    priced_lines,
    typed_lines,
)
from yinuo.surfaces.console.views.archive.customers import back_to, writable_customer
from yinuo.surfaces.console.views.billing.choosing import chosen_list, lines_address, list_choices
from yinuo.surfaces.console.views.billing.renewing import renewal_draft
from yinuo.surfaces.console.views.lists import listing, searched

TEMPLATE = "console/billing/quote_form.html"
VALID_DAYS = 30


class QuoteForm(PricedForm):
    """A quote without its lines; those stand beside it and are priced as they are typed."""

    def __init__(
        self, *args: Any, contacts: Choices, contracts: Choices, lists: Choices, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["request_id"] = forms.CharField(
            required=False, widget=forms.HiddenInput, max_length=80
        )
        self.fields["title"] = line(gettext_lazy("What it is about"), required=True)
        self.fields["valid_until"] = DayField(label=gettext_lazy("Valid until"))
        none = gettext_lazy("none")
        self.fields["contact_id"] = PickField(
            label=gettext_lazy("Contact"), choices=contacts, empty=none, required=False
        )
        self.fields["contract_id"] = PickField(
            label=gettext_lazy("Contract"), choices=contracts, empty=none, required=False
        )
        self.fields["price_list_id"] = PickField(label=gettext_lazy("Price list"), choices=lists)
        self.fields["deliver_by"] = DayField(
            label=gettext_lazy("Deliver by"),
            required=False,
            help_text=gettext_lazy("For goods: the day promised once the customer accepts."),
        )
        self.fields["remarks"] = paragraph(
            gettext_lazy("Terms and remarks"), hint=gettext_lazy("Printed below the total.")
        )
        self.fields["purpose"] = forms.CharField(
            required=False, widget=forms.HiddenInput, max_length=12, empty_value=Purpose.OFFER.value
        )

    def ask_of_damage(self, people: Choices, units: Choices) -> None:
        """The fields of a separate contract for damage by the user (SG-04)."""
        self.fields["salesperson_id"] = PickField(
            label=gettext_lazy("Salesperson in charge"),
            choices=people,
            help_text=gettext_lazy("Signs the contract for us."),
        )
        self.fields["department_id"] = PickField(
            label=gettext_lazy("Department in charge"), choices=units
        )
        self.fields["deliver_by"] = DayField(
            label=gettext_lazy("Work finished by"),
            help_text=gettext_lazy("Promised to the customer once he signs."),
        )

    def quote(self, customer_id: UUID) -> QuoteData:
        """What the service takes. Call it on a valid form."""
        assert self.pricing is not None
        typed = {name: value for name, value in self.values().items() if name != "version"}
        return QuoteData(customer_id=customer_id, items=self.pricing.items, **typed)


@require_GET
@page
def quotes(request: HttpRequest) -> HttpResponseBase:
    """Quotes, newest first; of one customer, for one request or in one state when named."""
    actor = actor_of(request)
    require(actor, Permission.QUOTE_READ)
    now = timezone.now()
    narrowed: dict[str, str] = {}
    for name in ("customer", "request"):
        if parse_public_id(given := request.GET.get(name, "")):
            narrowed[f"{name}_id"] = given
    if (state := request.GET.get("state", "")) in QUOTE_STATES:
        narrowed["state"] = state
    narrowed["sort"] = request.GET.get("sort", "")

    def read(one: Actor, **chosen: Any) -> Any:
        return list_quotes(one, now=now, **chosen)

    if is_wanted(request):
        return workbook(request, _("Quotes"), QUOTES, read, text=searched(request), **narrowed)
    found = listing(request, read, **narrowed)
    context = {
        "list": replace(
            found,
            is_narrowed=found.is_narrowed or len(narrowed) > 1,
            can_export=True,
            sort=narrowed["sort"],
        ),
        "states": QUOTE_STATES.items(),
        "state": state,
    }
    return render(request, "console/lists/quotes.html", context)


@require_GET
@page
def quote_one(request: HttpRequest, quote_id: UUID) -> HttpResponse:
    """One quote: its lines and total, what may follow, what became of it."""
    actor = actor_of(request)
    quote = get_quote(actor, quote_id, now=timezone.now())
    may_deliver = actor.may(Permission.QUOTE_WRITE, quote.unit_id)
    context = {"quote": quote, "may_deliver": may_deliver}
    return render(request, "console/billing/quote.html", context)


@require_GET
@page
def quote_document(request: HttpRequest, quote_id: UUID, form: PaperForm) -> HttpResponse:
    """The quote as PDF, DOCX or XLSX in the reader's language."""
    now = timezone.now()
    quote = get_quote(actor_of(request), quote_id, now=now)
    paper = quote_paper(quote, form, "zh" if words.is_chinese() else "en", now)
    return document_response(paper.content, paper.name, paper.media_type)


@require_http_methods(["GET", "POST"])
@page
def quote_new(request: HttpRequest, customer_id: UUID) -> HttpResponse:
    """Write a quote for a customer, for one of his requests or for the renewal of one of his
    contracts when the address names it."""
    actor = actor_of(request)
    customer = writable_customer(actor, customer_id, Permission.QUOTE_WRITE)
    initial, kept = _initial(request, actor, customer), []
    chosen = _chosen(actor, customer, initial.get("request_id"))
    if chosen is not None:
        initial["price_list_id"] = str(chosen.price_list.public_id)
        kept = _service(request, actor, initial["price_list_id"])
    if parse_public_id(renewed := request.GET.get("renew", "")):
        draft = renewal_draft(actor, customer.public_id, renewed, timezone.localdate())
        initial, kept = initial | draft.initial, draft.lines
    form = _form(request, actor, customer, initial, kept)
    form.chosen = chosen

    def save() -> UUID:
        data, now = form.quote(customer.public_id), timezone.now()
        return draft_quote(actor=actor, data=data, now=now).public_id

    title = _("New quote")
    if form["purpose"].value() == Purpose.DAMAGE.value:
        title = _("Separate contract for damage")
    return form_page(request, _page(form, customer, title, "new", save))


@require_http_methods(["GET", "POST"])
@page
def quote_edit(request: HttpRequest, quote_id: UUID) -> HttpResponse:
    """Write a draft anew."""
    actor = actor_of(request)
    quote = get_quote(actor, quote_id, now=timezone.now())
    customer = writable_customer(actor, quote.row.customer_public_id, Permission.QUOTE_WRITE)
    form = _form(request, actor, customer, _initial_of(quote), lines_of(quote.items))

    def save() -> UUID:
        edit_quote(
            actor=actor,
            quote_id=quote_id,
            version=form.cleaned_data["version"],
            data=form.quote(customer.public_id),
            now=timezone.now(),
        )
        return quote_id

    shown = _page(form, customer, quote.row.number, f"edit.{quote_id}", save)
    return form_page(request, replace(shown, back=Link(_address(quote_id), quote.row.number)))


@require_POST
@page
def quote_lines(request: HttpRequest) -> HttpResponse:
    """The lines as typed so far with their prices; one more (`add`) or one less (`remove`)."""
    actor = actor_of(request)
    writes = (Permission.QUOTE_WRITE, Permission.CHARGE_WRITE, Permission.LETTER_WRITE)
    if not any(actor.may(one) for one in writes):
        raise Forbidden
    list_ = chosen_list(actor, request.POST.get("price_list_id", ""))
    typed = typed_lines(request.POST)
    removed = request.GET.get("remove", "")
    if removed.isdecimal() and int(removed) < len(typed):
        del typed[int(removed)]
    if list_ is not None and "add" in request.GET:
        new = fresh_line(list_, request.POST.get("add", ""), _zone(actor, request))
        typed += [new] if new is not None else []
    pricing = priced_lines(list_, typed) if list_ is not None else None
    asked = (parse_public_id(request.GET.get(name, "")) or "" for name in ("customer", "request"))
    context = {"pricing": pricing, "lines_address": lines_address(*asked)}
    return render(request, "console/billing/pricing.html", context)


def _page(form: QuoteForm, customer: CustomerRow, title: str, route: str, save: Any) -> FormPage:
    return FormPage(
        title=title,
        form=form,
        route=f"console.quotes.{route}.{customer.public_id}",
        save=save,
        done=_address,
        back=back_to(customer, ""),
        lead=customer.name,
        template=TEMPLATE,
        extra={
            "pricing": form.pricing,
            "chosen": form.chosen,
            "lines_address": lines_address(customer.public_id, form["request_id"].value()),
        },
    )


def _form(
    request: HttpRequest,
    actor: Actor,
    customer: CustomerRow,
    initial: dict[str, Any],
    kept: list[Values],
) -> QuoteForm:
    own: dict[str, Any] = {"customer_id": customer.public_id, "limit": MOST_PER_PAGE}
    lists = list_choices(actor, initial.get("price_list_id", ""))
    if lists:
        initial.setdefault("price_list_id", lists[0][0])
    purpose = request.POST.get("purpose", initial.setdefault("purpose", Purpose.OFFER.value))
    form = QuoteForm(
        posted(request),
        contacts=[(str(one.public_id), one.name) for one in list_contacts(actor, **own).items],
        contracts=[(str(one.public_id), one.number) for one in list_contracts(actor, **own).items],
        lists=lists,
        initial=initial,
    )
    if purpose == Purpose.DAMAGE.value:
        people = [(str(one.public_id), one.name) for one in list_people(actor)]
        form.ask_of_damage(people, [(str(one.public_id), one.name) for one in list_units(actor)])
    chosen = request.POST.get("price_list_id", initial.get("price_list_id", ""))
    list_ = chosen_list(actor, chosen)
    typed = typed_lines(request.POST) if form.is_bound else kept
    form.pricing = priced_lines(list_, typed) if list_ is not None else None
    return form


def _initial(request: HttpRequest, actor: Actor, customer: CustomerRow) -> dict[str, Any]:
    initial: dict[str, Any] = {"valid_until": timezone.localdate() + timedelta(days=VALID_DAYS)}
    if parse_public_id(given := request.GET.get("request", "")):
        asked = get_request_page(actor, given).request
        if asked.customer_public_id != customer.public_id:
            raise NotFound
        initial["request_id"] = given
        initial["title"] = asked.symptom.strip().splitlines()[0][:200] if asked.symptom else ""
        if request.GET.get("purpose") == Purpose.DAMAGE.value:
            initial["purpose"] = Purpose.DAMAGE.value
            initial["salesperson_id"] = _person_id(actor)
    return initial


def _initial_of(quote: QuoteView) -> dict[str, Any]:
    return {
        "version": quote.version,
        "request_id": str(quote.request_public_id or ""),
        "title": quote.row.title,
        "valid_until": quote.row.valid_until,
        "contact_id": str(quote.contact_public_id or ""),
        "contract_id": str(quote.contract_public_id or ""),
        "price_list_id": str(quote.price_list.public_id),
        "remarks": quote.remarks,
        "deliver_by": quote.deliver_by,
        "purpose": quote.purpose,
        "salesperson_id": str(quote.salesperson_public_id or ""),
        "department_id": str(quote.department_public_id or ""),
    }


def _person_id(actor: Actor) -> str:
    """The person who writes it: mostly the salesperson himself."""
    own = [one for one in list_people(actor) if one.id == actor.person_id]
    return str(own[0].public_id) if own else ""


def _chosen(actor: Actor, customer: CustomerRow, request_id: object) -> ChosenPrices | None:
    """The list that counts: for the request asked about, else for the customer."""
    if request_id:
        return prices_of_request(actor, request_id)
    return prices_of_customer(actor, customer.public_id)


def _service(request: HttpRequest, actor: Actor, price_list_id: str) -> list[Values]:
    """A line for the service that the address names, if the list has it."""
    list_ = chosen_list(actor, price_list_id)
    code = request.GET.get("service", "")
    new = fresh_line(list_, code, _zone(actor, request)) if list_ and code else None
    return [new] if new else []


def _zone(actor: Actor, request: HttpRequest) -> str:
    """The price zone of the request's site, else of the customer's first site that has one."""
    try:
        if parse_public_id(request_id := request.GET.get("request", "")):
            site_id = get_request_page(actor, request_id).site_public_id
            if site_id and (zone := get_site(actor, site_id).price_zone):
                return zone
        customer_id = request.GET.get("customer", "")
        sites = list_sites(actor, customer_id=customer_id, limit=MOST_PER_PAGE).items
    except NotFound:
        return ""
    return next((one.price_zone for one in sites if one.price_zone), "")


def _address(quote_id: object) -> str:
    return reverse("console:quotes_one", args=[quote_id])
