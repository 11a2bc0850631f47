"""Tables of price list versions (never changed) and quotes; those of its other parts by name."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from yinuo.domains.billing.agreed_models import AgreedPrices
from yinuo.domains.billing.charge_back_models import ChargeBack, ChargeBackLine
from yinuo.domains.billing.charge_models import Charge, Statement, StatementLine
from yinuo.domains.billing.letter_models import Letter
from yinuo.domains.billing.types import Purpose
from yinuo.kernel.offer_states import OfferState
from yinuo.platform.identifiers import new_public_id

__all__ = [
    "AgreedPrices",
    "Charge",
    "ChargeBack",
    "ChargeBackLine",
    "Letter",
    "PriceListVersion",
    "Quote",
    "Statement",
    "StatementLine",
]

_S = OfferState
_ONCE_SENT = [one.value for one in (_S.SENT, _S.ACCEPTED, _S.DECLINED, _S.EXPIRED)]
_NOT_ENDED = [_S.DRAFTED.value, _S.SENT.value]


class PriceListVersion(models.Model):
    """A published price list, kept as the file it was published from. Append-only."""

    public_id = models.UUIDField(default=new_public_id)
    code = models.CharField(max_length=60)
    number = models.IntegerField()
    title_zh = models.CharField(max_length=200)
    title_en = models.CharField(max_length=200)
    source = models.TextField()
    content_hash = models.CharField(max_length=64)
    published_at = models.DateTimeField()
    published_by = models.CharField(max_length=80)

    class Meta:
        db_table = "billing_price_list_version"
        constraints = [
            models.UniqueConstraint(fields=["public_id"], name="price_list_public_id"),
            models.UniqueConstraint(fields=["code", "number"], name="price_list_number"),
            models.UniqueConstraint(fields=["code", "content_hash"], name="price_list_content"),
        ]


class Quote(models.Model):
    """A quote with its items and the lines that one price list version made of them.

    The lines stay as they were priced: a later list, or a later rule of ours, changes nothing.
    """

    public_id = models.UUIDField(default=new_public_id)
    version = models.IntegerField(default=1)
    number = models.CharField(max_length=40)
    state = models.CharField(max_length=12, default=_S.DRAFTED.value)
    unit = models.ForeignKey("network.ServiceUnit", models.PROTECT, related_name="+")
    customer = models.ForeignKey("customers.Customer", models.PROTECT, related_name="+")
    contact = models.ForeignKey("customers.Contact", models.PROTECT, null=True, related_name="+")
    contract = models.ForeignKey("contracts.Contract", models.PROTECT, null=True, related_name="+")
    request = models.ForeignKey("requests.Request", models.PROTECT, null=True, related_name="+")
    price_list = models.ForeignKey(PriceListVersion, models.PROTECT, related_name="+")
    title = models.CharField(max_length=200)
    remarks = models.TextField(default="")
    valid_until = models.DateField()
    items = models.JSONField(default=list)
    lines = models.JSONField(default=list)
    total = models.DecimalField(max_digits=18, decimal_places=2)
    currency = models.CharField(max_length=3)
    drafted_at = models.DateTimeField()
    drafted_by = models.CharField(max_length=80)
    sent_at = models.DateTimeField(null=True)
    sent_by = models.CharField(max_length=80, default="")
    ended_at = models.DateTimeField(null=True)
    # Who accepted, declined or withdrew, and why; a customer's name stays erasable here.
    ended_by = models.CharField(max_length=80, default="")
    ended_reason = models.TextField(default="")
    purpose = models.CharField(max_length=12, default=Purpose.OFFER.value)
    # Of a separate contract for damage: who signs it for us, and who does the work.
    salesperson = models.ForeignKey("network.Person", models.PROTECT, null=True, related_name="+")
    department = models.ForeignKey(
        "network.ServiceUnit", models.PROTECT, null=True, related_name="+"
    )
    # The day promised for goods or work, and when it was kept.
    deliver_by = models.DateField(null=True)
    delivered_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "billing_quote"
        indexes = [
            models.Index(fields=["customer", "-id"], name="quotes_of_customer"),
            models.Index(fields=["unit", "-id"], name="quotes_of_unit"),
            models.Index(fields=["request", "-id"], name="quotes_of_request"),
            models.Index(
                fields=["valid_until"], name="quotes_running_out", condition=Q(state=_S.SENT.value)
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["public_id"], name="quote_public_id"),
            models.UniqueConstraint(fields=["number"], name="quote_number"),
            models.CheckConstraint(
                condition=Q(state__in=[one.value for one in _S]), name="quote_state"
            ),
            models.CheckConstraint(condition=Q(total__gte=0), name="quote_not_negative"),
            models.CheckConstraint(
                condition=Q(purpose=Purpose.OFFER.value)
                | Q(
                    purpose=Purpose.DAMAGE.value,
                    request__isnull=False,
                    salesperson__isnull=False,
                    department__isnull=False,
                    deliver_by__isnull=False,
                ),
                name="quote_of_damage_is_whole",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=_ONCE_SENT) | Q(sent_at__isnull=False),
                name="quote_was_sent",
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, state__in=_NOT_ENDED)
                | Q(ended_at__isnull=False)
                & ~Q(state__in=_NOT_ENDED)
                & (Q(sent_at__isnull=True) | Q(ended_at__gte=F("sent_at"))),
                name="quote_end",
            ),
        ]
