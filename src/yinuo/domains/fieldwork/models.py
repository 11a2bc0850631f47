"""Tables of field work. Names, addresses and free text stay erasable here, never in facts."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from yinuo.domains.fieldwork.companion_models import Companion
from yinuo.domains.fieldwork.hold_models import WorkHold
from yinuo.domains.fieldwork.types import (
    MOST_PERSONS,
    Accessories,
    CustomerKind,
    SheetForm,
    SigningWay,
)
from yinuo.kernel.plan.reports import Satisfaction
from yinuo.kernel.work_states import WORK_ENDED, WorkOrderState
from yinuo.platform.identifiers import new_public_id

__all__ = ["Companion", "SignOff", "WorkHold", "WorkOrder"]

_S = WorkOrderState
_WITH_RESULT = [_S.WORKED, _S.SIGNED, _S.RETURNED, _S.FILED]
_WITH_SIGNATURE = [_S.SIGNED, _S.RETURNED, _S.FILED]


def _one_of(field: str, codes: type, *, or_empty: bool = False) -> Q:
    words = [one.value for one in codes]  # type: ignore[attr-defined] # an enumeration of words
    return Q(**{f"{field}__in": ["", *words] if or_empty else words})


def _in_order(earlier: str, later: str) -> Q:
    """The later instant is empty, or both are there and in order."""
    both = Q(**{f"{earlier}__isnull": False, f"{later}__gte": F(earlier)})
    return Q(**{f"{later}__isnull": True}) | both


class WorkOrder(models.Model):
    """One sheet: who is to be visited for what, by whom, and what came of it."""

    public_id = models.UUIDField(default=new_public_id)
    version = models.IntegerField(default=1)
    number = models.CharField(max_length=40)
    form = models.CharField(max_length=16)
    state = models.CharField(max_length=12, default=_S.DRAFTED.value)
    request = models.ForeignKey("requests.Request", models.PROTECT, related_name="+")
    # Sheets of the same work: all but the first point to it.
    first = models.ForeignKey("self", models.PROTECT, null=True, related_name="further")
    position = models.SmallIntegerField(default=1)
    unit = models.ForeignKey("network.ServiceUnit", models.PROTECT, related_name="+")
    customer = models.ForeignKey("customers.Customer", models.PROTECT, related_name="+")
    contact_name = models.CharField(max_length=80, default="")
    contact_phone = models.CharField(max_length=40, default="")
    address = models.CharField(max_length=300, default="")
    service_at = models.DateTimeField(null=True)
    customer_kind = models.CharField(max_length=16)
    customer_kind_reason = models.TextField(default="")
    work_wanted = models.TextField()
    present_state = models.TextField(default="")
    handling_plan = models.TextField(default="")
    assignee = models.ForeignKey("network.Person", models.PROTECT, null=True, related_name="+")
    assigned_at = models.DateTimeField(null=True)
    assigned_by = models.CharField(max_length=80, default="")
    declined_reason = models.TextField(default="")
    contacted_at = models.DateTimeField(null=True)
    agreed_for = models.DateTimeField(null=True)
    way = models.CharField(max_length=300, default="")
    departed_at = models.DateTimeField(null=True)
    arrived_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    findings = models.TextField(default="")
    work_done = models.TextField(default="")
    parts_used = models.TextField(default="")
    # Components of the asset that were replaced, as the customer signs them.
    replaced = models.JSONField(default=list)
    # Parts put in out of stock, as the customer signs them.
    put_in = models.JSONField(default=list)
    # How many people worked there, the assignee included.
    persons = models.SmallIntegerField(default=1)
    # A code of the plan's results.
    result = models.CharField(max_length=64, default="")
    result_reason = models.TextField(default="")
    remarks = models.TextField(default="")
    # Hashes of what is filled in beside the sheet and signed with it, by name.
    addenda = models.JSONField(default=dict)
    signed_at = models.DateTimeField(null=True)
    returned_at = models.DateTimeField(null=True)
    filed_at = models.DateTimeField(null=True)
    ended_reason = models.TextField(default="")
    remind_on = models.DateField(null=True)
    issued_at = models.DateTimeField()
    issued_by = models.CharField(max_length=80)

    class Meta:
        db_table = "fieldwork_work_order"
        indexes = [
            models.Index(fields=["request", "id"], name="work_orders_of_request"),
            models.Index(fields=["customer", "-id"], name="work_orders_of_customer"),
            models.Index(fields=["assignee", "-id"], name="work_orders_of_person"),
            models.Index(
                fields=["-id"],
                name="work_orders_open",
                condition=~Q(state__in=sorted(state.value for state in WORK_ENDED)),
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["public_id"], name="work_order_public_id"),
            models.UniqueConstraint(fields=["number"], name="work_order_number"),
            models.UniqueConstraint(fields=["first", "position"], name="work_order_position"),
            models.CheckConstraint(condition=_one_of("state", _S), name="work_order_state"),
            models.CheckConstraint(
                condition=Q(persons__range=(1, MOST_PERSONS)), name="work_order_persons"
            ),
            models.CheckConstraint(
                condition=_one_of("form", SheetForm) & _one_of("customer_kind", CustomerKind),
                name="work_order_words",
            ),
            models.CheckConstraint(
                condition=Q(state__in=[_S.DRAFTED, _S.ABORTED]) | Q(assignee__isnull=False),
                name="work_order_has_assignee",
            ),
            models.CheckConstraint(
                condition=_in_order("departed_at", "arrived_at")
                & _in_order("arrived_at", "finished_at")
                & _in_order("finished_at", "signed_at")
                & _in_order("signed_at", "returned_at")
                & _in_order("returned_at", "filed_at"),
                name="work_order_times",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=_WITH_RESULT)
                | (Q(finished_at__isnull=False) & ~Q(result="")),
                name="work_order_has_result",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=_WITH_SIGNATURE) | Q(signed_at__isnull=False),
                name="work_order_is_signed",
            ),
            models.CheckConstraint(
                condition=~Q(state=_S.ABORTED) | ~Q(ended_reason=""), name="work_order_end_reason"
            ),
        ]


class SignOff(models.Model):
    """The customer's part with his signature, bound to the hash of what was signed (R55).

    Rows are added, never changed: after a correction the next signature is another row. The hash
    also stands in the audit entry of the signing, which nobody can change.
    """

    public_id = models.UUIDField(default=new_public_id)
    work_order = models.ForeignKey(WorkOrder, models.PROTECT, related_name="sign_offs")
    way = models.CharField(max_length=8)
    works = models.BooleanField(null=True)
    accessories = models.CharField(max_length=8, default="")
    satisfaction = models.CharField(max_length=16, default="")
    dissatisfied_with = ArrayField(models.CharField(max_length=16), default=list)
    suggestions = models.TextField(default="")
    signer_name = models.CharField(max_length=80)
    # Lists of points [x, y] as drawn; none for a signature on paper.
    strokes = models.JSONField(null=True)
    # The photographed or scanned paper among the attachments.
    file_id = models.UUIDField(null=True)
    content = models.JSONField()
    content_hash = models.CharField(max_length=64)
    signed_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=80)

    class Meta:
        db_table = "fieldwork_sign_off"
        indexes = [models.Index(fields=["work_order", "id"], name="sign_offs_of_work_order")]
        constraints = [
            models.UniqueConstraint(fields=["public_id"], name="sign_off_public_id"),
            models.CheckConstraint(
                condition=_one_of("way", SigningWay)
                & _one_of("accessories", Accessories, or_empty=True)
                & _one_of("satisfaction", Satisfaction, or_empty=True),
                name="sign_off_words",
            ),
            models.CheckConstraint(condition=~Q(signer_name=""), name="sign_off_has_a_name"),
            models.CheckConstraint(
                condition=Q(way=SigningWay.DRAWN, strokes__isnull=False, file_id__isnull=True)
                | Q(way=SigningWay.PAPER, strokes__isnull=True, file_id__isnull=False),
                name="sign_off_is_signed",
            ),
        ]
