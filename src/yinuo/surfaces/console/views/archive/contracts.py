"""Contracts: the page of one, and the forms to make and change it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from yinuo.domains.assets.selectors import get_asset, get_project
from yinuo.domains.contracts.cycle import cycle_of
from yinuo.domains.contracts.figures import figures_of
from yinuo.domains.contracts.kinds import kind_title
from yinuo.domains.contracts.life import life_of
from yinuo.domains.contracts.papers import list_papers
from yinuo.domains.contracts.plans import compiled_plan
from yinuo.domains.contracts.selectors import (
    get_contract,
    get_plan_version,
    list_plan_versions,
)
from yinuo.domains.contracts.services import create_contract, edit_contract
from yinuo.domains.contracts.types import ContractRow, ContractStanding
from yinuo.domains.customers.selectors import get_customer, get_site
from yinuo.domains.network.permissions import Permission
from yinuo.domains.network.selectors import page_people
from yinuo.domains.network.types import Actor
from yinuo.kernel.plan.plan import Parameter, Plan
from yinuo.platform.errors import NotFound
from yinuo.platform.paging import MOST_PER_PAGE
from yinuo.surfaces.console import cover_words, words
from yinuo.surfaces.console.access import actor_of, page
from yinuo.surfaces.console.customer_file import (
    asset_choices,
    project_choices,
    rights_at,
    site_choices,
)
from yinuo.surfaces.console.editing import FormPage, Link, form_page, posted
from yinuo.surfaces.console.views.archive.contract_form import (
    PREFIX,
    ContractForm,
    initial_of,
    parameter_title,
)
from yinuo.surfaces.console.views.archive.contract_life import price_words
from yinuo.surfaces.console.views.archive.contract_promises import promises_beside
from yinuo.surfaces.console.views.archive.customers import back_to, writable_customer
from yinuo.surfaces.console.views.archive.moving import newer_version

TEMPLATE = "console/archive/contract_form.html"
PART = "contracts"
KIND = "kind"


@require_GET
@page
def one(request: HttpRequest, contract_id: UUID) -> HttpResponse:
    """One contract: dates, money, what it covers, the figures it sets."""
    actor = actor_of(request)
    row = get_contract(actor, contract_id)
    customer = get_customer(actor, row.customer_public_id)
    titles = {each.name: parameter_title(each) for each in plan_parameters(row.plan_version_id)}
    now = timezone.now()
    life = life_of(actor, contract_id, timezone.localdate(now))
    cycle = cycle_of(actor, contract_id, now)
    context: dict[str, Any] = {
        "contract": row,
        "kind": kind_title(compiled_plan(row.plan_version_id).plan, row.kind),
        "customer": customer,
        "project": get_project(actor, row.project_public_id) if row.project_public_id else None,
        "cycle": cycle,
        "over": cycle.ends_on is not None and cycle.ends_on <= timezone.localdate(now),
        "stages": cover_words.STAGES.items(),
        "life": life,
        "renewal": price_words(life.renewal_price) if life.renewal_price else "",
        "may": rights_at(actor, customer),
        "sites": [get_site(actor, site_id) for site_id in row.site_public_ids],
        "assets": [get_asset(actor, asset_id) for asset_id in row.asset_public_ids],
        "figures": [(titles.get(name, name), value) for name, value in row.parameters.items()],
        "newer": newer_version(actor, row),
        "papers": list_papers(actor, contract_id=contract_id),
        "new_paper": reverse("console:contracts_papers_new", args=[contract_id]),
        "today": timezone.localdate(now),
    }
    context |= promises_beside(actor, contract_id, context["papers"], life.agreements, now)
    return render(request, "console/archive/contract.html", context)


@require_http_methods(["GET", "POST"])
@page
def new(request: HttpRequest, customer_id: UUID) -> HttpResponse:
    """Bind the customer, or some sites or assets of his, to a version of a plan."""
    actor = actor_of(request)
    customer = writable_customer(actor, customer_id, Permission.CONTRACT_WRITE)
    initial = {"starts_on": timezone.localdate(), "responsible_id": str(actor.person_public_id)}
    form = _form(request, actor, customer_id, initial)

    def save() -> UUID:
        data, now = form.contract(), timezone.now()
        return create_contract(actor=actor, customer_id=customer_id, data=data, now=now).public_id

    return form_page(
        request,
        FormPage(
            title=_("New contract"),
            form=form,
            route=f"console.contracts.new.{customer_id}",
            save=save,
            done=_address,
            back=back_to(customer, PART),
            template=TEMPLATE,
            extra={"may_publish": actor.may(Permission.PLAN_PUBLISH)},
        ),
    )


@require_http_methods(["GET", "POST"])
@page
def edit(request: HttpRequest, contract_id: UUID) -> HttpResponse:
    """Change a contract. Cases already running keep the plan version they began with."""
    actor = actor_of(request)
    row = get_contract(actor, contract_id)
    customer = writable_customer(actor, row.customer_public_id, Permission.CONTRACT_WRITE)
    form = _form(request, actor, customer.public_id, initial_of(row), row)

    def save() -> UUID:
        return edit_contract(
            actor=actor,
            contract_id=contract_id,
            version=form.cleaned_data["version"],
            data=form.contract(row),
            now=timezone.now(),
        ).public_id

    return form_page(
        request,
        FormPage(
            title=row.number,
            form=form,
            route=f"console.contracts.edit.{contract_id}",
            save=save,
            done=_address,
            back=Link(_address(contract_id), row.number),
            lead=_lead(row),
            template=TEMPLATE,
            extra={"may_publish": actor.may(Permission.PLAN_PUBLISH)},
        ),
    )


@require_GET
@page
def terms(request: HttpRequest) -> HttpResponse:
    """The figures of the plan just chosen, as fields; what was typed in them stays."""
    actor = actor_of(request)
    given = {name: value for name, value in request.GET.items() if name.startswith((PREFIX, KIND))}
    plan = _plan(actor, request.GET.get("plan_version_id", ""))
    form = ContractForm(
        plans=(),
        sites=(),
        assets=(),
        projects=(),
        parameters=figures_of(plan) if plan else (),
        packages=plan.packages if plan else (),
        kinds=_kinds(plan, ""),
        initial=given,
    )
    return render(request, "console/archive/parts/terms.html", {"form": form})


def plan_parameters(plan_version_id: int) -> tuple[Parameter, ...]:
    """The figures that contracts of a plan version may set; the version is already visible."""
    return figures_of(compiled_plan(plan_version_id).plan)


def _form(
    request: HttpRequest,
    actor: Actor,
    customer_id: UUID,
    initial: dict[str, Any],
    row: ContractRow | None = None,
) -> ContractForm:
    plans = _plan_choices(actor)
    if row is None and len(plans) == 1:
        initial["plan_version_id"] = plans[0][0]
    plan = _plan(actor, request.POST.get("plan_version_id", initial.get("plan_version_id", "")))
    sites = site_choices(actor, customer_id)
    assets = asset_choices(actor, customer_id)
    if row is not None:
        sites = _with_all(sites, [get_site(actor, one) for one in row.site_public_ids])
        assets = _with_all(assets, [get_asset(actor, one) for one in row.asset_public_ids])
    return ContractForm(
        posted(request),
        plans=plans,
        sites=sites,
        assets=assets,
        projects=project_choices(actor, customer_id),
        parameters=figures_of(plan) if plan else (),
        people=_people(actor, row),
        # A contract buys its package when it is signed.
        packages=plan.packages if plan and row is None else (),
        kinds=_kinds(plan, row.kind if row else ""),
        initial=initial,
    )


def _plan(actor: Actor, plan_version_id: str) -> Plan | None:
    """The plan chosen; None while none is, or for one out of sight."""
    try:
        version = get_plan_version(actor, plan_version_id)
    except NotFound:
        return None
    return compiled_plan(version.id).plan


def _kinds(plan: Plan | None, held: str) -> list[tuple[str, str]]:
    """The kinds of contract of a plan; one held from an earlier version stays on the list."""
    kinds = [(one.code, kind_title(plan, one.code)) for one in plan.contract_kinds] if plan else []
    known = {code for code, _title in kinds}
    return [*kinds, (held, held)] if kinds and held and held not in known else kinds


def _people(actor: Actor, row: ContractRow | None) -> list[tuple[str, str]]:
    """Who may be put in charge; who is so already stays on the list, also when he has left."""
    people = page_people(actor, limit=MOST_PER_PAGE).items
    found = [(str(one.public_id), one.name) for one in people if one.active]
    kept = (str(row.responsible_public_id), row.responsible) if row else ("", "")
    return found if not kept[1] or kept in found else [kept, *found]


def _plan_choices(actor: Actor) -> list[tuple[str, str]]:
    return [
        (
            str(row.public_id),
            f"{words.in_language(row.title_zh, row.title_en)} v{row.number}",
        )
        for row in list_plan_versions(actor)
    ]


def _with_all(choices: list[tuple[str, str]], rows: Sequence[Any]) -> list[tuple[str, str]]:
    """The choices, and those chosen before that are no longer offered."""
    known = {code for code, _name in choices}
    missing = [row for row in rows if str(row.public_id) not in known]
    return choices + [(str(row.public_id), row.name) for row in missing]


def _lead(row: ContractRow) -> str:
    """What the form says above its fields: also the end that counts, where it is another one."""
    said = [_("Requests already running keep the plan they began with.")]
    today = timezone.localdate()
    end = row.runs_until(today)
    if end and end != row.ends_on:
        last = date_format(end - timedelta(days=1), "DATE_FORMAT")
        said.append(_("By its supplements the last day is %(day)s.") % {"day": last})
    if row.standing(today) is ContractStanding.ENDED:
        said.append(_("The contract has ended."))
    return " ".join(said)


def _address(contract_id: object) -> str:
    return reverse("console:contracts_one", args=[contract_id])
