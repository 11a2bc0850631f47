"""Who goes along to a visit: named by whoever sends, and the hours each writes himself."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from yinuo.domains.dispatch.along import who_can_go_along
from yinuo.domains.dispatch.services import send_along
from yinuo.domains.dispatch.types import CannotGo
from yinuo.domains.fieldwork.selectors import get_work_order_page
from yinuo.domains.fieldwork.services.accompanying import log_hours
from yinuo.kernel.work_states import BEFORE_VISIT
from yinuo.platform.errors import IllegalMove, NotFound
from yinuo.surfaces.console.access import actor_of, page
from yinuo.surfaces.console.dispatch_words import why_cannot
from yinuo.surfaces.console.editing import KeptForm, form_page, posted
from yinuo.surfaces.console.fields import Choices, PicksField, wide
from yinuo.surfaces.console.forms import moment_field
from yinuo.surfaces.console.views.work_orders import sheet_form
from yinuo.surfaces.console.work_forms import AT_HINT

# So many reasons are read; the form still offers everybody who can.
MOST_REASONS = 50


class CompanionsForm(KeptForm):
    """Who goes along."""

    def __init__(self, *args: Any, people: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = PicksField(
            label=gettext_lazy("Who goes along"),
            choices=people,
            required=False,
            help_text=gettext_lazy("Each is booked for the hours of whoever leads the visit."),
        )
        field.flows = True
        self.fields["person_ids"] = wide(field)


class HoursForm(KeptForm):
    """From when to when somebody who goes along worked there."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, label in (("began_at", _("Worked from")), ("ended_at", _("Worked until"))):
            self.fields[name] = moment_field(label, AT_HINT)
            self.fields[name].required = True


@require_http_methods(["GET", "POST"])
@page
def companions(request: HttpRequest, work_order_id: UUID) -> HttpResponse:
    """Name who goes along; below stands what keeps the others from it."""
    actor, now = actor_of(request), timezone.now()
    along = who_can_go_along(actor, work_order_id, now=now)
    found = get_work_order_page(actor, work_order_id, now=now)
    if request.method == "GET" and found.row.state not in BEFORE_VISIT:
        # Under way since the link was shown; the sheet says so.
        return redirect("console:work_one", work_order_id)
    free = [one for one in along.people if one.is_named or not one.obstacles]
    form = CompanionsForm(
        posted(request),
        people=[(str(one.public_id), f"{one.name} · {one.unit_name}") for one in free],
        initial={
            "version": along.version,
            "person_ids": [str(one.public_id) for one in free if one.is_named],
        },
    )

    def save() -> UUID:
        try:
            send_along(actor=actor, work_order_id=work_order_id, **form.values(), now=now)
        except CannotGo as error:
            raise IllegalMove(why_cannot(error)) from error
        return work_order_id

    refused = [one for one in along.people if one.obstacles and not one.is_named]
    shown = sheet_form(
        found,
        form,
        "companions",
        save,
        title=_("Who goes along"),
        template="console/sheets/companions.html",
        extra={"along": along, "refused": refused[:MOST_REASONS]},
    )
    return form_page(request, shown)


@require_http_methods(["GET", "POST"])
@page
def hours(request: HttpRequest, shared_work_order_id: UUID) -> HttpResponse:
    """Write the hours of one's own on a visit one goes along to."""
    actor, now = actor_of(request), timezone.now()
    found = get_work_order_page(actor, shared_work_order_id, now=now)
    own = next((one for one in found.companions if one.person_id == actor.person_id), None)
    if own is None:
        raise NotFound
    initial = {
        "version": own.version,
        "began_at": own.began_at or found.times.arrived_at,
        "ended_at": own.ended_at or found.times.finished_at,
    }
    form = HoursForm(posted(request), initial=initial)

    def save() -> UUID:
        log_hours(actor=actor, work_order_id=shared_work_order_id, **form.values(), now=now)
        return shared_work_order_id

    return form_page(request, sheet_form(found, form, "hours", save, title=_("My hours there")))
