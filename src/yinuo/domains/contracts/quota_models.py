"""Tables of what counts down: visits and hours bought with a contract, and each use of them."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from yinuo.platform.identifiers import new_public_id


class Quota(models.Model):
    """So many visits or hours within a period of a contract, half-open, and how many are used.

    `used` never passes `included`: the database refuses it, so that of two at the same time one is
    told that nothing is left.
    """

    public_id = models.UUIDField(default=new_public_id, unique=True)
    contract = models.ForeignKey("contracts.Contract", models.PROTECT, related_name="quotas")
    kind = models.CharField(max_length=10)
    begins_on = models.DateField()
    ends_on = models.DateField(null=True)
    included = models.DecimalField(max_digits=10, decimal_places=2)
    used = models.DecimalField(max_digits=10, decimal_places=2, default=0)

    class Meta:
        db_table = "contracts_quota"
        constraints = [
            models.CheckConstraint(
                condition=Q(used__gte=0, used__lte=F("included")), name="contracts_quota_not_passed"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=["visits", "hours"]), name="contracts_quota_kind"
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gt=F("begins_on")),
                name="contracts_quota_in_order",
            ),
            models.UniqueConstraint(
                fields=["contract", "kind", "begins_on"], name="contracts_quota_once"
            ),
        ]


class QuotaUse(models.Model):
    """One use of a quota, or a use given back (negative), with what it was for. Append-only.

    `amount` is what the quota covers of it, `beyond` what it no longer does: the customer pays it.
    """

    public_id = models.UUIDField(default=new_public_id, unique=True)
    quota = models.ForeignKey(Quota, models.PROTECT, related_name="uses")
    amount = models.DecimalField(max_digits=10, decimal_places=2)
    beyond = models.DecimalField(max_digits=10, decimal_places=2, default=0)
    # What used it, in words or as a number: a work order, a request. Counted once for each.
    reference = models.CharField(max_length=120)
    # A sheet that is corrected is taken back and counted anew.
    revision = models.IntegerField(default=1)
    corrects = models.ForeignKey("self", models.PROTECT, null=True, related_name="corrections")
    # The request it was for; none for what a person counts by hand.
    request_public_id = models.UUIDField(null=True)
    used_on = models.DateField()
    note = models.CharField(max_length=400, default="", blank=True)
    at = models.DateTimeField()
    actor_label = models.CharField(max_length=80)

    class Meta:
        db_table = "contracts_quota_use"
        constraints = [
            models.UniqueConstraint(
                fields=["quota", "reference", "revision"],
                condition=Q(corrects__isnull=True),
                name="contracts_quota_used_once",
            ),
            models.UniqueConstraint(fields=["corrects"], name="contracts_quota_taken_back_once"),
            models.CheckConstraint(
                condition=~Q(amount=0, beyond=0), name="contracts_quota_use_of_something"
            ),
            models.CheckConstraint(
                condition=Q(corrects__isnull=True, amount__gte=0, beyond__gte=0)
                | Q(corrects__isnull=False, amount__lte=0, beyond__lte=0),
                name="contracts_quota_use_signs",
            ),
        ]
        indexes = [
            models.Index(
                fields=["request_public_id"],
                condition=Q(request_public_id__isnull=False),
                name="contracts_uses_of_request",
            ),
        ]
