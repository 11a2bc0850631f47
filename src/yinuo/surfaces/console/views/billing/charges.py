"""Charges: what a request came to, entering work done, correcting a row."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from yinuo.domains.billing.agreed import prices_of_request
from yinuo.domains.billing.charge_selectors import cost_of_case, get_charge
from yinuo.domains.billing.charge_types import Beyond, Borne, ChargeView, Work
from yinuo.domains.billing.pricing import NOTE_LENGTH
from yinuo.domains.billing.proposals import Proposal, propose_charges
from yinuo.domains.billing.services import charge_work, correct_charge
from yinuo.domains.fieldwork.selectors import work_orders_of_request
from yinuo.domains.network.permissions import Permission
from yinuo.domains.network.policies import require
from yinuo.domains.network.types import Actor
from yinuo.domains.repairs.standby import get_loan
from yinuo.domains.requests.selectors import get_request_page
from yinuo.domains.requests.types import RequestPage
from yinuo.kernel.pricing import AtCost, Item, Occasion, PriceList
from yinuo.platform.errors import Forbidden
from yinuo.platform.identifiers import parse_public_id
from yinuo.platform.paging import Page
from yinuo.surfaces.console.access import actor_of, page
from yinuo.surfaces.console.billing_columns import CHARGES
from yinuo.surfaces.console.billing_words import BEYOND, BORNE
from yinuo.surfaces.console.editing import FormPage, Link, form_page, posted
from yinuo.surfaces.console.exports import is_wanted, workbook
from yinuo.surfaces.console.fields import Choices, DayField, PickField, paragraph
from yinuo.surfaces.console.priced_form import PricedForm
from yinuo.surfaces.console.quote_lines import (
    lines_of,
    priced_lines,
    typed_lines,
)
from yinuo.surfaces.console.views.billing.choosing import chosen_list, lines_address, list_choices

TEMPLATE = "console/billing/charge_form.html"


class ChargeForm(PricedForm):
    """Work done: when, on which sheet, at whose cost and why."""

    def __init__(
        self, *args: Any, sheets: Choices, lists: Choices, is_limited: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["occurred_on"] = DayField(label=gettext_lazy("Done on"))
        self.fields["work_order_id"] = PickField(
            label=gettext_lazy("Work order"),
            choices=sheets,
            empty=gettext_lazy("none"),
            required=False,
        )
        self.fields["borne_by"] = forms.ChoiceField(
            label=gettext_lazy("Who bears it"),
            choices=list(BORNE.items()),
            widget=forms.RadioSelect,
        )
        self.fields["reason"] = paragraph(
            gettext_lazy("Why at our cost"),
            hint=gettext_lazy("Needed for goodwill and a wrong diagnosis."),
            rows=2,
        )
        if is_limited:
            self.fields["beyond"] = forms.ChoiceField(
                label=gettext_lazy("Beyond the goodwill of the contract"),
                choices=list(BEYOND.items()),
                widget=forms.RadioSelect,
            )
        self.fields["price_list_id"] = PickField(label=gettext_lazy("Price list"), choices=lists)


class CorrectionForm(PricedForm):
    """Why a row is taken back; the lines say what it should have been, none: nothing."""

    may_be_empty = True
    reason = paragraph(gettext_lazy("Why it is corrected"), rows=2)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # For the prices shown while typing; what counts is the list of the old row.
        self.fields["price_list_id"] = forms.CharField(
            widget=forms.HiddenInput, max_length=80, required=False
        )


@require_GET
@page
def charges(request: HttpRequest, request_id: UUID) -> HttpResponse:
    """Everything charged for a request, what it came to by who bears it; as a workbook too."""
    actor = actor_of(request)
    require(actor, Permission.CHARGE_READ)
    found = get_request_page(actor, request_id)
    cost = cost_of_case(actor, request_id)
    if is_wanted(request):

        def ledger(_actor: Actor, **_narrowed: Any) -> Page[ChargeView]:
            return Page(cost.charges, "")

        return workbook(request, found.request.number, CHARGES, ledger)
    context = {
        "found": found,
        "cost": cost,
        "may_charge": actor.may(Permission.CHARGE_WRITE),
    }
    return render(request, "console/billing/charges.html", context)


@require_http_methods(["GET", "POST"])
@page
def charge_new(request: HttpRequest, request_id: UUID) -> HttpResponse:
    """Enter work done for a request into the ledger, priced as it is typed."""
    actor = actor_of(request)
    found = get_request_page(actor, request_id)
    _require_write(actor)
    cost = cost_of_case(actor, request_id)
    form = _form(request, actor, found, is_limited=cost.goodwill_limit is not None)

    def save() -> UUID:
        assert form.pricing is not None
        typed = {**form.values(), "items": form.pricing.items}
        rows = charge_work(
            actor=actor, request_id=request_id, work=Work(**typed), now=timezone.now()
        )
        return rows[0].public_id

    return form_page(
        request,
        FormPage(
            title=_("Charge work done"),
            form=form,
            route=f"console.charges.new.{request_id}",
            save=save,
            done=lambda _made: _address(request_id),
            back=Link(_address(request_id), found.request.number),
            lead=found.request.customer_name,
            template=TEMPLATE,
            extra={
                "pricing": form.pricing,
                "chosen": form.chosen,
                "cost": cost,
                "lines_address": lines_address(found.request.customer_public_id, request_id),
            },
        ),
    )


@require_http_methods(["GET", "POST"])
@page
def charge_correct(request: HttpRequest, charge_id: UUID) -> HttpResponse:
    """Take a row back and enter what it should have been."""
    actor = actor_of(request)
    charge = get_charge(actor, charge_id)
    _require_write(actor)
    form = CorrectionForm(posted(request), initial={"price_list_id": charge.price_list_public_id})
    list_ = chosen_list(actor, str(charge.price_list_public_id))
    typed = typed_lines(request.POST) if form.is_bound else lines_of([charge.item])
    form.pricing = priced_lines(list_, typed) if list_ is not None else None

    def save() -> UUID:
        items = form.pricing.items if form.pricing else ()
        rows = correct_charge(
            actor=actor,
            charge_id=charge_id,
            items=items,
            reason=form.cleaned_data["reason"],
            now=timezone.now(),
        )
        return rows[0].public_id

    back = _address(charge.request_public_id)
    return form_page(
        request,
        FormPage(
            title=_("Correct a charge"),
            form=form,
            route=f"console.charges.correct.{charge_id}",
            save=save,
            done=lambda _made: back,
            back=Link(back, charge.request_number),
            lead=_("The old row stays; its reversal and the right one are added."),
            template=TEMPLATE,
            extra={
                "pricing": form.pricing,
                "charge": charge,
                "lines_address": lines_address("", charge.request_public_id),
            },
        ),
    )


def _require_write(actor: Actor) -> None:
    if not actor.may(Permission.CHARGE_WRITE):
        raise Forbidden


def _form(
    request: HttpRequest, actor: Actor, found: RequestPage, *, is_limited: bool
) -> ChargeForm:
    proposal = _proposal(request, actor, found)
    chosen = prices_of_request(actor, found.request.public_id)
    present = str(chosen.price_list.public_id) if chosen else ""
    lists = list_choices(actor, present)
    paid = found.cover.kind == "paid"
    initial: dict[str, Any] = {
        "occurred_on": timezone.localdate(),
        "borne_by": Borne.CUSTOMER.value if paid else Borne.COVER.value,
        "beyond": Beyond.CHARGED.value,
        "price_list_id": present or (lists[0][0] if lists else ""),
    }
    if proposal is not None:
        initial |= {
            "occurred_on": proposal.occurred_on,
            "work_order_id": str(proposal.work_order_public_id),
            "borne_by": proposal.borne_by,
            "reason": proposal.reason,
        }
    sheets = work_orders_of_request(actor, found.request.public_id, now=timezone.now())
    form = ChargeForm(
        posted(request),
        sheets=[(str(one.public_id), one.number) for one in sheets],
        lists=lists,
        is_limited=is_limited,
        initial=initial,
    )
    list_ = chosen_list(actor, request.POST.get("price_list_id", initial["price_list_id"]))
    form.chosen = chosen
    if proposal is not None:
        kept = lines_of(proposal.items)
    else:
        kept = lines_of(_of_loan(request, actor, found, list_))
    typed = typed_lines(request.POST) if form.is_bound else kept
    form.pricing = priced_lines(list_, typed) if list_ is not None else None
    return form


def _of_loan(
    request: HttpRequest, actor: Actor, found: RequestPage, list_: PriceList | None
) -> list[Item]:
    """What the customer pays for the standby unit named in the address, kept or damaged; passed
    on by the entry that the list has for parts."""
    loan_id = parse_public_id(request.GET.get("loan", ""))
    entry = list_.proposed_for(Occasion.PARTS) if list_ is not None else None
    if loan_id is None or not isinstance(entry, AtCost):
        return []
    loan = get_loan(actor, loan_id, timezone.now())
    if loan.request_public_id != found.request.public_id or not loan.waits_for_bill:
        return []
    note = f"{loan.number} {loan.name} {loan.model} {loan.serial}"[:NOTE_LENGTH]
    return [Item(entry.code, cost=loan.to_bill, note=note)]


def _proposal(request: HttpRequest, actor: Actor, found: RequestPage) -> Proposal | None:
    """What the sheet named in the address calls for."""
    if (sheet := parse_public_id(request.GET.get("sheet", ""))) is None:
        return None
    proposals = propose_charges(actor, found.request.public_id)
    return next((one for one in proposals if one.work_order_public_id == sheet), None)


def _address(request_id: object) -> str:
    return reverse("console:charges", args=[request_id])
