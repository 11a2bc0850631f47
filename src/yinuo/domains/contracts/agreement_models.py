"""Tables of what was agreed beside the plan's clauses, and of reminders already sent."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from yinuo.platform.identifiers import new_public_id


class Agreement(models.Model):
    """A term or later agreement of a contract, kept like any other promise (MS-07).

    With a due day it is owed until `kept_on` is set; without one it is a term to read.
    """

    public_id = models.UUIDField(default=new_public_id, unique=True)
    version = models.IntegerField(default=1)
    contract = models.ForeignKey("contracts.Contract", models.PROTECT, related_name="agreements")
    text = models.CharField(max_length=4000)
    agreed_on = models.DateField()
    due_on = models.DateField(null=True)
    responsible = models.ForeignKey("network.Person", models.PROTECT, null=True, related_name="+")
    kept_on = models.DateField(null=True)
    withdrawn_on = models.DateField(null=True)
    outcome = models.CharField(max_length=400, default="", blank=True)
    entered_at = models.DateTimeField()
    entered_by = models.CharField(max_length=80)

    class Meta:
        db_table = "contracts_agreement"
        indexes = [
            models.Index(
                fields=["due_on", "id"],
                condition=Q(kept_on__isnull=True, withdrawn_on__isnull=True),
                name="contracts_agreements_open",
            ),
            models.Index(fields=["contract", "id"], name="contracts_agreements_of"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(kept_on__isnull=True) | Q(withdrawn_on__isnull=True),
                name="contracts_agreement_one_end",
            ),
        ]


class Reminder(models.Model):
    """That somebody was told of an end or a due day; the unique row lets it happen once."""

    contract = models.ForeignKey("contracts.Contract", models.PROTECT, related_name="reminders")
    # `expiry`, or `agreement:` or `missed:` and the id of the agreement.
    about = models.CharField(max_length=60)
    # The day it was about: an end that moves is told again.
    on = models.DateField()
    at = models.DateTimeField()

    class Meta:
        db_table = "contracts_reminder"
        constraints = [
            models.UniqueConstraint(
                fields=["contract", "about", "on"], name="contracts_reminded_once"
            ),
        ]
