"""What happens to a contract: stages, suspension, supplements, renewal, quotas, agreements."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from yinuo.domains.contracts.cycle import cycle_of
from yinuo.domains.contracts.life import LifeView, life_of, open_agreement_file
from yinuo.domains.contracts.selectors import get_contract
from yinuo.domains.contracts.services import (
    add_agreement,
    advance_contract,
    attach_to_agreement,
    give_back,
    grant_quota,
    keep_agreement,
    renew_contract,
    resume_contract,
    suspend_contract,
    take_back_contract,
    use_quota,
    withdraw_agreement,
)
from yinuo.domains.contracts.types import ContractRow
from yinuo.domains.network.permissions import Permission
from yinuo.domains.network.selectors import page_people
from yinuo.platform.errors import NotFound
from yinuo.platform.files.serving import file_response
from yinuo.surfaces.console import words
from yinuo.surfaces.console.access import actor_of, page
from yinuo.surfaces.console.editing import FormPage, KeptForm, Link, form_page, posted
from yinuo.surfaces.console.views.archive import contract_life_forms as life_forms
from yinuo.surfaces.console.views.archive.customers import writable_customer

Save = Callable[[], Any]


class Act:
    """One form about a contract: what it is called and shows, and the service it calls."""

    def __init__(self, request: HttpRequest, contract_id: UUID) -> None:
        self.request = request
        self.actor = actor_of(request)
        self.row: ContractRow = get_contract(self.actor, contract_id)
        writable_customer(self.actor, self.row.customer_public_id, Permission.CONTRACT_WRITE)
        self.life: LifeView = life_of(self.actor, contract_id, timezone.localdate())
        self.base: dict[str, Any] = {"actor": self.actor, "contract_id": contract_id}

    def show(
        self, title: str, form: KeptForm, save: Save, *, lead: str = "", button: str = ""
    ) -> HttpResponse:
        """The form page; back to the contract whatever comes of it."""
        return form_page(self.request, self.page(title, form, save, lead=lead, button=button))

    def page(self, title: str, form: KeptForm, save: Save, **more: Any) -> FormPage:
        """What the form page shows and does."""
        address = reverse("console:contracts_one", args=[self.row.public_id])

        def saved() -> UUID:
            save()
            return self.row.public_id

        return FormPage(
            title=title,
            form=form,
            route=f"console{self.request.path.replace('/', '.')}",
            save=saved,
            done=lambda _id: address,
            back=Link(address, self.row.number),
            **more,
        )


@require_http_methods(["GET", "POST"])
@page
def advance(request: HttpRequest, contract_id: UUID) -> HttpResponse:
    """Enter the next stage."""
    act = Act(request, contract_id)
    form = life_forms.AdvanceForm(posted(request), initial={"version": act.row.version})

    def save() -> None:
        typed = form.cleaned_data
        advance_contract(
            **act.base, version=typed["version"], note=typed["note"], now=timezone.now()
        )

    return act.show(_("Enter the next stage"), form, save, button=_("Enter"))


@require_http_methods(["GET", "POST"])
@page
def take_back(request: HttpRequest, contract_id: UUID) -> HttpResponse:
    """Go one stage back, with the reason."""
    act = Act(request, contract_id)
    form = life_forms.ReasonForm(posted(request), initial={"version": act.row.version})

    def save() -> None:
        typed = form.cleaned_data
        take_back_contract(
            **act.base, version=typed["version"], reason=typed["reason"], now=timezone.now()
        )

    return act.show(_("Go one stage back"), form, save, button=_("Go back"))


@require_http_methods(["GET", "POST"])
@page
def suspend(request: HttpRequest, contract_id: UUID) -> HttpResponse:
    """Suspend the contract."""
    act = Act(request, contract_id)
    form = life_forms.SuspendForm(posted(request), initial={"begins_on": timezone.localdate()})

    def save() -> None:
        typed = form.cleaned_data
        suspend_contract(
            **act.base,
            begins_on=typed["begins_on"],
            ends_on=typed["ends_on"],
            reason=typed["reason"],
            now=timezone.now(),
        )

    lead = _("While it is suspended it covers nothing, and no promised time begins.")
    return act.show(_("Suspend the contract"), form, save, lead=lead, button=_("Suspend"))


@require_http_methods(["GET", "POST"])
@page
def resume(request: HttpRequest, contract_id: UUID) -> HttpResponse:
    """Let a suspended contract cover again."""
    act = Act(request, contract_id)
    open_one = act.life.open_suspension
    initial = {"resumes_on": timezone.localdate(), "version": open_one.version if open_one else 1}
    form = life_forms.ResumeForm(posted(request), initial=initial)

    def save() -> None:
        typed = form.cleaned_data
        resume_contract(
            **act.base,
            version=typed["version"],
            resumes_on=typed["resumes_on"],
            now=timezone.now(),
        )

    return act.show(_("Resume the contract"), form, save, button=_("Resume"))


@require_http_methods(["GET", "POST"])
@page
def renew(request: HttpRequest, contract_id: UUID) -> HttpResponse:
    """Sign the contract that follows, at the price the rule gives."""
    act = Act(request, contract_id)
    now = timezone.now()
    begins = cycle_of(act.actor, contract_id, now).ends_on or timezone.localdate()
    price = act.life.renewal_price
    initial = {"starts_on": begins, "annual_fee": price.amount.amount if price else None}
    form = life_forms.RenewForm(posted(request), initial=initial)

    def save() -> None:
        typed = {name: form.cleaned_data[name] for name in life_forms.RenewForm.base_fields}
        typed.pop("key")
        renew_contract(**act.base, **typed, now=timezone.now())

    lead = price_words(price) if price else ""
    return act.show(_("Renew the contract"), form, save, lead=lead)


@require_http_methods(["GET", "POST"])
@page
def quota(request: HttpRequest, contract_id: UUID) -> HttpResponse:
    """Add visits or hours."""
    act = Act(request, contract_id)
    initial = {"begins_on": act.row.starts_on, "ends_on": act.row.ends_on}
    form = life_forms.QuotaForm(posted(request), initial=initial)

    def save() -> None:
        grant_quota(**act.base, data=form.quota(), now=timezone.now())

    return act.show(_("Add visits or hours"), form, save)


@require_http_methods(["GET", "POST"])
@page
def use(request: HttpRequest, contract_id: UUID) -> HttpResponse:
    """Count visits or hours down by hand."""
    act = Act(request, contract_id)
    form = life_forms.UseForm(posted(request), initial={"used_on": timezone.localdate()})

    def save() -> None:
        use_quota(**act.base, data=form.use(), now=timezone.now())

    return act.show(_("Count a use"), form, save)


@require_http_methods(["GET", "POST"])
@page
def use_back(request: HttpRequest, contract_id: UUID, use_id: UUID) -> HttpResponse:
    """Give a use back, with the reason."""
    act = Act(request, contract_id)
    form = life_forms.ReasonForm(posted(request))

    def save() -> None:
        reason = form.cleaned_data["reason"]
        give_back(actor=act.actor, use_id=use_id, reason=reason, now=timezone.now())

    return act.show(_("Give back"), form, save, button=_("Give back"))


@require_http_methods(["GET", "POST"])
@page
def agree(request: HttpRequest, contract_id: UUID) -> HttpResponse:
    """Hold a further term with the contract."""
    act = Act(request, contract_id)
    people = [(str(one.public_id), one.name) for one in page_people(act.actor, limit=200).items]
    sent = posted(request)
    form = life_forms.AgreementForm(
        sent,
        request.FILES if sent is not None else None,
        people=people,
        initial={"agreed_on": timezone.localdate()},
    )

    def save() -> None:
        now = timezone.now()
        made = add_agreement(**act.base, data=form.agreement(), now=now)
        if upload := form.cleaned_data["file"]:
            attach_to_agreement(
                actor=act.actor, agreement_id=made.public_id, upload=upload, now=now
            )

    return act.show(_("Add an agreement"), form, save)


@require_http_methods(["GET", "POST"])
@page
def settle(request: HttpRequest, contract_id: UUID, agreement_id: UUID) -> HttpResponse:
    """Say that an agreement was kept, or no longer binds."""
    act = Act(request, contract_id)
    known = {one.public_id: one for one in act.life.agreements}
    if agreement_id not in known:
        raise NotFound
    one = known[agreement_id]
    initial = {"version": one.version, "kept_on": timezone.localdate()}
    form = life_forms.SettleForm(posted(request), initial=initial)

    def save() -> None:
        typed, now = form.cleaned_data, timezone.now()
        shared = {
            "actor": act.actor,
            "agreement_id": agreement_id,
            "version": typed["version"],
            "outcome": typed["outcome"],
        }
        if typed["kept_on"]:
            keep_agreement(**shared, kept_on=typed["kept_on"], now=now)
        else:
            withdraw_agreement(**shared, now=now)

    return act.show(_("Settle the agreement"), form, save, lead=one.text)


@require_GET
@page
def agreement_file(request: HttpRequest, agreement_id: UUID, file_id: UUID) -> HttpResponseBase:
    """The signed paper of an agreement."""
    return file_response(open_agreement_file(actor_of(request), agreement_id, file_id))


def price_words(price: Any) -> str:
    """What a renewal costs a year and how it was computed, in the reader's language."""
    computed = words.in_language(price.computation.zh, price.computation.en)
    return f"{computed} = {price.amount.amount:,.2f}"
