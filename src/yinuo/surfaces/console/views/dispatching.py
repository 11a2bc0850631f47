"""Who can go: everybody ranked with reasons, one click sends, every decision stays."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from yinuo.domains.dispatch.going import MOST_GOERS, MOST_REFUSED, who_can_go
from yinuo.domains.dispatch.selectors import list_decisions
from yinuo.domains.dispatch.services import send_engineer
from yinuo.domains.dispatch.types import CannotGo, Going
from yinuo.domains.network.types import Actor
from yinuo.platform.errors import Conflict, IllegalMove, InvalidInput
from yinuo.surfaces.assets.problems import take_problems
from yinuo.surfaces.console.access import actor_of, page
from yinuo.surfaces.console.dispatch_words import why_cannot
from yinuo.surfaces.console.editing import CONFLICT, UNPROCESSABLE, KeptForm, save_once
from yinuo.surfaces.console.fields import line
from yinuo.surfaces.console.views.work_orders import SOURCE

MOST_DIGITS = 6


class SendForm(KeptForm):
    """Whom to send; why, when it is not the first."""

    person_id = forms.CharField(widget=forms.HiddenInput, max_length=200)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"] = line(
            gettext_lazy("Reason"),
            hint=gettext_lazy("Needed when somebody else than the first is sent."),
            autocomplete="off",
        )


def _after(request: HttpRequest, name: str) -> int:
    """After how many a list begins; nonsense begins it anew."""
    given = request.GET.get(name, "")
    return int(given) if given.isdecimal() and len(given) <= MOST_DIGITS else 0


def _pages(going: Going) -> dict[str, dict[str, int | None]]:
    """Where the pages before and after those shown begin, None without one."""
    lists = {
        "goers": (going.goers_from, MOST_GOERS, going.can_go),
        "refused": (going.refused_from, MOST_REFUSED, going.cannot_go),
    }
    return {
        name: {
            "before": max(begins - most, 0) if begins else None,
            "after": begins + most if begins + most < number else None,
        }
        for name, (begins, most, number) in lists.items()
    }


def _send(form: SendForm, work_order_id: UUID, actor: Actor, now: datetime) -> int:
    """Send who was chosen; 200 when done, else the status of the refusal, said in the form."""

    def save() -> UUID:
        return send_engineer(
            actor=actor, work_order_id=work_order_id, **form.values(), source=SOURCE, now=now
        ).public_id

    if not form.is_valid():
        if form.lacks_its_key():
            form.add_error(None, _("This page was too old. Look at it and send it again."))
        return UNPROCESSABLE
    try:
        save_once(form, f"console.dispatch.send.{work_order_id}", save, actor)
    except InvalidInput as error:
        take_problems(form, error)
        return UNPROCESSABLE
    except CannotGo as error:
        form.add_error(None, why_cannot(error))
    except (IllegalMove, Conflict) as error:
        form.add_error(None, str(error.message))
    else:
        return 200
    return CONFLICT


@require_http_methods(["GET", "POST"])
@page
def who(request: HttpRequest, work_order_id: UUID) -> HttpResponse:
    """Everybody who can go to a sheet, what each costs, and why the others cannot."""
    actor, now = actor_of(request), timezone.now()
    going = who_can_go(
        actor,
        work_order_id,
        now=now,
        goers_from=_after(request, "from"),
        refused_from=_after(request, "refused"),
    )
    form = SendForm(
        request.POST if request.method == "POST" else None, initial={"version": going.version}
    )
    status = 200
    if form.is_bound:
        status = _send(form, work_order_id, actor, now)
        if status == 200:
            messages.success(request, _("Sent. Time is booked and the decision is kept."))
            return redirect(reverse("console:work_one", args=[work_order_id]))
        form.renew()
    context = {
        "pages": _pages(going),
        "going": going,
        "form": form,
        "decisions": list_decisions(actor, work_order_id),
    }
    return render(request, "console/sheets/who.html", context, status=status)
