"""The assets a contract covers, as far as what it must keep follows from them. Already scoped."""

from __future__ import annotations

from django.db.models import Q

from yinuo.domains.assets.in_use import models_in_use
from yinuo.domains.contracts.models import Contract, ContractCoverage


def models_covered(contract_id: int) -> dict[str, int]:
    """How many assets in use of each model a contract (internal id) covers; one statement."""
    coverage = ContractCoverage.objects.filter(contract_id=contract_id)
    named = Q(pk__in=coverage.filter(asset__isnull=False).values("asset_id"))
    named |= Q(site_id__in=coverage.filter(site__isnull=False).values("site_id"))
    whole = Contract.objects.filter(pk=contract_id, coverage__isnull=True)
    named |= Q(customer_id__in=whole.values("customer_id"))
    return models_in_use(named)
