"""Table of the price lists agreed with customers; rows are added, never changed (R42)."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from yinuo.platform.identifiers import new_public_id


class AgreedPrices(models.Model):
    """By which price list a customer, or one of his contracts, pays from then on.

    The last row of a customer or contract counts; one without a list ends what was agreed before.
    """

    public_id = models.UUIDField(default=new_public_id)
    customer = models.ForeignKey("customers.Customer", models.PROTECT, related_name="+")
    # Empty: for the customer as a whole.
    contract = models.ForeignKey("contracts.Contract", models.PROTECT, null=True, related_name="+")
    price_list = models.ForeignKey(
        "billing.PriceListVersion", models.PROTECT, null=True, related_name="+"
    )
    reason = models.TextField(default="")
    agreed_at = models.DateTimeField()
    agreed_by = models.CharField(max_length=80)

    class Meta:
        db_table = "billing_agreed_prices"
        indexes = [
            models.Index(fields=["customer", "-id"], name="agreed_prices_of_customer"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["public_id"], name="agreed_prices_public_id"),
            models.CheckConstraint(
                condition=Q(price_list__isnull=False) | ~Q(reason=""),
                name="agreed_prices_end_says_why",
            ),
        ]
