"""Tables of the ledger of charges and of statements; rows are added, never changed (R41, R42)."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from yinuo.domains.billing.charge_types import Borne, Entry
from yinuo.platform.identifiers import new_public_id

_BORNE = [one.value for one in Borne]
_ENTRIES = [one.value for one in Entry]


class Charge(models.Model):
    """One line of the ledger: what it is for, who bears it, the rule and figures that made it.

    A correction adds rows: the reversal of the old one, and what it should have been.
    """

    public_id = models.UUIDField(default=new_public_id)
    entry = models.CharField(max_length=12)
    borne_by = models.CharField(max_length=16)
    unit = models.ForeignKey("network.ServiceUnit", models.PROTECT, related_name="+")
    customer = models.ForeignKey("customers.Customer", models.PROTECT, related_name="+")
    contract = models.ForeignKey("contracts.Contract", models.PROTECT, null=True, related_name="+")
    request = models.ForeignKey("requests.Request", models.PROTECT, related_name="+")
    work_order = models.ForeignKey(
        "fieldwork.WorkOrder", models.PROTECT, null=True, related_name="+"
    )
    price_list = models.ForeignKey("billing.PriceListVersion", models.PROTECT, related_name="+")
    # The row this one takes back or replaces.
    corrects = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
    occurred_on = models.DateField()
    # What was asked for and the line the list made of it, as the quote keeps them.
    item = models.JSONField()
    line = models.JSONField()
    amount = models.DecimalField(max_digits=18, decimal_places=2)
    # Shared by the two rows that bear one line where the goodwill of the case ended.
    split = models.UUIDField(null=True)
    currency = models.CharField(max_length=3)
    # The cover of the request when it was charged, and why at our cost, or why corrected.
    cover = models.CharField(max_length=12)
    reason = models.TextField(default="")
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=80)

    class Meta:
        db_table = "billing_charge"
        indexes = [
            models.Index(fields=["request", "id"], name="charges_of_request"),
            models.Index(fields=["customer", "occurred_on", "id"], name="charges_of_customer"),
            models.Index(fields=["contract", "occurred_on", "id"], name="charges_of_contract"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["public_id"], name="charge_public_id"),
            models.UniqueConstraint(
                fields=["corrects"], name="charge_reversed_once", condition=Q(entry="reversal")
            ),
            models.CheckConstraint(
                condition=Q(entry__in=_ENTRIES, borne_by__in=_BORNE), name="charge_words"
            ),
            models.CheckConstraint(
                condition=Q(entry="charge", amount__gte=0)
                | Q(entry="reversal", amount__lte=0, corrects__isnull=False),
                name="charge_signs",
            ),
            models.CheckConstraint(
                condition=Q(entry="charge", corrects__isnull=True, borne_by="customer")
                | ~Q(reason=""),
                name="charge_says_why",
            ),
        ]


class Rejection(models.Model):
    """A finished sheet that a person decided not to charge, and why."""

    public_id = models.UUIDField(default=new_public_id)
    request = models.ForeignKey("requests.Request", models.PROTECT, related_name="+")
    work_order = models.OneToOneField("fieldwork.WorkOrder", models.PROTECT, related_name="+")
    reason = models.TextField()
    rejected_at = models.DateTimeField()
    rejected_by = models.CharField(max_length=80)

    class Meta:
        db_table = "billing_rejection"
        constraints = [
            models.UniqueConstraint(fields=["public_id"], name="rejection_public_id"),
            models.CheckConstraint(condition=~Q(reason=""), name="rejection_says_why"),
        ]


class Statement(models.Model):
    """The charges of a customer, or of one of his contracts, over a period, netted."""

    public_id = models.UUIDField(default=new_public_id)
    number = models.CharField(max_length=40)
    unit = models.ForeignKey("network.ServiceUnit", models.PROTECT, related_name="+")
    customer = models.ForeignKey("customers.Customer", models.PROTECT, related_name="+")
    contract = models.ForeignKey("contracts.Contract", models.PROTECT, null=True, related_name="+")
    # First and last day, both within.
    starts_on = models.DateField()
    ends_on = models.DateField()
    total = models.DecimalField(max_digits=18, decimal_places=2)
    currency = models.CharField(max_length=3)
    issued_at = models.DateTimeField()
    issued_by = models.CharField(max_length=80)

    class Meta:
        db_table = "billing_statement"
        indexes = [models.Index(fields=["customer", "-id"], name="statements_of_customer")]
        constraints = [
            models.UniqueConstraint(fields=["public_id"], name="statement_public_id"),
            models.UniqueConstraint(fields=["number"], name="statement_number"),
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")), name="statement_period"
            ),
        ]


class StatementLine(models.Model):
    """A charge on a statement; each stands on one at most."""

    statement = models.ForeignKey(Statement, models.PROTECT, related_name="lines")
    charge = models.OneToOneField(Charge, models.PROTECT, related_name="+")

    class Meta:
        db_table = "billing_statement_line"
