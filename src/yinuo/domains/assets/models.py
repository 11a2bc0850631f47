"""Tables of projects and installed equipment."""

from __future__ import annotations

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q

from yinuo.domains.assets.past_models import PastEvent
from yinuo.domains.assets.prolongation_models import Prolongation
from yinuo.platform.database.lookups import Grams
from yinuo.platform.identifiers import new_public_id

__all__ = [
    "Asset",
    "Component",
    "Downtime",
    "FormerSerial",
    "PastEvent",
    "Project",
    "Prolongation",
]


class Project(models.Model):
    """A delivery to a customer; its acceptance starts warranty terms."""

    public_id = models.UUIDField(default=new_public_id, unique=True)
    version = models.IntegerField(default=1)
    customer = models.ForeignKey("customers.Customer", models.PROTECT, related_name="+")
    name = models.CharField(max_length=200)
    accepted_on = models.DateField(null=True, blank=True)
    # When the work was finished and the papers were to be handed over.
    finished_on = models.DateField(null=True, blank=True)

    class Meta:
        db_table = "assets_project"


class Asset(models.Model):
    """One device or system at a customer (设备), known by model and serial number."""

    public_id = models.UUIDField(default=new_public_id, unique=True)
    version = models.IntegerField(default=1)
    customer = models.ForeignKey("customers.Customer", models.PROTECT, related_name="+")
    site = models.ForeignKey("customers.Site", models.PROTECT, null=True, related_name="+")
    project = models.ForeignKey(Project, models.PROTECT, null=True, related_name="+")
    name = models.CharField(max_length=200)
    model = models.CharField(max_length=120, default="", blank=True)
    asset_class = models.CharField(max_length=60, default="", blank=True)
    serial = models.CharField(max_length=80, default="", blank=True)
    # Where at the site: floor, room, cabinet.
    location = models.CharField(max_length=200, default="", blank=True)
    purchased_on = models.DateField(null=True, blank=True)
    # The software version it runs, as far as we know.
    software = models.CharField(max_length=60, default="", blank=True)
    active = models.BooleanField(default=True)

    class Meta:
        db_table = "assets_asset"
        indexes = [
            models.Index(fields=["serial", "id"], name="assets_by_serial"),
            GinIndex(Grams("serial"), name="assets_serial_part"),
            GinIndex(Grams("name"), name="assets_name_part"),
            GinIndex(Grams("model"), name="assets_model_part"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["model", "serial"],
                condition=~Q(serial=""),
                name="assets_serial_once",
            )
        ]


class Component(models.Model):
    """A part that an asset is made of, with its own model and serial number.

    `factory` marks what warranty terms of the factory configuration cover (SA-04): what was
    delivered, and whatever replaced it at a repair. A row stays when the part is taken out.
    """

    public_id = models.UUIDField(default=new_public_id, unique=True)
    version = models.IntegerField(default=1)
    asset = models.ForeignKey(Asset, models.PROTECT, related_name="components")
    name = models.CharField(max_length=200)
    model = models.CharField(max_length=120, default="", blank=True)
    serial = models.CharField(max_length=80, default="", blank=True)
    factory = models.BooleanField()
    # Unknown for what came with the asset.
    added_on = models.DateField(null=True, blank=True)
    removed_on = models.DateField(null=True, blank=True)
    reason = models.CharField(max_length=200, default="", blank=True)
    replaced_by = models.OneToOneField("self", models.PROTECT, null=True, related_name="replaces")
    # The work order whose report put it in; empty for what was entered by hand.
    source_id = models.UUIDField(null=True)
    source_number = models.CharField(max_length=40, default="")

    class Meta:
        db_table = "assets_component"
        indexes = [
            models.Index(fields=["asset", "id"], name="components_of_asset"),
            models.Index(
                fields=["source_id"],
                name="components_of_case",
                condition=Q(source_id__isnull=False),
            ),
            GinIndex(Grams("serial"), name="components_serial_part"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["model", "serial"],
                condition=~Q(serial="") & Q(removed_on__isnull=True),
                name="components_serial_once",
            ),
            models.CheckConstraint(
                condition=Q(removed_on__isnull=True)
                | Q(added_on__isnull=True)
                | Q(removed_on__gte=models.F("added_on")),
                name="components_dates_in_order",
            ),
            models.CheckConstraint(
                condition=Q(replaced_by__isnull=True) | Q(removed_on__isnull=False),
                name="components_replaced_are_removed",
            ),
        ]


class FormerSerial(models.Model):
    """A model and serial number that an asset had before its unit was swapped."""

    asset = models.ForeignKey(Asset, models.PROTECT, related_name="former_serials")
    model = models.CharField(max_length=120)
    serial = models.CharField(max_length=80)
    until_on = models.DateField()
    reason = models.CharField(max_length=200)
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=80)

    class Meta:
        db_table = "assets_former_serial"
        indexes = [
            models.Index(fields=["asset", "-id"], name="former_serials_of_asset"),
            GinIndex(Grams("serial"), name="former_serials_part"),
        ]


class Downtime(models.Model):
    """A time during which an asset did not work, entered by hand; faults are added when read."""

    public_id = models.UUIDField(default=new_public_id, unique=True)
    version = models.IntegerField(default=1)
    asset = models.ForeignKey(Asset, models.PROTECT, related_name="downtimes")
    began_at = models.DateTimeField()
    # Empty while it lasts.
    ended_at = models.DateTimeField(null=True, blank=True)
    cause = models.CharField(max_length=200)
    # Taken back with a reason; it no longer counts, but stays on record.
    void_reason = models.CharField(max_length=200, default="", blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=80)

    class Meta:
        db_table = "assets_downtime"
        indexes = [models.Index(fields=["asset", "-began_at"], name="downtimes_of_asset")]
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True) | Q(ended_at__gt=models.F("began_at")),
                name="downtimes_in_order",
            )
        ]


class CaseTrace(models.Model):
    """What a case left on an asset: the time it was down, or a repair in which parts went in.

    Kept in step with the request or work order it comes from (`source_id`); what never became a
    case is entered by hand as downtime or component.
    """

    asset = models.ForeignKey(Asset, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10)
    source_id = models.UUIDField()
    number = models.CharField(max_length=40)
    began_at = models.DateTimeField()
    ended_at = models.DateTimeField()
    # Of a repair: its day where the asset stands.
    on = models.DateField(null=True)

    class Meta:
        db_table = "assets_case_trace"
        indexes = [models.Index(fields=["asset", "began_at"], name="case_traces_of_asset")]
        constraints = [
            models.UniqueConstraint(fields=["kind", "source_id"], name="case_trace_once"),
            models.CheckConstraint(
                condition=Q(kind="down", on__isnull=True) | Q(kind="repaired", on__isnull=False),
                name="case_trace_kind",
            ),
            models.CheckConstraint(
                condition=Q(ended_at__gte=models.F("began_at")), name="case_trace_in_order"
            ),
        ]
