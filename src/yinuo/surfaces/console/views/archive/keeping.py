"""Counting what a contract must keep at all times: stock, people on duty, certified people."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from yinuo.domains.contracts.selectors import get_contract
from yinuo.domains.obligations.contract_promises import promises_of_contract
from yinuo.domains.obligations.counts import Keeping
from yinuo.domains.obligations.services.counting import Counted, count_kept
from yinuo.surfaces.console import words
from yinuo.surfaces.console.access import actor_of, page
from yinuo.surfaces.console.editing import FormPage, KeptForm, Link, form_page, posted
from yinuo.surfaces.console.fields import DayField, NumberField
from yinuo.surfaces.console.own_promises import KEPT
from yinuo.surfaces.console.views.archive.customers import writable_customer

SOURCE = "console"


class CountForm(KeptForm):
    """When it was counted, and how many there were of each name the duty asks for."""

    def __init__(self, *args: Any, keeping: Keeping, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["counted_on"] = DayField(label=gettext_lazy("Counted on"))
        self.names = list(keeping.asks)
        for place, (name, number) in enumerate(keeping.asks.items()):
            label = name or keeping.role or str(words.word(KEPT, keeping.kept))
            owed = _("%(number)d owed") % {"number": number}
            field = NumberField(label=label, places=0, help_text=owed)
            field.required = True
            self.fields[f"have_{place}"] = field

    def counted(self, clause: str) -> Counted:
        """What the service takes. Call it on a valid form."""
        have = {
            name: int(self.cleaned_data[f"have_{place}"]) for place, name in enumerate(self.names)
        }
        return Counted(clause, self.cleaned_data["counted_on"], have)


@require_http_methods(["GET", "POST"])
@page
def count(request: HttpRequest, contract_id: UUID) -> HttpResponse:
    """Record a count of the duty that the address names (`clause`)."""
    actor, now = actor_of(request), timezone.now()
    row = get_contract(actor, contract_id)
    writable_customer(actor, row.customer_public_id)
    clause = request.GET.get("clause", "")
    keepings = promises_of_contract(actor, contract_id, now).keepings
    keeping = next((one for one in keepings if one.clause == clause), None)
    if keeping is None:
        raise Http404
    form = CountForm(
        posted(request), keeping=keeping, initial={"counted_on": timezone.localdate(now)}
    )

    def save() -> UUID:
        return count_kept(
            actor=actor,
            contract_id=contract_id,
            counted=form.counted(clause),
            source=SOURCE,
            now=timezone.now(),
        )

    address = reverse("console:contracts_one", args=[contract_id])
    return form_page(
        request,
        FormPage(
            title=_("Record a count"),
            form=form,
            route=f"console.contracts.count.{contract_id}",
            save=save,
            done=lambda _made: f"{address}#own-promises",
            back=Link(address, row.number),
            lead=words.in_language(keeping.title_zh, keeping.title_en),
        ),
    )
