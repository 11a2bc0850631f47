"""What is done about a breach: each a form with its reason, on the version that was seen."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from yinuo.domains.breaches.limits import list_limits
from yinuo.domains.breaches.selectors import get_breach, get_right
from yinuo.domains.breaches.services import (
    LegData,
    approve_breach,
    correct_amount,
    correct_leg,
    decide_dispute,
    decide_right,
    dispute_breach,
    record_loss,
    set_limit,
    waive_breach,
)
from yinuo.domains.breaches.services.honouring import Giving
from yinuo.domains.breaches.types import BreachView
from yinuo.domains.network.permissions import Permission
from yinuo.domains.network.policies import require
from yinuo.domains.network.selectors import list_units
from yinuo.platform.errors import Forbidden, NotFound
from yinuo.platform.identifiers import new_public_id
from yinuo.surfaces.console import breach_forms as forms
from yinuo.surfaces.console import words
from yinuo.surfaces.console.access import actor_of, page
from yinuo.surfaces.console.customer_file import asset_choices
from yinuo.surfaces.console.editing import FormPage, KeptForm, Link, form_page, posted
from yinuo.surfaces.console.views.breaches.pages import shown

TEMPLATE = "console/breaches/form.html"


@require_http_methods(["GET", "POST"])
@page
def approve(request: HttpRequest, breach_id: UUID) -> HttpResponse:
    """Let what it comes to go to the next statement."""
    found = _found(request, breach_id, "approved")
    form = forms.ApproveForm(posted(request), initial={"version": found.row.version})
    return _page(request, found, form, approve_breach, title=_("Approve"), button=_("Approve"))


@require_http_methods(["GET", "POST"])
@page
def waive(request: HttpRequest, breach_id: UUID) -> HttpResponse:
    """Waive a part or all of it, within one's limit."""
    found = _found(request, breach_id, "waived")
    initial = {"version": found.row.version, "amount": found.row.amount}
    form = forms.WaiveForm(posted(request), initial=initial)
    limit = found.waive_limit
    lead = "" if limit is None else _("Your limit for one breach: %(limit)s") % {"limit": limit}
    return _page(request, found, form, waive_breach, title=_("Waive"), button=_("Waive"), lead=lead)


@require_http_methods(["GET", "POST"])
@page
def dispute(request: HttpRequest, breach_id: UUID) -> HttpResponse:
    """Enter that one side does not agree."""
    found = _found(request, breach_id, "disputed")
    form = forms.DisputeForm(posted(request), initial={"version": found.row.version})
    lead = _("Until it is decided, nothing of it goes to a statement.")
    return _page(request, found, form, dispute_breach, title=_("Dispute"), lead=lead)


@require_http_methods(["GET", "POST"])
@page
def decide(request: HttpRequest, breach_id: UUID) -> HttpResponse:
    """Decide a dispute."""
    found = _found(request, breach_id, "dispute_upheld")
    form = forms.DecisionForm(posted(request), initial={"version": found.row.version})

    def act(*, outcome: str, amount: Any, **more: Any) -> Any:
        return decide_dispute(owed=amount if outcome == "upheld" else None, **more)

    return _page(request, found, form, act, title=_("Decide the dispute"))


@require_http_methods(["GET", "POST"])
@page
def correct(request: HttpRequest, breach_id: UUID) -> HttpResponse:
    """Add to it or take off by a new row."""
    found = _found(request, breach_id, "corrected")
    form = forms.CorrectionForm(posted(request), initial={"version": found.row.version})

    def act(*, amount: Any, **more: Any) -> Any:
        return correct_amount(change=amount, **more)

    lead = _("What stands in the ledger stays; the correction is a new row and is to be approved.")
    return _page(request, found, form, act, title=_("Correct the amount"), lead=lead)


@require_http_methods(["GET", "POST"])
@page
def loss(request: HttpRequest, breach_id: UUID) -> HttpResponse:
    """Enter the customer's loss with its proof."""
    found = _found(request, breach_id, "loss_recorded")
    form = forms.LossForm(posted(request), initial={"version": found.row.version})
    return _page(request, found, form, record_loss, title=_("Enter the customer's loss"))


@require_http_methods(["GET", "POST"])
@page
def leg(request: HttpRequest, breach_id: UUID) -> HttpResponse:
    """Say that somebody else held the promise for a while."""
    actor = actor_of(request)
    found = get_breach(actor, breach_id)
    if not found.may_write:
        raise Forbidden
    first = found.stretches[0] if found.stretches else None
    initial = {
        "version": found.row.version,
        "begins_at": first.begins_at if first else None,
        "ends_at": first.ends_at if first else None,
    }
    units = [(str(one.public_id), one.name) for one in list_units(actor)]
    form = forms.LegForm(posted(request), units=units, initial=initial)

    def act(*, version: int, **data: Any) -> Any:
        given = {name: data.pop(name) for name in ("begins_at", "ends_at", "leg", "reason")}
        unit_id = data.pop("unit_id") or None
        return correct_leg(data=LegData(**given, unit_id=unit_id), version=version, **data)

    return _page(request, found, form, act, title=_("Correct in whose hands it was"))


@require_http_methods(["GET", "POST"])
@page
def right(request: HttpRequest, right_id: UUID) -> HttpResponse:
    """Note what became of a right that is not money."""
    actor = actor_of(request)
    one = get_right(actor, right_id)
    found = get_breach(actor, one.breach_public_id)
    assets = None
    if one.extends == "warranty":
        assets = asset_choices(actor, found.row.customer_public_id)
    form = forms.RightForm(
        posted(request),
        initial={"version": one.version},
        assets=assets,
        owed=not one.extends,
    )

    def act(
        *,
        outcome: str,
        breach_id: object,
        asset_id: object = None,
        due_on: date | None = None,
        **more: Any,
    ) -> Any:
        giving = Giving(asset_id or None, due_on)
        decide_right(right_id=right_id, given=outcome == "given", giving=giving, **more)
        return found.row

    lead = words.in_language(one.text_zh, one.text_en)
    return _page(request, found, form, act, title=_("Decide about a right"), lead=lead)


@require_http_methods(["GET", "POST"])
@page
def limit(request: HttpRequest) -> HttpResponse:
    """Set how much a role may waive of one breach."""
    actor = actor_of(request)
    require(actor, Permission.BREACH_LIMIT)
    role = request.GET.get("role", "")
    row = next((one for one in list_limits() if one.role == role), None)
    if row is None:
        raise NotFound
    initial = {"version": row.version + 1, "amount": row.most, "unlimited": row.most is None}
    form = forms.LimitForm(posted(request), initial=initial)

    def save() -> UUID:
        given = form.cleaned_data
        most = None if given["unlimited"] else (given["amount"] or Decimal(0))
        version = given["version"] - 1
        set_limit(actor=actor, role=role, most=most, version=version, now=timezone.now())
        return new_public_id()

    address = reverse("console:settings_limits")
    return form_page(
        request,
        FormPage(
            title=words.in_language(row.name_zh, row.name_en),
            form=form,
            route=f"console.limits.{role}",
            save=save,
            done=lambda _made: address,
            back=Link(address, _("Limits of waivers")),
        ),
    )


def _found(request: HttpRequest, breach_id: UUID, kind: str) -> BreachView:
    """The breach; Forbidden where this step is not his to take. Another state is told on saving."""
    found = get_breach(actor_of(request), breach_id)
    if request.method == "GET" and kind not in found.steps:
        raise Forbidden(_("This step is not possible now, or not yours to take."))
    return found


def _page(
    request: HttpRequest,
    found: BreachView,
    form: KeptForm,
    act: Callable[..., Any],
    **text: Any,
) -> HttpResponse:
    breach_id = found.row.public_id
    address = reverse("console:breaches_one", args=[breach_id])

    def save() -> UUID:
        act(actor=actor_of(request), breach_id=breach_id, **form.values(), now=timezone.now())
        return breach_id

    title = words.in_language(found.row.title_zh, found.row.title_en)
    route = request.resolver_match.view_name if request.resolver_match else ""
    shown_page = FormPage(
        form=form,
        route=f"{route}.{breach_id}",
        save=save,
        done=lambda _made: address,
        back=Link(address, f"{found.row.clause_number} {title}".strip()),
        template=TEMPLATE,
        extra=shown(request, found),
        **text,
    )
    return form_page(request, shown_page)
