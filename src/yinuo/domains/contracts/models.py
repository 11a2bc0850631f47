"""Tables of plan versions (never changed) and contracts."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from yinuo.domains.contracts.agreement_models import Agreement, Reminder
from yinuo.domains.contracts.cycle_models import StageEntry, Supplement, Suspension
from yinuo.domains.contracts.paper_models import Paper, PaperHandover
from yinuo.domains.contracts.plan_models import PlanDraft, PlanDraftText, PlanTest, PlanWithdrawal
from yinuo.domains.contracts.quota_models import Quota, QuotaUse
from yinuo.domains.contracts.statutory_models import StatutoryYearRow
from yinuo.domains.contracts.types import FREE_ITEMS
from yinuo.kernel.contract_stages import Stage
from yinuo.platform.identifiers import new_public_id

__all__ = [
    "Agreement",
    "Contract",
    "ContractCoverage",
    "Paper",
    "PaperHandover",
    "PlanDraft",
    "PlanDraftText",
    "PlanTest",
    "PlanVersion",
    "PlanWithdrawal",
    "Quota",
    "QuotaUse",
    "Reminder",
    "StageEntry",
    "StatutoryYearRow",
    "Supplement",
    "Suspension",
]


class PlanVersion(models.Model):
    """A published service plan, kept as the file it was published from. Append-only."""

    public_id = models.UUIDField(default=new_public_id, unique=True)
    code = models.CharField(max_length=60)
    number = models.IntegerField()
    title_zh = models.CharField(max_length=200)
    title_en = models.CharField(max_length=200)
    source = models.TextField()
    content_hash = models.CharField(max_length=64)
    published_at = models.DateTimeField()
    published_by = models.CharField(max_length=80)
    # New contracts may take it from this day on; empty: from its publication.
    offered_from = models.DateField(null=True, blank=True)

    class Meta:
        db_table = "contracts_plan_version"
        constraints = [
            models.UniqueConstraint(fields=["code", "number"], name="contracts_plan_number"),
            models.UniqueConstraint(fields=["code", "content_hash"], name="contracts_plan_content"),
        ]


def free_items() -> list[str]:
    """What a service contract pays for unless something else is agreed."""
    return list(FREE_ITEMS)


class Contract(models.Model):
    """A customer's contract, bound to one plan version; dates are half-open [starts, ends)."""

    public_id = models.UUIDField(default=new_public_id, unique=True)
    version = models.IntegerField(default=1)
    number = models.CharField(max_length=60)
    customer = models.ForeignKey("customers.Customer", models.PROTECT, related_name="+")
    plan_version = models.ForeignKey(PlanVersion, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=40, default="", blank=True)
    starts_on = models.DateField()
    # Empty: until further notice (a sale whose warranty terms end by themselves).
    ends_on = models.DateField(null=True, blank=True)
    total = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    annual_fee = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    currency = models.CharField(max_length=3, default="CNY")
    # Parameters that clauses of the plan read, such as on_site_hours.
    parameters = models.JSONField(default=dict, blank=True)
    # What is free while it is in force; warranty clauses name their own.
    covers = models.JSONField(default=free_items, blank=True)
    # The plan's service package that was bought with it; empty for none.
    package = models.CharField(max_length=60, default="", blank=True)
    project = models.ForeignKey("assets.Project", models.PROTECT, null=True, related_name="+")
    stage = models.CharField(max_length=20, default=Stage.SIGNING.value)
    # The contract this one renews.
    renews = models.ForeignKey("self", models.PROTECT, null=True, related_name="renewals")
    # Days before its end on which the account manager is told; empty: as set for all.
    remind_days = models.IntegerField(null=True, blank=True)
    # The person in charge of what the contract itself promises; empty: nobody in particular.
    responsible = models.ForeignKey("network.Person", models.PROTECT, null=True, related_name="+")

    class Meta:
        db_table = "contracts_contract"
        indexes = [
            models.Index(fields=["customer", "starts_on"], name="contracts_of_customer"),
            models.Index(fields=["number", "id"], name="contracts_by_number"),
            models.Index(fields=["starts_on", "id"], name="contracts_by_start"),
            models.Index(fields=["ends_on", "id"], name="contracts_by_end"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gt=models.F("starts_on")),
                name="contracts_dates_in_order",
            ),
            models.CheckConstraint(
                condition=(Q(total__isnull=True) | Q(total__gte=0))
                & (Q(annual_fee__isnull=True) | Q(annual_fee__gte=0)),
                name="contracts_money_not_negative",
            ),
            models.UniqueConstraint(fields=["customer", "number"], name="contracts_number_once"),
            models.UniqueConstraint(
                fields=["renews"],
                condition=Q(renews__isnull=False),
                name="contracts_renewed_once",
            ),
            models.CheckConstraint(
                condition=Q(stage__in=[one.value for one in Stage]), name="contracts_known_stage"
            ),
            models.CheckConstraint(
                condition=Q(remind_days__isnull=True) | Q(remind_days__range=(1, 730)),
                name="contracts_remind_days_in_bounds",
            ),
        ]


class ContractCoverage(models.Model):
    """Narrows a contract to a site or an asset; a contract without rows covers the customer."""

    contract = models.ForeignKey(Contract, models.CASCADE, related_name="coverage")
    site = models.ForeignKey("customers.Site", models.PROTECT, null=True, related_name="+")
    asset = models.ForeignKey("assets.Asset", models.PROTECT, null=True, related_name="+")

    class Meta:
        db_table = "contracts_coverage"
        constraints = [
            models.CheckConstraint(
                condition=Q(site__isnull=False, asset__isnull=True)
                | Q(site__isnull=True, asset__isnull=False),
                name="contracts_coverage_of_one_thing",
            )
        ]
