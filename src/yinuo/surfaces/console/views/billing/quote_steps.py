"""What happens to a quote: sent with a link, answered, taken back."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from yinuo.domains.billing.selectors import get_quote
from yinuo.domains.billing.services import (
    record_answer,
    record_delivery,
    send_quote,
    withdraw_quote,
)
from yinuo.domains.billing.services.sending import LINK_PURPOSE
from yinuo.domains.billing.types import QuoteView
from yinuo.surfaces.console.access import actor_of, page
from yinuo.surfaces.console.editing import FormPage, KeptForm, Link, form_page, posted
from yinuo.surfaces.console.fields import line, paragraph
from yinuo.surfaces.console.forms import moment_field
from yinuo.surfaces.console.fresh_links import fresh_address


class SendForm(KeptForm):
    """Nothing but the consent to send what is shown."""


class WithdrawForm(KeptForm):
    """Why a quote is taken back."""

    reason = paragraph(gettext_lazy("Why it is taken back"))


class AnswerForm(KeptForm):
    """An answer that reached us by phone or on paper."""

    outcome = forms.ChoiceField(
        label=gettext_lazy("The customer"),
        choices=[
            ("accepted", gettext_lazy("accepts")),
            ("declined", gettext_lazy("declines")),
        ],
        widget=forms.RadioSelect,
    )
    name = line(gettext_lazy("Who said so"), required=True)
    reason = paragraph(gettext_lazy("If declined: why"))


class DeliverForm(KeptForm):
    """When the goods were with the customer."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["delivered_at"] = moment_field(
            gettext_lazy("Delivered at"), gettext_lazy("%(zone)s; leave empty for now.")
        )


@never_cache
@require_http_methods(["GET", "POST"])
@page
def send(request: HttpRequest, quote_id: UUID) -> HttpResponse:
    """Mark it as sent and show the link for the customer's answer, this once."""
    actor = actor_of(request)
    quote = get_quote(actor, quote_id, now=timezone.now())
    form = SendForm(posted(request), initial={"version": quote.version})
    made: list[str] = []

    def save() -> UUID:
        version, now = form.cleaned_data["version"], timezone.now()
        sent = send_quote(actor=actor, quote_id=quote_id, version=version, now=now)
        made.append(sent.secret)
        return quote_id

    again = quote.row.state == "sent"
    shown = _step_page(
        quote,
        form,
        "send",
        save,
        title=_("Make a fresh link") if again else _("Send the quote"),
        lead=_(
            "You get a link for the customer. Whoever has it reads the quote and accepts or "
            "declines it by name; a link made before stops working."
        ),
        button=_("Make the link"),
    )
    response = form_page(request, shown)
    if response.status_code != 302:
        return response
    address = fresh_address(request, LINK_PURPOSE, made)
    if not address:
        return redirect("console:quotes_one", quote_id)
    quote = get_quote(actor, quote_id, now=timezone.now())
    return render(request, "console/billing/quote.html", {"quote": quote, "link": address})


@require_http_methods(["GET", "POST"])
@page
def withdraw(request: HttpRequest, quote_id: UUID) -> HttpResponse:
    """Take the quote back, with the reason."""
    actor = actor_of(request)
    quote = get_quote(actor, quote_id, now=timezone.now())
    form = WithdrawForm(posted(request), initial={"version": quote.version})

    def save() -> UUID:
        withdraw_quote(actor=actor, quote_id=quote_id, **form.values(), now=timezone.now())
        return quote_id

    title = _("Withdraw the quote")
    return form_page(request, _step_page(quote, form, "withdraw", save, title=title, button=title))


@require_http_methods(["GET", "POST"])
@page
def answer(request: HttpRequest, quote_id: UUID) -> HttpResponse:
    """Take down the customer's answer given by phone or on paper."""
    actor = actor_of(request)
    quote = get_quote(actor, quote_id, now=timezone.now())
    initial = {"version": quote.version, "name": quote.contact_name}
    form = AnswerForm(posted(request), initial=initial)

    def save() -> UUID:
        record_answer(actor=actor, quote_id=quote_id, **form.values(), now=timezone.now())
        return quote_id

    title = _("Take down the customer's answer")
    return form_page(request, _step_page(quote, form, "answer", save, title=title))


@require_http_methods(["GET", "POST"])
@page
def deliver(request: HttpRequest, quote_id: UUID) -> HttpResponse:
    """Record that what was ordered is with the customer."""
    actor = actor_of(request)
    quote = get_quote(actor, quote_id, now=timezone.now())
    form = DeliverForm(posted(request), initial={"version": quote.version})

    def save() -> UUID:
        record_delivery(actor=actor, quote_id=quote_id, **form.values(), now=timezone.now())
        return quote_id

    title = _("Record the delivery")
    if quote.is_damage:
        title = _("Record that the work is finished")
        form.fields["delivered_at"].label = gettext_lazy("Finished at")
    return form_page(request, _step_page(quote, form, "deliver", save, title=title))


def _step_page(quote: QuoteView, form: KeptForm, kind: str, save: Any, **words: Any) -> FormPage:
    address = reverse("console:quotes_one", args=[quote.row.public_id])
    return FormPage(
        form=form,
        route=f"console.quotes.{kind}.{quote.row.public_id}",
        save=save,
        done=lambda _made: address,
        back=Link(address, quote.row.number),
        **words,
    )
