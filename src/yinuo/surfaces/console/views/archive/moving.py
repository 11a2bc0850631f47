"""Moving a contract to a newer version of its plan, after reading what changes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from yinuo.domains.contracts.cycle import today_of
from yinuo.domains.contracts.plans import compiled_plan
from yinuo.domains.contracts.selectors import (
    get_contract,
    get_plan_version,
    list_plan_versions,
    newest_offered,
)
from yinuo.domains.contracts.services import move_contract
from yinuo.domains.contracts.types import ContractRow, PlanVersionRow
from yinuo.domains.network.permissions import Permission
from yinuo.domains.network.types import Actor
from yinuo.domains.obligations.moving import CaseBeside, what_moving_changes
from yinuo.platform.errors import NotFound
from yinuo.surfaces.console.access import actor_of, page
from yinuo.surfaces.console.editing import FormPage, KeptForm, Link, form_page, posted
from yinuo.surfaces.console.fields import paragraph
from yinuo.surfaces.console.heads import Head, heads_of
from yinuo.surfaces.console.plan_changes import changes_between, previews
from yinuo.surfaces.console.views.archive.customers import writable_customer


class MoveForm(KeptForm):
    """Which version to move to; chosen before by the address, so that its changes are read."""

    plan_version_id = forms.UUIDField(widget=forms.HiddenInput)
    reason = paragraph(gettext_lazy("Reason"), rows=2)


def newer_version(actor: Actor, row: ContractRow) -> PlanVersionRow | None:
    """The newest version of a contract's plan on offer when it is not the contract's already."""
    code = compiled_plan(row.plan_version_id).plan.code
    newest = newest_offered(actor, code, today_of(timezone.now()))
    return newest if newest and newest.number > row.plan_number else None


@require_http_methods(["GET", "POST"])
@page
def move(request: HttpRequest, contract_id: UUID) -> HttpResponse:
    """What another version would change for this contract, and the button that moves it."""
    actor = actor_of(request)
    row = get_contract(actor, contract_id)
    writable_customer(actor, row.customer_public_id, Permission.CONTRACT_WRITE)
    target = _target(request, actor, row)
    initial = {"plan_version_id": str(target.public_id), "version": row.version}
    form = MoveForm(posted(request), initial=initial)
    address = reverse("console:contracts_one", args=[contract_id])

    def save() -> UUID:
        return move_contract(
            actor=actor,
            contract_id=contract_id,
            version=form.cleaned_data["version"],
            plan_version_id=form.cleaned_data["plan_version_id"],
            reason=form.cleaned_data["reason"],
            now=timezone.now(),
        ).public_id

    return form_page(
        request,
        FormPage(
            title=_("Move %(contract)s to v%(number)s")
            % {"contract": row.number, "number": target.number},
            form=form,
            route=f"console.contracts.move.{contract_id}",
            save=save,
            done=lambda _made: address,
            back=Link(address, row.number),
            lead=_("Requests already running keep the plan they began with."),
            saved=_("Moved. New requests get the promises of this version."),
            button=_("Move"),
            template="console/archive/move.html",
            extra=_compared(actor, row, target),
        ),
    )


def _target(request: HttpRequest, actor: Actor, row: ContractRow) -> PlanVersionRow:
    """The version named by the form or the address, else the newest; NotFound without one."""
    chosen = request.POST.get("plan_version_id") or request.GET.get("to", "")
    found = get_plan_version(actor, chosen) if chosen else newer_version(actor, row)
    if found is None:
        raise NotFound
    return found


def _compared(actor: Actor, row: ContractRow, target: PlanVersionRow) -> dict[str, Any]:
    present = get_plan_version(actor, row.plan_version_public_id)
    others = [
        one
        for one in list_plan_versions(actor)
        if one.code == present.code and one.number != present.number
    ]
    before, now = compiled_plan(present.id), timezone.now()
    beside = what_moving_changes(actor, row.public_id, target.public_id, now)
    return {
        "own": beside.own,
        "cases": _with_heads(actor, beside.cases),
        "total": beside.total,
        "target": target,
        "others": others,
        "changes": changes_between(present, target),
        "previews": previews(compiled_plan(target.id), now, before),
    }


def _with_heads(actor: Actor, cases: Sequence[CaseBeside]) -> list[tuple[CaseBeside, Head | None]]:
    heads = heads_of(actor, cases)
    return [(one, heads.get(one.subject_id)) for one in cases]
