"""Reading contracts and plan versions; limited to what the actor may see."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery

from yinuo.domains.contracts.ending import InCycle, in_cycle
from yinuo.domains.contracts.models import Contract, PlanVersion
from yinuo.domains.contracts.policies import visible_contracts, visible_plan_versions
from yinuo.domains.contracts.types import ContractRow, PlanVersionRow, Renewal, end_that_counts
from yinuo.domains.network.types import Actor
from yinuo.kernel.cover.candidates import Period
from yinuo.platform.paging import Page, chosen_order, page_of
from yinuo.platform.scoped import identity, one_of

CONTRACT_ORDERS = {
    "newest": ("-id",),
    "number": ("number", "id"),
    "starts": ("starts_on", "id"),
}


def list_contracts(
    actor: Actor,
    *,
    customer_id: object = None,
    plan_version_id: object = None,
    cycle: InCycle | None = None,
    text: str = "",
    sort: str = "",
    cursor: str = "",
    limit: int = 50,
) -> Page[ContractRow]:
    """Visible contracts, newest first or as `sort` says; by number or customer name.

    Of one customer or on one plan version, each by public id, when given; of a part of the cycle.
    """
    contracts = _with_names(visible_contracts(actor))
    if customer_id is not None:
        contracts = contracts.filter(customer__public_id=identity(customer_id))
    if plan_version_id is not None:
        contracts = contracts.filter(plan_version__public_id=identity(plan_version_id))
    if cycle is not None:
        contracts = in_cycle(contracts, cycle)
    if word := text.strip():
        contracts = contracts.filter(Q(number__icontains=word) | Q(customer__name__icontains=word))
    order = chosen_order(CONTRACT_ORDERS, sort)
    return page_of(contracts, order=order, cursor=cursor, limit=limit).map(_contract_row)


def count_contracts(actor: Actor, plan_version_ids: Iterable[int]) -> dict[int, int]:
    """How many visible contracts are bound to each of these versions (internal ids)."""
    bound = visible_contracts(actor).filter(plan_version_id__in=list(plan_version_ids))
    counted = bound.order_by("plan_version_id").values_list("plan_version_id")
    return dict(counted.annotate(contracts=Count("id")))


def newest_version(actor: Actor, code: str) -> PlanVersionRow | None:
    """The newest published version of a plan code; None before the first."""
    newest = visible_plan_versions(actor).filter(code=code).order_by("-number").first()
    return _version_row(newest) if newest else None


def newest_offered(actor: Actor, code: str, today: date) -> PlanVersionRow | None:
    """The newest version of a plan code that contracts may take on a day; None without any."""
    offered = Q(offered_from__isnull=True) | Q(offered_from__lte=today)
    versions = visible_plan_versions(actor).filter(offered, code=code, withdrawal__isnull=True)
    newest = versions.order_by("-number").first()
    return _version_row(newest) if newest else None


def get_contract(actor: Actor, public_id: object) -> ContractRow:
    """One visible contract; NotFound otherwise."""
    return _contract_row(one_of(_with_names(visible_contracts(actor)), public_id))


def list_plan_versions(actor: Actor, *, newest_only: bool = False) -> list[PlanVersionRow]:
    """Published versions by code, newest first; only each code's newest when asked."""
    versions = visible_plan_versions(actor).defer("source").order_by("code", "-number")
    if newest_only:
        newest = (
            PlanVersion.objects.filter(code=OuterRef("code")).order_by("-number").values("id")[:1]
        )
        versions = versions.filter(id=Subquery(newest))
    return [_version_row(version) for version in versions]


def page_plan_versions(actor: Actor, *, cursor: str = "", limit: int = 50) -> Page[PlanVersionRow]:
    """Published versions, newest first, page by page."""
    versions = visible_plan_versions(actor).defer("source")
    return page_of(versions, order=("-id",), cursor=cursor, limit=limit).map(_version_row)


def get_plan_version(actor: Actor, public_id: object) -> PlanVersionRow:
    """One published version; NotFound otherwise."""
    return _version_row(one_of(visible_plan_versions(actor), public_id))


def get_plan_source(actor: Actor, public_id: object) -> str:
    """The file a version was published from."""
    return one_of(visible_plan_versions(actor), public_id).source


def _with_names(contracts: QuerySet[Contract]) -> QuerySet[Contract]:
    return contracts.select_related(
        "customer", "plan_version", "project", "responsible"
    ).prefetch_related(
        "coverage__site", "coverage__asset", "supplements", "suspensions", "renewals__supplements"
    )


def _moved_ends(contract: Contract) -> tuple[tuple[date, date], ...]:
    rows = sorted(contract.supplements.all(), key=lambda one: (one.effective_on, one.pk))
    return tuple((one.effective_on, one.ends_on) for one in rows if one.ends_on)


def _renewal(contract: Contract) -> Renewal | None:
    """It runs until its last known end: its supplements are part of what was signed on."""
    for one in contract.renewals.all():
        end = end_that_counts(one.ends_on, _moved_ends(one), date.max)
        return Renewal(one.public_id, one.number, end)
    return None


def _contract_row(contract: Contract) -> ContractRow:
    coverage = contract.coverage.all()
    return ContractRow(
        id=contract.pk,
        public_id=contract.public_id,
        version=contract.version,
        number=contract.number,
        customer_public_id=contract.customer.public_id,
        customer_name=contract.customer.name,
        plan_version_id=contract.plan_version_id,
        plan_version_public_id=contract.plan_version.public_id,
        plan_title_zh=contract.plan_version.title_zh,
        plan_title_en=contract.plan_version.title_en,
        plan_number=contract.plan_version.number,
        kind=contract.kind,
        starts_on=contract.starts_on,
        ends_on=contract.ends_on,
        total=contract.total,
        annual_fee=contract.annual_fee,
        currency=contract.currency,
        parameters=contract.parameters,
        site_public_ids=tuple(row.site.public_id for row in coverage if row.site),
        asset_public_ids=tuple(row.asset.public_id for row in coverage if row.asset),
        stage=contract.stage,
        covers=tuple(contract.covers),
        project_public_id=contract.project.public_id if contract.project else None,
        remind_days=contract.remind_days,
        responsible_public_id=contract.responsible.public_id if contract.responsible else None,
        responsible=contract.responsible.name if contract.responsible else "",
        unit_id=contract.customer.unit_id,
        moved_ends=_moved_ends(contract),
        pauses=tuple(Period(one.begins_on, one.ends_on) for one in contract.suspensions.all()),
        renewed_by=_renewal(contract),
    )


def _version_row(version: PlanVersion) -> PlanVersionRow:
    return PlanVersionRow(
        id=version.pk,
        public_id=version.public_id,
        code=version.code,
        number=version.number,
        title_zh=version.title_zh,
        title_en=version.title_en,
        published_at=version.published_at,
        published_by=version.published_by,
        offered_from=version.offered_from,
    )
