"""What happens to a letter of contact: confirmed for us, sent, answered on paper, taken back."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from yinuo.domains.billing.letter_types import LetterView
from yinuo.domains.billing.letters import get_letter
from yinuo.domains.billing.services.letter_answers import (
    LINK_PURPOSE,
    confirm_letter,
    mark_wrong_diagnosis,
    record_letter_answer,
    send_letter,
    withdraw_letter,
)
from yinuo.surfaces.console.access import actor_of, page
from yinuo.surfaces.console.editing import FormPage, KeptForm, Link, form_page, posted
from yinuo.surfaces.console.fresh_links import fresh_address
from yinuo.surfaces.console.letter_forms import ConsentForm, PaperForm, ReasonForm
from yinuo.surfaces.console.views.billing.letters import letter_screen

SEE_OTHER = 302


@require_http_methods(["GET", "POST"])
@page
def confirm(request: HttpRequest, letter_id: UUID) -> HttpResponse:
    """Confirm work, time and cost for our side."""
    actor = actor_of(request)
    letter = get_letter(actor, letter_id)
    form = ConsentForm(posted(request), initial={"version": letter.version})

    def save() -> UUID:
        version, now = form.cleaned_data["version"], timezone.now()
        confirm_letter(actor=actor, letter_id=letter_id, version=version, now=now)
        return letter_id

    title = _("Confirm for our side")
    lead = _("Work, time and cost of %(number)s, %(total)s yuan, are right.")
    said = lead % {"number": letter.row.number, "total": letter.row.total}
    return form_page(
        request, _step(letter, form, "confirm", save, title=title, lead=said, button=title)
    )


@never_cache
@require_http_methods(["GET", "POST"])
@page
def send(request: HttpRequest, letter_id: UUID) -> HttpResponse:
    """Send it, or make a fresh link, and show the link this once."""
    actor = actor_of(request)
    letter = get_letter(actor, letter_id)
    form = ConsentForm(posted(request), initial={"version": letter.version})
    made: list[str] = []

    def save() -> UUID:
        version, now = form.cleaned_data["version"], timezone.now()
        sent = send_letter(actor=actor, letter_id=letter_id, version=version, now=now)
        made.append(sent.secret)
        return letter_id

    again = letter.row.state == "sent"
    shown = _step(
        letter,
        form,
        "send",
        save,
        title=_("Make a fresh link") if again else _("Send the letter"),
        lead=_(
            "You get a link for the customer. Whoever has it reads the letter and accepts or "
            "declines it by name; a link made before stops working."
        ),
        button=_("Make the link"),
    )
    response = form_page(request, shown)
    if response.status_code != SEE_OTHER:
        return response
    address = fresh_address(request, LINK_PURPOSE, made)
    if not address:
        return redirect("console:letters_one", letter_id)
    return letter_screen(request, letter_id, address)


@require_http_methods(["GET", "POST"])
@page
def paper(request: HttpRequest, letter_id: UUID) -> HttpResponse:
    """Take down the customer's answer on paper, with the paper as proof."""
    actor = actor_of(request)
    letter = get_letter(actor, letter_id)
    files = request.FILES if request.method == "POST" else None
    initial = {"version": letter.version, "name": letter.contact_name}
    form = PaperForm(posted(request), files, initial=initial)

    def save() -> UUID:
        record_letter_answer(
            actor=actor,
            letter_id=letter_id,
            version=form.cleaned_data["version"],
            answer=form.answer(),
            now=timezone.now(),
        )
        return letter_id

    title = _("Take down the answer on paper")
    return form_page(request, _step(letter, form, "paper", save, title=title))


@require_http_methods(["GET", "POST"])
@page
def withdraw(request: HttpRequest, letter_id: UUID) -> HttpResponse:
    """Take the letter back, with the reason; the work goes on without it."""
    actor = actor_of(request)
    letter = get_letter(actor, letter_id)
    form = ReasonForm(posted(request), initial={"version": letter.version})

    def save() -> UUID:
        withdraw_letter(actor=actor, letter_id=letter_id, **form.values(), now=timezone.now())
        return letter_id

    title = _("Withdraw the letter")
    return form_page(request, _step(letter, form, "withdraw", save, title=title, button=title))


@require_http_methods(["GET", "POST"])
@page
def wrong(request: HttpRequest, letter_id: UUID) -> HttpResponse:
    """Our diagnosis was wrong: what the letter costs is ours."""
    actor = actor_of(request)
    letter = get_letter(actor, letter_id)
    form = ReasonForm(posted(request), initial={"version": letter.version})

    def save() -> UUID:
        mark_wrong_diagnosis(actor=actor, letter_id=letter_id, **form.values(), now=timezone.now())
        return letter_id

    title = _("Our diagnosis was wrong")
    lead = _("Labour and material of this letter are then at our cost, and stay visible as such.")
    return form_page(
        request, _step(letter, form, "wrong", save, title=title, lead=lead, button=title)
    )


def _step(letter: LetterView, form: KeptForm, kind: str, save: Any, **words: Any) -> FormPage:
    address = reverse("console:letters_one", args=[letter.row.public_id])
    return FormPage(
        form=form,
        route=f"console.letters.{kind}.{letter.row.public_id}",
        save=save,
        done=lambda _made: address,
        back=Link(address, letter.row.number),
        **words,
    )
