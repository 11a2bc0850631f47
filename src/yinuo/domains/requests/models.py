"""The table of service requests. What the caller said and who he is stay erasable here."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from yinuo.domains.contracts.types import CoverKind, CoverReason
from yinuo.domains.requests.claim_models import PauseLook
from yinuo.domains.requests.clinic_models import ClinicSeat
from yinuo.domains.requests.group_models import GroupMember, SupportGroup
from yinuo.domains.requests.report_models import ProblemReport
from yinuo.kernel.states import ENDED, PAUSED, REQUEST_STEPS, RequestState
from yinuo.platform.identifiers import new_public_id

__all__ = [
    "ClinicSeat",
    "GroupMember",
    "PauseLook",
    "ProblemReport",
    "Request",
    "StepWords",
    "SupportGroup",
]

_S = RequestState
_WAITED_FROM = sorted(state.value for state in REQUEST_STEPS[PAUSED].moves)


class Request(models.Model):
    """A service request (服务请求): today's state; how it came to it stands in the facts."""

    public_id = models.UUIDField(default=new_public_id)
    version = models.IntegerField(default=1)
    number = models.CharField(max_length=40)
    state = models.CharField(max_length=12, default=RequestState.NEW.value)
    kind = models.CharField(max_length=30)
    channel = models.CharField(max_length=20)
    category = models.CharField(max_length=60, default="")
    level = models.CharField(max_length=60, default="")
    symptom = models.TextField()
    unit = models.ForeignKey("network.ServiceUnit", models.PROTECT, related_name="+")
    customer = models.ForeignKey("customers.Customer", models.PROTECT, related_name="+")
    site = models.ForeignKey("customers.Site", models.PROTECT, null=True, related_name="+")
    contact = models.ForeignKey("customers.Contact", models.PROTECT, null=True, related_name="+")
    asset = models.ForeignKey("assets.Asset", models.PROTECT, null=True, related_name="+")
    contract = models.ForeignKey("contracts.Contract", models.PROTECT, null=True, related_name="+")
    plan_version = models.ForeignKey(
        "contracts.PlanVersion", models.PROTECT, null=True, related_name="+"
    )
    cover = models.CharField(max_length=12)
    cover_reason = models.CharField(max_length=24)
    cover_until = models.DateField(null=True)
    caller_name = models.CharField(max_length=80, default="")
    caller_phone = models.CharField(max_length=40, default="")
    # With whom a repair is under way already, as the caller says.
    elsewhere = models.CharField(max_length=200, default="")
    reported_at = models.DateTimeField()
    opened_at = models.DateTimeField()
    opened_by = models.CharField(max_length=80)
    # Who looks after it: a person, or a unit whose people share it.
    owner = models.ForeignKey("network.Person", models.PROTECT, null=True, related_name="+")
    owner_unit = models.ForeignKey(
        "network.ServiceUnit", models.PROTECT, null=True, related_name="+"
    )
    # The unit that has taken it when it was offered; its people see and serve it too.
    serving_unit = models.ForeignKey(
        "network.ServiceUnit", models.PROTECT, null=True, related_name="+"
    )
    # In which way of service units are still to be asked for it; empty once the first one was.
    offer_as = models.CharField(max_length=12, default="", blank=True)
    # Whose queue it stands in while nobody looks after it, and who may be asked for it.
    group = models.ForeignKey(SupportGroup, models.PROTECT, null=True, related_name="+")
    # The state that waiting returns to; empty when nothing is waited for.
    waiting_from = models.CharField(max_length=12, default="")
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
    # The request whose report it was a part of.
    split_from = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")

    class Meta:
        db_table = "requests_request"
        indexes = [
            models.Index(fields=["customer", "-id"], name="requests_of_customer"),
            models.Index(fields=["asset", "-id"], name="requests_of_asset"),
            models.Index(
                fields=["owner", "-id"],
                name="requests_of_owner",
                condition=~Q(state__in=sorted(state.value for state in ENDED)),
            ),
            models.Index(
                fields=["group", "id"],
                name="requests_queue",
                condition=Q(group__isnull=False, owner__isnull=True)
                & ~Q(state__in=sorted(state.value for state in ENDED)),
            ),
            models.Index(fields=["id"], name="requests_to_offer", condition=~Q(offer_as="")),
            models.Index(
                fields=["split_from"],
                name="requests_split_off",
                condition=Q(split_from__isnull=False),
            ),
            models.Index(
                fields=["-id"],
                name="requests_open",
                condition=~Q(state__in=sorted(state.value for state in ENDED)),
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["public_id"], name="requests_public_id"),
            models.UniqueConstraint(fields=["number"], name="requests_number"),
            models.CheckConstraint(
                condition=Q(state__in=[state.value for state in RequestState]),
                name="requests_state",
            ),
            models.CheckConstraint(
                condition=Q(waiting_from="") & ~Q(state=_S.WAITING.value)
                | Q(state=_S.WAITING.value, waiting_from__in=_WAITED_FROM),
                name="requests_waiting",
            ),
            models.CheckConstraint(
                condition=Q(state=_S.MERGED.value, merged_into__isnull=False)
                & ~Q(merged_into=F("id"))
                | ~Q(state=_S.MERGED.value) & Q(merged_into__isnull=True),
                name="requests_merged",
            ),
            models.CheckConstraint(
                condition=Q(cover__in=[kind.value for kind in CoverKind])
                & Q(cover_reason__in=[reason.value for reason in CoverReason]),
                name="requests_cover",
            ),
        ]


class StepWords(models.Model):
    """What was said at a step: names and free text, erasable (R59).

    The fact points here by `digest`, the hash of `salt` and `words`: erasing empties both and
    leaves the fact as it is.
    """

    digest = models.CharField(max_length=64)
    request = models.ForeignKey(Request, models.PROTECT, related_name="+")
    salt = models.CharField(max_length=32)
    words = models.JSONField(default=dict)
    # True when the customer may read it; what is written is internal otherwise (R07).
    shown = models.BooleanField(default=False)

    class Meta:
        db_table = "requests_words"
        indexes = [models.Index(fields=["request"], name="requests_words_of_request")]
        constraints = [models.UniqueConstraint(fields=["digest"], name="requests_words_once")]
