"""The table of letters of contact (联络函): findings, work, time and cost, and who confirmed."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from yinuo.domains.billing.letter_types import AnswerWay
from yinuo.kernel.offer_states import OFFER_OPEN, OfferState
from yinuo.platform.identifiers import new_public_id

_S = OfferState
_WAITING = sorted(state.value for state in OFFER_OPEN)
_ONCE_SENT = [one.value for one in (_S.SENT, _S.ACCEPTED, _S.DECLINED, _S.EXPIRED)]
_ANSWERED = [_S.ACCEPTED.value, _S.DECLINED.value]


class Letter(models.Model):
    """One letter of a request. Its words are fixed when it is sent (`content_hash`).

    `items` were picked from a price list, which made `lines` of them as in a quote; `costs` were
    typed, kept as `letter_types.CostLine` does. A letter whose diagnosis proved wrong
    stays as it was sent and answered; from `wrong_at` on its costs are ours.
    """

    public_id = models.UUIDField(default=new_public_id)
    version = models.IntegerField(default=1)
    number = models.CharField(max_length=40)
    state = models.CharField(max_length=12, default=_S.DRAFTED.value)
    unit = models.ForeignKey("network.ServiceUnit", models.PROTECT, related_name="+")
    customer = models.ForeignKey("customers.Customer", models.PROTECT, related_name="+")
    request = models.ForeignKey("requests.Request", models.PROTECT, related_name="+")
    work_order = models.ForeignKey(
        "fieldwork.WorkOrder", models.PROTECT, null=True, related_name="+"
    )
    # The first, second, third … of its request; beyond the usual number each says why.
    position = models.SmallIntegerField()
    further_reason = models.TextField(default="")
    findings = models.TextField()
    work_planned = models.TextField()
    time_needed = models.CharField(max_length=200)
    price_list = models.ForeignKey(
        "billing.PriceListVersion", models.PROTECT, null=True, related_name="+"
    )
    items = models.JSONField(default=list)
    lines = models.JSONField(default=list)
    costs = models.JSONField(default=list)
    total = models.DecimalField(max_digits=18, decimal_places=2)
    valid_until = models.DateField()
    drafted_at = models.DateTimeField()
    drafted_by = models.CharField(max_length=80)
    drafted_by_user = models.BigIntegerField(null=True)
    confirmed_at = models.DateTimeField(null=True)
    confirmed_by = models.CharField(max_length=80, default="")
    sent_at = models.DateTimeField(null=True)
    sent_by = models.CharField(max_length=80, default="")
    content_hash = models.CharField(max_length=64, default="")
    ended_at = models.DateTimeField(null=True)
    # Who answered or withdrew, how and why; a customer's name stays erasable here.
    ended_by = models.CharField(max_length=80, default="")
    ended_way = models.CharField(max_length=8, default="")
    ended_reason = models.TextField(default="")
    proof_id = models.UUIDField(null=True)
    wrong_at = models.DateTimeField(null=True)
    wrong_by = models.CharField(max_length=80, default="")
    wrong_reason = models.TextField(default="")

    class Meta:
        db_table = "billing_letter"
        indexes = [
            models.Index(fields=["unit", "-id"], name="letters_of_unit"),
            models.Index(
                fields=["valid_until"], name="letters_running_out", condition=Q(state=_S.SENT.value)
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["public_id"], name="letter_public_id"),
            models.UniqueConstraint(fields=["number"], name="letter_number"),
            models.UniqueConstraint(fields=["request", "position"], name="letter_position"),
            models.UniqueConstraint(
                fields=["request"], condition=Q(state__in=_WAITING), name="letter_one_waiting"
            ),
            models.CheckConstraint(
                condition=Q(state__in=[one.value for one in _S]), name="letter_state"
            ),
            models.CheckConstraint(condition=Q(total__gte=0), name="letter_not_negative"),
            models.CheckConstraint(
                condition=~Q(state__in=_ONCE_SENT)
                | Q(confirmed_at__isnull=False, sent_at__gte=F("confirmed_at"))
                & ~Q(content_hash=""),
                name="letter_confirmed_by_us_and_sent",
            ),
            models.CheckConstraint(
                condition=Q(state__in=_WAITING, ended_at=None)
                | (~Q(state__in=_WAITING) & Q(ended_at__isnull=False)),
                name="letter_end",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=_ANSWERED)
                | (Q(ended_way=AnswerWay.LINK.value) & ~Q(ended_by=""))
                | (Q(ended_way=AnswerWay.PAPER.value, proof_id__isnull=False) & ~Q(ended_by="")),
                name="letter_answered_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(wrong_at=None) | ~Q(wrong_reason=""), name="letter_wrong_says_why"
            ),
        ]
