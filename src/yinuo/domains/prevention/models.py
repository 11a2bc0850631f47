"""Tables of preventive work: series of visits, each visit due, what was said before it, meters.

What people said and wrote stays erasable here, never in facts.
"""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from yinuo.domains.prevention.types import (
    OPEN,
    Every,
    Recurrence,
    SeriesKind,
    Standing,
    TalkKind,
)
from yinuo.platform.identifiers import new_public_id

MOST_DAYS = 60
IS_OPEN = Q(state__in=sorted(OPEN))


def _word(field: str, codes: type, *, or_empty: bool = False) -> Q:
    words = [one.value for one in codes]  # type: ignore[attr-defined] # an enumeration of words
    return Q(**{f"{field}__in": ["", *words] if or_empty else words})


class Series(models.Model):
    """Visits to a customer, site or asset that come again, with what is done and said before."""

    public_id = models.UUIDField(default=new_public_id, unique=True)
    version = models.IntegerField(default=1)
    unit = models.ForeignKey("network.ServiceUnit", models.PROTECT, related_name="+")
    customer = models.ForeignKey("customers.Customer", models.PROTECT, related_name="+")
    site = models.ForeignKey("customers.Site", models.PROTECT, null=True, related_name="+")
    asset = models.ForeignKey("assets.Asset", models.PROTECT, null=True, related_name="+")
    contact = models.ForeignKey("customers.Contact", models.SET_NULL, null=True, related_name="+")
    contract = models.ForeignKey("contracts.Contract", models.PROTECT, null=True, related_name="+")
    # Who sees to it: is told when it is time to speak to the customer.
    person = models.ForeignKey("network.Person", models.PROTECT, null=True, related_name="+")
    kind = models.CharField(max_length=12)
    title_zh = models.CharField(max_length=200)
    title_en = models.CharField(max_length=200)
    work = models.TextField(default="", blank=True)
    # The code of the checklist laid out on each sheet.
    checklist = models.CharField(max_length=64, default="", blank=True)
    rhythm = models.CharField(max_length=10)
    # The clause of the contract's plan, where a promise says when it is due.
    clause = models.CharField(max_length=80, default="", blank=True)
    every = models.CharField(max_length=10, default="", blank=True)
    # Pairs of first and last day of each season, `MM-DD`.
    seasons = models.JSONField(default=list)
    every_days = models.IntegerField(null=True)
    usage_every = models.DecimalField(max_digits=18, decimal_places=3, null=True)
    usage_unit = models.CharField(max_length=20, default="", blank=True)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True)
    make_up_days = models.IntegerField(default=0)
    # Days before a visit: speak to the customer from … to …, tell him again from … to ….
    contact_from = models.SmallIntegerField(default=5)
    contact_by = models.SmallIntegerField(default=3)
    remind_from = models.SmallIntegerField(default=2)
    remind_by = models.SmallIntegerField(default=1)
    # Whether the customer's contact is told by message as well, without anybody's doing.
    tells_customer = models.BooleanField(default=False)
    created_at = models.DateTimeField()
    created_by = models.CharField(max_length=80)
    ended_at = models.DateTimeField(null=True)
    end_reason = models.CharField(max_length=200, default="", blank=True)
    # When it is looked at next; null once it has ended.
    look_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "prevention_series"
        indexes = [
            models.Index(fields=["customer", "-id"], name="visit_series_of_customer"),
            models.Index(
                fields=["look_at"], name="visit_series_look", condition=Q(look_at__isnull=False)
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["contract", "clause"],
                name="visit_series_once_a_promise",
                condition=~Q(clause=""),
            ),
            models.CheckConstraint(
                condition=_word("kind", SeriesKind)
                & _word("rhythm", Recurrence)
                & _word("every", Every, or_empty=True),
                name="visit_series_words",
            ),
            models.CheckConstraint(
                condition=Q(rhythm=Recurrence.PROMISE, contract__isnull=False) & ~Q(clause="")
                | ~Q(rhythm=Recurrence.PROMISE) & Q(clause=""),
                name="visit_series_promise",
            ),
            models.CheckConstraint(
                condition=(~Q(rhythm=Recurrence.PERIOD) | ~Q(every=""))
                & (~Q(rhythm=Recurrence.SEASON) | ~Q(seasons=[]))
                & (~Q(rhythm=Recurrence.INTERVAL) | Q(every_days__gt=0))
                & (~Q(rhythm=Recurrence.USAGE) | Q(usage_every__gt=0)),
                name="visit_series_rhythm",
            ),
            models.CheckConstraint(
                condition=Q(contact_from__lte=MOST_DAYS)
                & Q(contact_by__lte=F("contact_from"))
                & Q(remind_from__lte=F("contact_by"))
                & Q(remind_by__lte=F("remind_from"))
                & Q(remind_by__gte=0),
                name="visit_series_days_ahead",
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, end_reason="")
                | Q(ended_at__isnull=False) & ~Q(end_reason=""),
                name="visit_series_ended_why",
            ),
        ]


class DueVisit(models.Model):
    """One time a series asks for a visit, and how far it is: agreed, ordered, held, skipped."""

    public_id = models.UUIDField(default=new_public_id, unique=True)
    version = models.IntegerField(default=1)
    series = models.ForeignKey(Series, models.PROTECT, related_name="visits")
    # Of the series, so that lists need not look there.
    unit = models.ForeignKey("network.ServiceUnit", models.PROTECT, related_name="+")
    customer = models.ForeignKey("customers.Customer", models.PROTECT, related_name="+")
    key = models.CharField(max_length=64)
    number = models.SmallIntegerField(default=1)
    period = models.CharField(max_length=80, default="", blank=True)
    begins_on = models.DateField()
    due_on = models.DateField()
    # The day somebody had in mind when visits were planned together.
    planned_on = models.DateField(null=True)
    make_good_until = models.DateField(null=True)
    # What a day of lateness costs us at most by the promise; zero without one.
    stake = models.DecimalField(max_digits=24, decimal_places=2, default=0)
    obligation_id = models.UUIDField(null=True)
    state = models.CharField(max_length=8, default=Standing.DUE.value)
    agreed_for = models.DateTimeField(null=True)
    agreed_with = models.CharField(max_length=80, default="", blank=True)
    agreed = models.TextField(default="", blank=True)
    reminded_at = models.DateTimeField(null=True)
    # The time the customer was told of, or our own people were to tell him.
    told_for = models.DateTimeField(null=True)
    # When our own people were told that it is time to.
    told_contact_at = models.DateTimeField(null=True)
    told_remind_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=400, default="", blank=True)
    # By public id: their rows are written when the step ends that makes them.
    request = models.ForeignKey(
        "requests.Request", models.PROTECT, null=True, to_field="public_id", related_name="+"
    )
    sheet = models.ForeignKey(
        "fieldwork.WorkOrder", models.PROTECT, null=True, to_field="public_id", related_name="+"
    )
    # When somebody said that it need not be made.
    let_off_at = models.DateTimeField(null=True)
    held_on = models.DateField(null=True)
    held_by = models.CharField(max_length=200, default="", blank=True)
    outcome = models.TextField(default="", blank=True)
    # Held by a sheet that is not filed yet: its report may still be written otherwise.
    is_by_open_sheet = models.BooleanField(default=False)
    looked_at = models.DateTimeField()

    class Meta:
        db_table = "prevention_due_visit"
        indexes = [
            models.Index(fields=["due_on", "id"], name="due_visits_open", condition=IS_OPEN),
            models.Index(
                fields=["looked_at"],
                name="due_visits_look",
                condition=IS_OPEN & Q(obligation_id__isnull=False),
            ),
            models.Index(
                fields=["looked_at", "id"],
                name="due_visits_ordered",
                condition=Q(state=Standing.ORDERED),
            ),
            models.Index(
                fields=["looked_at", "id"],
                name="due_visits_of_open_sheet",
                condition=Q(is_by_open_sheet=True),
            ),
            models.Index(fields=["customer", "-due_on", "-id"], name="due_visits_of_customer"),
            models.Index(fields=["obligation_id"], name="due_visits_of_promise"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["series", "key", "number"], name="due_visit_once_a_turn"
            ),
            models.CheckConstraint(condition=_word("state", Standing), name="due_visit_state"),
            models.CheckConstraint(
                condition=~Q(state__in=[Standing.AGREED])
                | Q(agreed_for__isnull=False) & ~Q(agreed_with=""),
                name="due_visit_agreed",
            ),
            models.CheckConstraint(
                condition=~Q(state=Standing.ORDERED)
                | Q(request__isnull=False, sheet__isnull=False),
                name="due_visit_ordered",
            ),
            models.CheckConstraint(
                condition=Q(state=Standing.HELD, held_on__isnull=False)
                | ~Q(state=Standing.HELD) & Q(held_on__isnull=True),
                name="due_visit_held",
            ),
            models.CheckConstraint(
                condition=~Q(state=Standing.SKIPPED) | ~Q(reason="") & Q(let_off_at__isnull=False),
                name="due_visit_skipped_why",
            ),
            models.CheckConstraint(
                condition=Q(is_by_open_sheet=False)
                | Q(state=Standing.HELD, sheet__isnull=False, request__isnull=False),
                name="due_visit_by_open_sheet",
            ),
        ]


class Talk(models.Model):
    """What was said to whom before a visit. Rows are added, never changed; erasable."""

    visit = models.ForeignKey(DueVisit, models.PROTECT, related_name="talks")
    kind = models.CharField(max_length=8)
    at = models.DateTimeField()
    by = models.CharField(max_length=80)
    with_whom = models.CharField(max_length=80, default="", blank=True)
    agreed_for = models.DateTimeField(null=True)
    words = models.TextField(default="", blank=True)

    class Meta:
        db_table = "prevention_talk"
        indexes = [models.Index(fields=["visit", "id"], name="talks_of_visit")]
        constraints = [models.CheckConstraint(condition=_word("kind", TalkKind), name="talk_kind")]


class Decision(models.Model):
    """What was decided about a visit that records suggested: taken up as a series, or declined."""

    public_id = models.UUIDField(default=new_public_id, unique=True)
    version = models.IntegerField(default=1)
    unit = models.ForeignKey("network.ServiceUnit", models.PROTECT, related_name="+")
    customer = models.ForeignKey("customers.Customer", models.PROTECT, related_name="+")
    # The suggestion with its evidence: decided about once.
    key = models.CharField(max_length=120, unique=True)
    ground = models.CharField(max_length=12)
    series = models.ForeignKey(Series, models.PROTECT, null=True, related_name="+")
    reason = models.CharField(max_length=400, default="", blank=True)
    decided_at = models.DateTimeField()
    decided_by = models.CharField(max_length=80)

    class Meta:
        db_table = "prevention_decision"
        constraints = [
            models.CheckConstraint(
                condition=Q(series__isnull=False, reason="")
                | Q(series__isnull=True) & ~Q(reason=""),
                name="visit_decision_taken_or_why_not",
            )
        ]


class Reading(models.Model):
    """What a meter showed on a day, for series that come by use."""

    public_id = models.UUIDField(default=new_public_id, unique=True)
    series = models.ForeignKey(Series, models.PROTECT, related_name="readings")
    read_on = models.DateField()
    value = models.DecimalField(max_digits=18, decimal_places=3)
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=80)

    class Meta:
        db_table = "prevention_reading"
        constraints = [
            models.UniqueConstraint(fields=["series", "read_on"], name="reading_once_a_day"),
            models.CheckConstraint(condition=Q(value__gte=0), name="reading_not_negative"),
        ]
