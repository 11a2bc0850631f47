"""Tables of projects and installed equipment."""

from __future__ import annotations

from django.contrib.postgres.indexes import GinIndex
from django.db import models

from yinuo.platform.database.lookups import Grams
from yinuo.platform.identifiers import new_public_id


class Project(models.Model):
    """A delivery to a customer; its acceptance starts warranty terms."""

    public_id = models.UUIDField(default=new_public_id, unique=True)
    version = models.IntegerField(default=1)
    customer = models.ForeignKey("customers.Customer", models.PROTECT, related_name="+")
    name = models.CharField(max_length=200)
    accepted_on = models.DateField(null=True, blank=True)

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
    purchased_on = models.DateField(null=True, blank=True)
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
                condition=~models.Q(serial=""),
                name="assets_serial_once",
            )
        ]
