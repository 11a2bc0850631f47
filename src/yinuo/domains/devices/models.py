"""Tables of the field app: phones, what they sent, photographs on their way."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from yinuo.domains.devices.types import OPEN_STATES, ArrivalWay, OperationKind, OperationState
from yinuo.platform.identifiers import new_public_id

_KEPT = [one.value for one in OperationState if one is not OperationState.WAITING]
_OPEN = list(OPEN_STATES)


class Device(models.Model):
    """A phone that a person signed in with; its bearer token says what it may do."""

    public_id = models.UUIDField(default=new_public_id)
    person = models.ForeignKey("network.Person", models.PROTECT, related_name="+")
    token = models.OneToOneField("accounts.ApiToken", models.PROTECT, related_name="+")
    name = models.CharField(max_length=80)
    registered_at = models.DateTimeField()
    seen_at = models.DateTimeField(null=True)
    # How far the server was ahead of its clock when it last sent something.
    offset_ms = models.BigIntegerField(null=True)
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "devices_device"
        indexes = [models.Index(fields=["person", "-id"], name="devices_of_person")]
        constraints = [models.UniqueConstraint(fields=["public_id"], name="device_public_id")]


class Operation(models.Model):
    """One thing done on a phone, kept for ever by the id the phone gave it (R37, R53).

    `body` holds what was sent while it is not applied: names and texts of an applied one stand on
    the sheet only, where they can be erased.
    """

    public_id = models.UUIDField()
    person = models.ForeignKey("network.Person", models.PROTECT, related_name="+")
    device = models.ForeignKey(Device, models.PROTECT, null=True, related_name="+")
    work_order = models.ForeignKey("fieldwork.WorkOrder", models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12)
    state = models.CharField(max_length=12)
    body = models.JSONField(default=dict)
    body_hash = models.BinaryField(max_length=32)
    base_version = models.IntegerField()
    # The sheet's version before and after an applied one.
    version_before = models.IntegerField(null=True)
    version_after = models.IntegerField(null=True)
    instead_of = models.UUIDField(null=True)
    # By the server's clock; `device_at` is what the phone showed.
    occurred_at = models.DateTimeField()
    device_at = models.DateTimeField()
    is_clock_off = models.BooleanField(default=False)
    received_at = models.DateTimeField()
    message = models.TextField(default="")
    fields = models.JSONField(default=dict)
    dropped_reason = models.TextField(default="")
    settled_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "devices_operation"
        indexes = [
            models.Index(fields=["work_order", "-id"], name="operations_of_work_order"),
            models.Index(fields=["-id"], name="operations_open", condition=Q(state__in=_OPEN)),
        ]
        constraints = [
            models.UniqueConstraint(fields=["public_id"], name="operation_public_id"),
            models.CheckConstraint(
                condition=Q(state__in=_KEPT) & Q(kind__in=[one.value for one in OperationKind]),
                name="operation_words",
            ),
            models.CheckConstraint(
                condition=(Q(state=OperationState.APPLIED) & Q(version_after__isnull=False))
                | (~Q(state=OperationState.APPLIED) & Q(version_after__isnull=True)),
                name="operation_applied",
            ),
            models.CheckConstraint(
                condition=Q(state__in=_OPEN) | Q(settled_at__isnull=False),
                name="operation_settled",
            ),
        ]


class ArrivalProof(models.Model):
    """How an engineer showed that he is there: position, code, or why neither (B-41)."""

    operation = models.OneToOneField(Operation, models.CASCADE, related_name="arrival")
    way = models.CharField(max_length=8)
    latitude = models.FloatField(null=True)
    longitude = models.FloatField(null=True)
    accuracy_m = models.IntegerField(null=True)
    distance_m = models.IntegerField(null=True)
    code_fits = models.BooleanField(null=True)
    reason = models.CharField(max_length=300, default="")

    class Meta:
        db_table = "devices_arrival_proof"
        constraints = [
            models.CheckConstraint(
                condition=Q(way__in=[one.value for one in ArrivalWay]), name="arrival_way"
            ),
            models.CheckConstraint(
                condition=~Q(way=ArrivalWay.SKIPPED) | ~Q(reason=""), name="arrival_skipped_reason"
            ),
        ]


class PhotoUpload(models.Model):
    """A photograph on its way in pieces; the file stands with the request once it is whole."""

    public_id = models.UUIDField()
    person = models.ForeignKey("network.Person", models.PROTECT, related_name="+")
    work_order = models.ForeignKey("fieldwork.WorkOrder", models.PROTECT, related_name="+")
    name = models.CharField(max_length=200)
    caption = models.CharField(max_length=200, default="")
    sha256 = models.CharField(max_length=64)
    size = models.IntegerField()
    received = models.IntegerField(default=0)
    taken_at = models.DateTimeField()
    begun_at = models.DateTimeField()
    # The line of a checklist that it answers; otherwise it stands with the request.
    checklist_id = models.UUIDField(null=True)
    item = models.CharField(max_length=64, default="")
    file_id = models.UUIDField(null=True)

    class Meta:
        db_table = "devices_photo_upload"
        indexes = [
            models.Index(
                fields=["begun_at"], name="photos_on_their_way", condition=Q(file_id__isnull=True)
            )
        ]
        constraints = [
            models.UniqueConstraint(fields=["public_id"], name="photo_upload_public_id"),
            models.CheckConstraint(
                condition=Q(received__gte=0) & Q(received__lte=F("size")), name="photo_received"
            ),
        ]


class PhotoPiece(models.Model):
    """Bytes of a photograph from a place in it; gone when the photograph is whole."""

    upload = models.ForeignKey(PhotoUpload, models.CASCADE, related_name="pieces")
    at = models.IntegerField()
    content = models.BinaryField()

    class Meta:
        db_table = "devices_photo_piece"
        constraints = [models.UniqueConstraint(fields=["upload", "at"], name="photo_piece_place")]
