"""Tables of complaints (SG-13). Names, numbers and what was said stay erasable here."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from yinuo.domains.feedback.complaint_types import Category, ComplaintChannel, Redress
from yinuo.kernel.complaint_states import MOVES, ComplaintState
from yinuo.platform.identifiers import new_public_id


def _one_of(field: str, codes: type, *, or_empty: bool = False) -> Q:
    words = [one.value for one in codes]  # type: ignore[attr-defined] # an enumeration of words
    return Q(**{f"{field}__in": ["", *words] if or_empty else words})


class Complaint(models.Model):
    """One complaint (投诉), from its intake until its improvement is done."""

    public_id = models.UUIDField(default=new_public_id)
    version = models.IntegerField(default=1)
    number = models.CharField(max_length=40)
    state = models.CharField(max_length=12, default=ComplaintState.RECEIVED.value)
    unit = models.ForeignKey("network.ServiceUnit", models.PROTECT, related_name="+")
    customer = models.ForeignKey("customers.Customer", models.PROTECT, related_name="+")
    request = models.ForeignKey("requests.Request", models.PROTECT, null=True, related_name="+")
    # Who is complained about; he never handles it.
    about = models.ForeignKey("network.Person", models.PROTECT, null=True, related_name="+")
    # The answer of a dissatisfied customer that it came from: worked until he is turned.
    answer = models.ForeignKey("feedback.Answer", models.PROTECT, null=True, related_name="+")
    channel = models.CharField(max_length=12)
    # After how many rings the call was taken.
    rings = models.SmallIntegerField(null=True)
    category = models.CharField(max_length=16)
    is_major = models.BooleanField(default=False)
    said = models.TextField()
    caller_name = models.CharField(max_length=80, default="")
    caller_phone = models.CharField(max_length=40, default="")
    received_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=80)
    answer_due_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    settle_by = models.DateTimeField(null=True)
    settled_at = models.DateTimeField(null=True)
    # Passed to a superior: only who decides complaints goes on with it.
    is_with_superior = models.BooleanField(default=False)
    responsibility = models.TextField(default="")
    improvement = models.TextField(default="")
    sanction = models.TextField(default="")
    improve_by = models.DateField(null=True)
    closed_at = models.DateTimeField(null=True)
    improved_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "feedback_complaint"
        indexes = [
            models.Index(fields=["unit", "-id"], name="complaints_of_unit"),
            models.Index(fields=["customer", "-id"], name="complaints_of_customer"),
            models.Index(fields=["request", "-id"], name="complaints_of_request"),
            models.Index(fields=["category", "-id"], name="complaints_of_category"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["public_id"], name="complaint_public_id"),
            models.UniqueConstraint(fields=["number"], name="complaint_number"),
            models.UniqueConstraint(fields=["answer"], name="complaint_of_answer"),
            models.CheckConstraint(
                condition=_one_of("state", ComplaintState)
                & _one_of("channel", ComplaintChannel)
                & _one_of("category", Category),
                name="complaint_words",
            ),
            models.CheckConstraint(
                condition=Q(rings__isnull=True) | Q(rings__range=(0, 100)), name="complaint_rings"
            ),
            models.CheckConstraint(
                condition=Q(state=ComplaintState.RECEIVED) | Q(answered_at__isnull=False),
                name="complaint_is_answered",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[ComplaintState.CLOSED, ComplaintState.IMPROVED])
                | (~Q(responsibility="") & ~Q(improvement="") & ~Q(sanction="")),
                name="complaint_is_summed_up",
            ),
        ]


class ComplaintStep(models.Model):
    """One thing done with a complaint: rows are added, never changed."""

    public_id = models.UUIDField(default=new_public_id)
    complaint = models.ForeignKey(Complaint, models.PROTECT, related_name="steps")
    kind = models.CharField(max_length=12)
    text = models.TextField(default="")
    department = models.CharField(max_length=80, default="")
    redress = models.CharField(max_length=16, default="")
    cost = models.DecimalField(max_digits=14, decimal_places=2, null=True)
    precedent = models.ForeignKey(Complaint, models.PROTECT, null=True, related_name="+")
    # When the customer was told that a superior goes on with it.
    told_at = models.DateTimeField(null=True)
    done_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=80)

    class Meta:
        db_table = "feedback_complaint_step"
        indexes = [models.Index(fields=["complaint", "id"], name="steps_of_complaint")]
        constraints = [
            models.UniqueConstraint(fields=["public_id"], name="complaint_step_public_id"),
            models.CheckConstraint(
                condition=Q(kind__in=sorted(MOVES)) & _one_of("redress", Redress, or_empty=True),
                name="complaint_step_words",
            ),
            models.CheckConstraint(
                condition=Q(redress="", cost__isnull=True) | Q(redress__gt="", cost__gte=0),
                name="complaint_step_cost",
            ),
        ]
