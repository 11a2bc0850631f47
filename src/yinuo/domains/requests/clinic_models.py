"""The table of the expert clinic: who was invited into which case (SV-03)."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from yinuo.domains.requests.clinic_types import SEATED, SeatState
from yinuo.platform.identifiers import new_public_id


class ClinicSeat(models.Model):
    """A seat of one expert at one case. What he advises stands among the facts of the request."""

    public_id = models.UUIDField(default=new_public_id, unique=True)
    version = models.IntegerField(default=1)
    request = models.ForeignKey("requests.Request", models.PROTECT, related_name="+")
    # Told to the expert also when he does not see the case any more.
    request_number = models.CharField(max_length=40)
    person = models.ForeignKey("network.Person", models.PROTECT, related_name="+")
    state = models.CharField(max_length=12, default=SeatState.INVITED.value)
    # The skill he was looked for by.
    skill = models.CharField(max_length=60, default="", blank=True)
    # What he is asked, and why he declined. Erasable.
    question = models.TextField()
    said = models.CharField(max_length=200, default="", blank=True)
    invited_at = models.DateTimeField()
    inviter = models.ForeignKey("network.Person", models.PROTECT, null=True, related_name="+")
    invited_by = models.CharField(max_length=80)
    # By when the plan wants an answer; null where it says nothing.
    answer_by = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    # When he advised last.
    advised_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "requests_clinic_seat"
        indexes = [
            models.Index(fields=["request", "id"], name="requests_clinic_of_request"),
            models.Index(fields=["person", "-id"], name="requests_clinic_of_person"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["request", "person"],
                name="requests_clinic_once",
                condition=Q(state__in=SEATED),
            ),
            models.CheckConstraint(
                condition=Q(state__in=[one.value for one in SeatState]),
                name="requests_clinic_state",
            ),
            models.CheckConstraint(
                condition=Q(state__in=SEATED, ended_at__isnull=True)
                | ~Q(state__in=SEATED) & Q(ended_at__isnull=False),
                name="requests_clinic_end",
            ),
        ]
