"""Tables of facts and changes (append-only), of obligations as last computed, of steps taken."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from yinuo.domains.obligations.contract_models import (
    ContractLook,
    FigureRow,
    JointExposure,
    ReadUpTo,
)
from yinuo.platform.identifiers import new_public_id

__all__ = [
    "BROUGHT",
    "LIVE",
    "SETTLED",
    "STATES",
    "ChangeRow",
    "ContractLook",
    "EscalationRow",
    "FactRow",
    "FigureRow",
    "JointExposure",
    "ObligationRow",
    "ReadUpTo",
    "SubjectRow",
]

STATES = ("running", "paused", "met", "missed", "void")
# Something is still owed.
LIVE = Q(state__in=["running", "paused"]) | Q(state="missed", ended_at__isnull=True)
# The columns of a promise's money.
EXPOSED = ("accrued", "late_hour", "late_day", "late_week", "price_unknown")
# It was kept or missed, whether made good or not.
SETTLED = Q(state__in=["met", "missed"])
# It is over, was missed and brought a penalty.
BROUGHT = Q(state="missed", ended_at__isnull=False, accrued__gt=0)


class FactRow(models.Model):
    """Something that happened to a subject. Never edited; a later fact may supersede it."""

    public_id = models.UUIDField(default=new_public_id)
    subject_type = models.CharField(max_length=30)
    subject_id = models.UUIDField()
    kind = models.CharField(max_length=60)
    occurred_at = models.DateTimeField()
    received_at = models.DateTimeField()
    source = models.CharField(max_length=20)
    # No names, numbers or free text in here: personal data stand in erasable rows (R59).
    attrs = models.JSONField(default=dict)
    user_id = models.BigIntegerField(null=True)
    actor_label = models.CharField(max_length=80)

    class Meta:
        db_table = "obligations_fact"
        indexes = [models.Index(fields=["subject_id", "id"], name="facts_of_subject")]
        constraints = [models.UniqueConstraint(fields=["public_id"], name="facts_public_id")]


class SubjectRow(models.Model):
    """What a subject's promises depend on. Its lock serialises everything that computes them."""

    subject_type = models.CharField(max_length=30)
    subject_id = models.UUIDField()
    customer_id = models.BigIntegerField()
    unit_id = models.BigIntegerField()
    plan_version_id = models.BigIntegerField(null=True)
    contract_id = models.BigIntegerField(null=True)
    # The contract's terms as of the day the case began: a case that runs keeps them, unless a
    # supplement says later what held on that day.
    terms = models.JSONField(null=True)
    # The person in charge: the first whom ladders tell.
    owner_id = models.BigIntegerField(null=True)
    zone = models.CharField(max_length=64)
    # Which table of statutory days its promises were computed with; a newer one computes them
    # anew. Null while none is live. It stands here, one short row for all of them, because to
    # touch each promise would write all its indexes anew.
    holidays = models.IntegerField(null=True)
    # A supplement that reaches back gave it other terms; its promises are not computed anew yet.
    terms_changed = models.BooleanField(default=False)

    class Meta:
        db_table = "obligations_subject"
        indexes = [
            models.Index(
                fields=["id"],
                name="obligations_other_terms",
                condition=Q(terms_changed=True),
            ),
            models.Index(
                fields=["holidays"],
                name="obligations_holidays",
                condition=Q(holidays__isnull=False),
            ),
            models.Index(
                fields=["contract_id"],
                name="obligations_contract_cases",
                condition=Q(contract_id__isnull=False),
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["subject_id"], name="obligations_subject_once")
        ]


class ObligationRow(models.Model):
    """One promise applied to one subject, as last computed from plan version and facts."""

    public_id = models.UUIDField(default=new_public_id)
    subject_type = models.CharField(max_length=30)
    subject_id = models.UUIDField()
    customer_id = models.BigIntegerField()
    unit_id = models.BigIntegerField()
    plan_version_id = models.BigIntegerField()
    contract_id = models.BigIntegerField(null=True)
    owner_id = models.BigIntegerField(null=True)
    clause = models.CharField(max_length=80)
    promise = models.CharField(max_length=60)
    position = models.IntegerField(default=0)
    state = models.CharField(max_length=10)
    started_at = models.DateTimeField(null=True)
    due_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    late_seconds = models.BigIntegerField(default=0)
    provisional = models.BooleanField(default=False)
    # The next instant at which something happens by itself; null when nothing will.
    next_at = models.DateTimeField(null=True)
    computed_at = models.DateTimeField()
    # Money that we pay, in the plan's currency: what has accrued, and what would come on top an
    # hour, a day, a week after the due time, or after now when it is missed. Null without a price.
    accrued = models.DecimalField(max_digits=24, decimal_places=2, null=True)
    late_hour = models.DecimalField(max_digits=24, decimal_places=2, null=True)
    late_day = models.DecimalField(max_digits=24, decimal_places=2, null=True)
    late_week = models.DecimalField(max_digits=24, decimal_places=2, null=True)
    # A base of the price is not known, so that the amounts lack something.
    price_unknown = models.BooleanField(default=False)

    class Meta:
        db_table = "obligations_obligation"
        indexes = [
            models.Index(
                fields=["next_at"], name="obligations_next", condition=Q(next_at__isnull=False)
            ),
            models.Index(fields=["due_at", "id"], name="obligations_open", condition=LIVE),
            models.Index(
                fields=["customer_id", "due_at"], name="obligations_of_customer", condition=LIVE
            ),
            models.Index(
                fields=["owner_id", "due_at"], name="obligations_of_owner", condition=LIVE
            ),
            models.Index(
                fields=["late_day", "id"],
                name="obligations_at_risk",
                condition=LIVE & Q(late_day__isnull=False),
            ),
            models.Index(fields=["subject_id"], name="obligations_live", condition=LIVE),
            # Holds all that the sums of exposure read, so that they leave the table alone.
            models.Index(
                fields=["contract_id", "customer_id"],
                include=["unit_id", *EXPOSED],
                name="obligations_exposed",
                condition=LIVE & Q(accrued__isnull=False),
            ),
            models.Index(fields=["unit_id"], name="obligations_brought", condition=BROUGHT),
            models.Index(
                fields=["unit_id", "due_at"], name="obligations_settled", condition=SETTLED
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["public_id"], name="obligations_public_id"),
            models.UniqueConstraint(
                fields=["subject_id", "clause", "position"], name="obligations_once"
            ),
            models.CheckConstraint(condition=Q(state__in=STATES), name="obligations_state"),
        ]


class ChangeRow(models.Model):
    """What a computation changed about a stored obligation, and what caused it. Append-only."""

    obligation_id = models.UUIDField()
    subject_id = models.UUIDField()
    at = models.DateTimeField()
    # `facts`, `clock`, `holidays` or `terms`; facts as kinds and instants, nothing personal.
    cause = models.CharField(max_length=12)
    facts = models.JSONField(default=list)
    actor_label = models.CharField(max_length=80)
    old_state = models.CharField(max_length=10)
    new_state = models.CharField(max_length=10)
    old_due_at = models.DateTimeField(null=True)
    new_due_at = models.DateTimeField(null=True)
    old_ended_at = models.DateTimeField(null=True)
    new_ended_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "obligations_change"
        indexes = [models.Index(fields=["subject_id", "id"], name="obligations_change_subject")]


class EscalationRow(models.Model):
    """A step of a ladder that was taken. The database takes each only once. Append-only."""

    obligation_id = models.UUIDField()
    subject_id = models.UUIDField()
    step = models.SmallIntegerField()
    repetition = models.IntegerField()
    # When it was to be taken by the due time known then, and when it was.
    at = models.DateTimeField()
    taken_at = models.DateTimeField()
    due_at = models.DateTimeField()
    # False when a later repetition fell due as well and was told instead.
    told = models.BooleanField()

    class Meta:
        db_table = "obligations_escalation"
        indexes = [models.Index(fields=["subject_id"], name="obligations_escalated")]
        constraints = [
            models.UniqueConstraint(
                fields=["obligation_id", "step", "repetition"], name="obligations_step_once"
            )
        ]
