"""Tables of the customer file. Personal data stand in erasable columns, never in facts."""

from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.db import models

from yinuo.platform.database.lookups import Grams
from yinuo.platform.identifiers import new_public_id


class Customer(models.Model):
    """A company we serve, looked after by one service unit."""

    public_id = models.UUIDField(default=new_public_id, unique=True)
    version = models.IntegerField(default=1)
    name = models.CharField(max_length=200)
    name_key = models.CharField(max_length=200)
    short_name = models.CharField(max_length=80, default="", blank=True)
    unit = models.ForeignKey("network.ServiceUnit", models.PROTECT, related_name="+")
    notes = models.TextField(default="", blank=True)
    active = models.BooleanField(default=True)

    class Meta:
        db_table = "customers_customer"
        indexes = [
            models.Index(fields=["name_key", "id"], name="customers_by_name"),
            GinIndex(Grams("name"), name="customers_name_part"),
            GinIndex(Grams("short_name"), name="customers_short_part"),
        ]


class Site(models.Model):
    """A place of a customer where our equipment stands; it owns the local time."""

    public_id = models.UUIDField(default=new_public_id, unique=True)
    version = models.IntegerField(default=1)
    customer = models.ForeignKey(Customer, models.PROTECT, related_name="sites")
    name = models.CharField(max_length=200)
    address = models.CharField(max_length=300, default="", blank=True)
    zone = models.CharField(max_length=64, default="Asia/Shanghai")
    active = models.BooleanField(default=True)

    class Meta:
        db_table = "customers_site"


class Contact(models.Model):
    """A person at the customer; signs in to see his own company's requests when `user` is set."""

    public_id = models.UUIDField(default=new_public_id, unique=True)
    version = models.IntegerField(default=1)
    customer = models.ForeignKey(Customer, models.PROTECT, related_name="contacts")
    site = models.ForeignKey(Site, models.PROTECT, null=True, related_name="+")
    name = models.CharField(max_length=80)
    name_key = models.CharField(max_length=200)
    title = models.CharField(max_length=80, default="", blank=True)
    email = models.EmailField(default="", blank=True)
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    active = models.BooleanField(default=True)

    class Meta:
        db_table = "customers_contact"
        indexes = [GinIndex(Grams("name"), name="customers_contact_part")]


class ContactPhone(models.Model):
    """A number of a contact: as typed, and as digits without country code for look-up."""

    contact = models.ForeignKey(Contact, models.CASCADE, related_name="phones")
    number = models.CharField(max_length=40)
    digits = models.CharField(max_length=20)

    class Meta:
        db_table = "customers_phone"
        constraints = [
            models.UniqueConstraint(fields=["contact", "digits"], name="customers_phone_once")
        ]
        indexes = [GinIndex(Grams("digits"), name="customers_phone_part")]
