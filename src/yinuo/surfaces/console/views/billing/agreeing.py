"""Agreeing on the price list of a contract or customer."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from yinuo.domains.billing.agreed import prices_of_contract, prices_of_customer
from yinuo.domains.billing.services import agree_prices
from yinuo.domains.contracts.selectors import get_contract
from yinuo.domains.network.permissions import Permission
from yinuo.surfaces.console.access import actor_of, page
from yinuo.surfaces.console.editing import FormPage, KeptForm, Link, form_page, posted
from yinuo.surfaces.console.fields import Choices, PickField, paragraph
from yinuo.surfaces.console.views.archive.customers import writable_customer
from yinuo.surfaces.console.views.billing.choosing import list_choices


class AgreeForm(KeptForm):
    """Which list, and a remark; why, when nothing is agreed any more."""

    def __init__(self, *args: Any, lists: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["price_list_id"] = PickField(
            label=gettext_lazy("Price list"),
            choices=lists,
            empty=gettext_lazy("none agreed"),
            required=False,
        )
        self.fields["reason"] = paragraph(
            gettext_lazy("Remark"), hint=gettext_lazy("Needed when no list is agreed any more.")
        )


@require_http_methods(["GET", "POST"])
@page
def contract_prices(request: HttpRequest, contract_id: UUID) -> HttpResponse:
    """Agree in a contract: the version chosen stays until another one is agreed on."""
    actor = actor_of(request)
    row = get_contract(actor, contract_id)
    writable_customer(actor, row.customer_public_id, Permission.CONTRACT_WRITE)
    lead = _("The contract stays with the version agreed on until another one is agreed on.")
    back = Link(reverse("console:contracts_one", args=[contract_id]), row.number)
    chosen = prices_of_contract(actor, contract_id)
    present = chosen.price_list.public_id if chosen else ""
    return _form_page(request, back, lead, str(present), contract_id=contract_id)


@require_http_methods(["GET", "POST"])
@page
def customer_prices(request: HttpRequest, customer_id: UUID) -> HttpResponse:
    """Agree with a customer: the newest version counts wherever no contract says otherwise."""
    actor = actor_of(request)
    customer = writable_customer(actor, customer_id, Permission.CONTRACT_WRITE)
    lead = _("It counts wherever no contract has a list of its own, with its newest version.")
    back = Link(reverse("console:customers_one", args=[customer_id]), customer.name)
    chosen = prices_of_customer(actor, customer_id)
    present = chosen.price_list.public_id if chosen else ""
    return _form_page(request, back, lead, str(present), customer_id=customer_id)


def _form_page(
    request: HttpRequest, back: Link, lead: str, present: str, **about: Any
) -> HttpResponse:
    actor = actor_of(request)
    form = AgreeForm(
        posted(request),
        lists=list_choices(actor, present),
        initial={"price_list_id": present},
    )

    def save() -> UUID:
        row = agree_prices(actor=actor, **about, **form.values(), now=timezone.now())
        return row.public_id

    return form_page(
        request,
        FormPage(
            title=_("Agree on a price list"),
            form=form,
            route=f"console{request.path.replace('/', '.')}",
            save=save,
            done=lambda _made: f"{back.address}#agreed-prices",
            back=back,
            lead=lead,
        ),
    )
