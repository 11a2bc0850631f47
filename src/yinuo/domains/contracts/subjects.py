"""Contracts as subjects of their own plan: what their own promises depend on. Already scoped."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.db.models import Min, Prefetch, QuerySet

from yinuo.domains.contracts.models import Contract, ContractCoverage
from yinuo.domains.contracts.types import ContractTerms
from yinuo.domains.customers.calls import first_zones

CHANGED = ("total", "annual_fee", "ends_on")


@dataclass(frozen=True, slots=True)
class ContractSubject:
    """A contract with everything that its own promises follow from.

    `terms` are those first signed; `changes` what supplements changed, by the day they took
    effect; `suspensions` half-open days, without end while suspended. `site_ids` narrows it to some
    sites (internal ids), None for the whole customer. `entered_at` is when the product first knew
    of it. `owner_id` is the person in charge of it (internal id).
    """

    id: int
    version: int
    customer_id: int
    unit_id: int
    plan_version_id: int
    zone: str
    terms: ContractTerms
    entered_at: datetime
    changes: tuple[tuple[date, dict[str, Any]], ...]
    suspensions: tuple[tuple[date, date | None], ...]
    site_ids: frozenset[int] | None
    owner_id: int | None

    def ends_on(self, day: date) -> date | None:
        """The first day it no longer runs, as known on a day: a supplement may have moved it."""
        end = self.terms.ends_on
        for effective_on, changed in self.changes:
            if effective_on <= day and "ends_on" in changed:
                end = date.fromisoformat(changed["ends_on"])
        return end

    def runs_on(self, day: date) -> bool:
        """Whether it runs on a day; a suspended contract runs, though it covers nothing."""
        end = self.ends_on(day)
        return self.terms.starts_on <= day and (end is None or day < end)

    def has_site(self, site_id: int | None) -> bool:
        """Whether something done at a site (None: nowhere in particular) is done for it."""
        return site_id is None or self.site_ids is None or site_id in self.site_ids


def read_contracts(contract_ids: Iterable[int]) -> dict[int, ContractSubject]:
    """Contracts by internal id; five statements for any number of them."""
    rows = list(_loaded().filter(pk__in=list(contract_ids)))
    zones = first_zones(row.customer_id for row in rows)
    return {row.pk: _subject(row, zones.get(row.customer_id, settings.TIME_ZONE)) for row in rows}


def with_supplement(contract: ContractSubject, effective_on: date, said: Any) -> ContractSubject:
    """The contract as it would stand with one supplement more, the last one of its day.

    `said` has the names of a supplement: total, annual fee, end and parameters.
    """
    changes = sorted(
        [*contract.changes, (effective_on, _changed(said))], key=lambda change: change[0]
    )
    return replace(contract, changes=tuple(changes))


def contracts_after(contract_id: int, at_most: int) -> list[tuple[int, int]]:
    """Internal id and version of the contracts that follow an id, in order; for going over all."""
    rows = Contract.objects.filter(pk__gt=contract_id).order_by("pk")
    return list(rows.values_list("pk", "version")[:at_most])


def ids_of(public_ids: Iterable[Any]) -> list[int]:
    """Internal ids of contracts by public id; unknown ones are left out."""
    return list(
        Contract.objects.filter(public_id__in=list(public_ids)).values_list("pk", flat=True)
    )


def ids_of_customers(public_ids: Iterable[Any]) -> list[int]:
    """Internal ids of all contracts of customers, by the customers' public ids."""
    rows = Contract.objects.filter(customer__public_id__in=list(public_ids))
    return list(rows.values_list("pk", flat=True))


def _loaded() -> QuerySet[Contract]:
    coverage = ContractCoverage.objects.select_related("site", "asset")
    return (
        Contract.objects.select_related("customer")
        .annotate(entered_at=Min("stages__at"))
        .prefetch_related(Prefetch("coverage", coverage), "supplements", "suspensions")
    )


def _subject(row: Any, zone: str) -> ContractSubject:
    coverage = list(row.coverage.all())
    sites = {one.site_id or one.asset.site_id for one in coverage}
    zones = [one.site.zone for one in coverage if one.site]
    changes = sorted(row.supplements.all(), key=lambda one: (one.effective_on, one.pk))
    return ContractSubject(
        id=row.pk,
        version=row.version,
        customer_id=row.customer_id,
        unit_id=row.customer.unit_id,
        plan_version_id=row.plan_version_id,
        zone=zones[0] if zones else zone,
        terms=ContractTerms(
            public_id=row.public_id,
            starts_on=row.starts_on,
            ends_on=row.ends_on,
            kind=row.kind,
            total=row.total,
            annual_fee=row.annual_fee,
            parameters=row.parameters,
        ),
        entered_at=row.entered_at,
        changes=tuple((one.effective_on, _changed(one)) for one in changes),
        suspensions=tuple(sorted((one.begins_on, one.ends_on) for one in row.suspensions.all())),
        site_ids=frozenset(one for one in sites if one) if coverage else None,
        owner_id=row.responsible_id,
    )


def _changed(supplement: Any) -> dict[str, Any]:
    """What a supplement changes, as attributes of a fact."""
    given = {name: getattr(supplement, name) for name in CHANGED}
    shown = {
        name: value.isoformat() if isinstance(value, date) else value
        for name, value in given.items()
        if value is not None
    }
    return {**supplement.parameters, **shown}
