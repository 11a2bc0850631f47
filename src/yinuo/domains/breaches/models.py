"""Tables of the breach ledger: breaches as last computed, and rows that are only added (R41, R42).

A breach is one row for each promise missed; its money stands in entries, of which none is ever
changed: what a clause says anew, a waiver, a decision are further rows. That an entry is approved,
or stands on a statement, is a row of its own, so that neither happens twice.
"""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from yinuo.domains.breaches.types import EntryKind
from yinuo.kernel.attribution import Leg
from yinuo.kernel.breach_states import BreachState, RightState
from yinuo.platform.identifiers import new_public_id

_STATES = [one.value for one in BreachState]
_KINDS = [one.value for one in EntryKind]
_LEGS = [one.value for one in Leg]
_RIGHTS = [one.value for one in RightState]


class Breach(models.Model):
    """One promise that was missed: its extent and price as last computed, and where it stands."""

    public_id = models.UUIDField(default=new_public_id)
    version = models.IntegerField(default=1)
    subject_type = models.CharField(max_length=30)
    subject_id = models.UUIDField()
    customer = models.ForeignKey("customers.Customer", models.PROTECT, related_name="+")
    unit = models.ForeignKey("network.ServiceUnit", models.PROTECT, related_name="+")
    contract = models.ForeignKey("contracts.Contract", models.PROTECT, null=True, related_name="+")
    plan_version = models.ForeignKey("contracts.PlanVersion", models.PROTECT, related_name="+")
    clause = models.CharField(max_length=80)
    position = models.IntegerField()
    state = models.CharField(max_length=10, default=BreachState.OPEN.value)
    # The extent: for periods the due instant is the period's end.
    started_at = models.DateTimeField(null=True)
    due_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    late_seconds = models.BigIntegerField()
    # In charge when it was missed, and the account that recorded the step that came late: neither
    # may waive or approve it.
    owner = models.ForeignKey("network.Person", models.PROTECT, null=True, related_name="+")
    recorded_by = models.BigIntegerField(null=True)
    # What the clause says it brings, and in whose hands it was, as last computed.
    lines = models.JSONField(default=list)
    stretches = models.JSONField(default=list)
    # The sum of its entries, and how many there are.
    amount = models.DecimalField(max_digits=18, decimal_places=2, default=0)
    currency = models.CharField(max_length=3)
    entered = models.IntegerField(default=0)
    posted_at = models.DateTimeField()
    computed_at = models.DateTimeField()

    class Meta:
        db_table = "breaches_breach"
        indexes = [
            models.Index(fields=["-due_at", "-id"], name="breaches_newest"),
            models.Index(fields=["customer", "-due_at", "-id"], name="breaches_of_customer"),
            models.Index(fields=["contract", "-due_at", "-id"], name="breaches_of_contract"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["public_id"], name="breach_public_id"),
            models.UniqueConstraint(
                fields=["subject_id", "clause", "position"], name="breach_once"
            ),
            models.CheckConstraint(
                condition=Q(state__in=_STATES, late_seconds__gte=0), name="breach_words"
            ),
        ]


class Entry(models.Model):
    """One row of money. Positive is owed by `paid_by` to the customer, negative takes it back.

    `paid_by` customer turns it round: what he owes us (a bonus for earliness) is negative.
    """

    public_id = models.UUIDField(default=new_public_id)
    breach = models.ForeignKey(Breach, models.PROTECT, related_name="entries")
    # Its place among the breach's entries: one more than the last, so none is written twice.
    sequence = models.IntegerField()
    kind = models.CharField(max_length=12)
    # The clause's remedy; empty for what a person entered.
    remedy = models.CharField(max_length=80, default="")
    paid_by = models.CharField(max_length=12)
    amount = models.DecimalField(max_digits=18, decimal_places=2)
    # The breach's sum before and after.
    sum_before = models.DecimalField(max_digits=18, decimal_places=2)
    sum_after = models.DecimalField(max_digits=18, decimal_places=2)
    currency = models.CharField(max_length=3)
    # The figures that made it: base, its name, the computation in words.
    base = models.DecimalField(max_digits=18, decimal_places=2, null=True)
    base_name = models.CharField(max_length=60, default="")
    computation_zh = models.TextField(default="")
    computation_en = models.TextField(default="")
    reason = models.TextField(default="")
    incurred_at = models.DateTimeField()
    entered_at = models.DateTimeField()
    entered_by = models.CharField(max_length=80)
    # The account that entered it, none for the product: nobody approves his own change.
    user_id = models.BigIntegerField(null=True)

    class Meta:
        db_table = "breaches_entry"
        constraints = [
            models.UniqueConstraint(fields=["public_id"], name="breach_entry_public_id"),
            models.UniqueConstraint(fields=["breach", "sequence"], name="breach_entry_once"),
            models.CheckConstraint(condition=Q(kind__in=_KINDS), name="breach_entry_kind"),
            models.CheckConstraint(
                condition=Q(sum_after=F("sum_before") + F("amount")) & ~Q(amount=0),
                name="breach_entry_sums",
            ),
            models.CheckConstraint(
                condition=Q(sequence=1, sum_before=0) | Q(sequence__gt=1),
                name="breach_entry_begins_at_nothing",
            ),
            models.CheckConstraint(
                condition=Q(kind="posted") & ~Q(remedy="") | ~Q(kind="posted") & ~Q(reason=""),
                name="breach_entry_says_why",
            ),
        ]


class Approval(models.Model):
    """That an entry may be stated, and who said so."""

    entry = models.OneToOneField(Entry, models.PROTECT, related_name="approval")
    approved_at = models.DateTimeField()
    approved_by = models.CharField(max_length=80)
    user_id = models.BigIntegerField(null=True)

    class Meta:
        db_table = "breaches_approval"


class Stated(models.Model):
    """That an entry stands on a statement; on one at most."""

    entry = models.OneToOneField(Entry, models.PROTECT, related_name="stated")
    statement_id = models.UUIDField()
    statement_number = models.CharField(max_length=40)
    stated_at = models.DateTimeField()

    class Meta:
        db_table = "breaches_stated"
        indexes = [models.Index(fields=["statement_id"], name="breaches_of_statement")]


class Act(models.Model):
    """What was done about a breach, by whom, on whose side, and why."""

    breach = models.ForeignKey(Breach, models.PROTECT, related_name="acts")
    kind = models.CharField(max_length=20)
    side = models.CharField(max_length=10)
    state_before = models.CharField(max_length=10)
    state_after = models.CharField(max_length=10)
    amount = models.DecimalField(max_digits=18, decimal_places=2, null=True)
    reason = models.TextField(default="")
    at = models.DateTimeField()
    user_id = models.BigIntegerField(null=True)
    actor_label = models.CharField(max_length=80)

    class Meta:
        db_table = "breaches_act"
        indexes = [models.Index(fields=["breach", "id"], name="breaches_acts")]
        constraints = [
            models.CheckConstraint(condition=Q(side__in=["ours", "customer"]), name="breach_side")
        ]


class Right(models.Model):
    """A consequence that is not money: more time, a replacement, a way out of the contract."""

    public_id = models.UUIDField(default=new_public_id)
    version = models.IntegerField(default=1)
    breach = models.ForeignKey(Breach, models.PROTECT, related_name="rights")
    remedy = models.CharField(max_length=80)
    kind = models.CharField(max_length=20)
    paid_by = models.CharField(max_length=12)
    text_zh = models.TextField(default="")
    text_en = models.TextField(default="")
    # What an extension lengthens, and by how much: days, or months where the clause says so.
    extends = models.CharField(max_length=20, default="")
    extends_days = models.IntegerField(default=0)
    extends_months = models.IntegerField(default=0)
    state = models.CharField(max_length=10, default=RightState.OPEN.value)
    reason = models.TextField(default="")
    decided_at = models.DateTimeField(null=True)
    decided_by = models.CharField(max_length=80, default="")

    class Meta:
        db_table = "breaches_right"
        constraints = [
            models.UniqueConstraint(fields=["public_id"], name="breach_right_public_id"),
            models.UniqueConstraint(fields=["breach", "remedy"], name="breach_right_once"),
            models.CheckConstraint(
                condition=Q(state__in=_RIGHTS)
                & (~Q(state__in=["given", "refused"]) | Q(decided_at__isnull=False)),
                name="breach_right_state",
            ),
        ]


class Share(models.Model):
    """How long one holder had the promise, and how much of that it was late; as last computed."""

    breach = models.ForeignKey(Breach, models.CASCADE, related_name="shares")
    leg = models.CharField(max_length=12)
    unit = models.ForeignKey("network.ServiceUnit", models.PROTECT, null=True, related_name="+")
    seconds = models.DecimalField(max_digits=18, decimal_places=6)
    late_seconds = models.DecimalField(max_digits=18, decimal_places=6)

    class Meta:
        db_table = "breaches_share"
        constraints = [
            models.UniqueConstraint(
                fields=["breach", "leg", "unit"], name="breach_share_once", nulls_distinct=False
            ),
            models.CheckConstraint(
                condition=Q(leg__in=_LEGS, late_seconds__gte=0, seconds__gte=F("late_seconds")),
                name="breach_share_words",
            ),
        ]


class LegCorrection(models.Model):
    """A person's word on who held a promise between two instants, and why."""

    breach = models.ForeignKey(Breach, models.PROTECT, related_name="leg_corrections")
    begins_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    leg = models.CharField(max_length=12)
    unit = models.ForeignKey("network.ServiceUnit", models.PROTECT, null=True, related_name="+")
    reason = models.TextField()
    at = models.DateTimeField()
    actor_label = models.CharField(max_length=80)

    class Meta:
        db_table = "breaches_leg_correction"
        constraints = [
            models.CheckConstraint(
                condition=Q(leg__in=_LEGS, ends_at__gt=F("begins_at")) & ~Q(reason=""),
                name="breach_leg_corrected",
            )
        ]


class Authority(models.Model):
    """How much a role may waive of one breach; without a limit when `most` is empty."""

    public_id = models.UUIDField(default=new_public_id, unique=True)
    role = models.CharField(max_length=40, unique=True)
    version = models.IntegerField(default=1)
    most = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)

    class Meta:
        db_table = "breaches_authority"
        constraints = [
            models.CheckConstraint(
                condition=Q(most__isnull=True) | Q(most__gte=0), name="breach_authority_amount"
            )
        ]
