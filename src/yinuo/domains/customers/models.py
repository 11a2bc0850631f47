"""Tables of the customer file. Personal data stand in erasable columns, never in facts."""

from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q
from django.db.models.functions import Reverse

from yinuo.platform.database.lookups import DigitGrams, Grams
from yinuo.platform.identifiers import new_public_id


class Customer(models.Model):
    """A company we serve, looked after by one service unit."""

    public_id = models.UUIDField(default=new_public_id, unique=True)
    version = models.IntegerField(default=1)
    name = models.CharField(max_length=200)
    name_key = models.CharField(max_length=200)
    short_name = models.CharField(max_length=80, default="", blank=True)
    unit = models.ForeignKey("network.ServiceUnit", models.PROTECT, related_name="+")
    # The company it belongs to. Circles are refused by the service, under one lock.
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="children")
    notes = models.TextField(default="", blank=True)
    active = models.BooleanField(default=True)

    class Meta:
        db_table = "customers_customer"
        indexes = [
            models.Index(fields=["name_key", "id"], name="customers_by_name"),
            GinIndex(Grams("name"), name="customers_name_part"),
            GinIndex(Grams("short_name"), name="customers_short_part"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(parent=models.F("id")), name="customers_not_its_own_parent"
            )
        ]


class Site(models.Model):
    """A place of a customer where our equipment stands; it owns the local time."""

    public_id = models.UUIDField(default=new_public_id, unique=True)
    version = models.IntegerField(default=1)
    customer = models.ForeignKey(Customer, models.PROTECT, related_name="sites")
    name = models.CharField(max_length=200)
    address = models.CharField(max_length=300, default="", blank=True)
    zone = models.CharField(max_length=64, default="Asia/Shanghai")
    # Degrees of WGS-84, both or none.
    latitude = models.DecimalField(max_digits=8, decimal_places=6, null=True)
    longitude = models.DecimalField(max_digits=9, decimal_places=6, null=True)
    # A code of the price lists' zones; empty when none was decided.
    price_zone = models.CharField(max_length=20, default="", blank=True)
    active = models.BooleanField(default=True)

    class Meta:
        db_table = "customers_site"
        constraints = [
            models.CheckConstraint(
                condition=Q(latitude__isnull=True, longitude__isnull=True)
                | Q(
                    latitude__range=(-90, 90),
                    longitude__range=(-180, 180),
                ),
                name="customers_site_on_earth",
            )
        ]


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
    # Codes of the shipped list of contact roles.
    roles = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    active = models.BooleanField(default=True)

    class Meta:
        db_table = "customers_contact"
        indexes = [
            models.Index(fields=["name_key", "id"], name="customers_contact_by_name"),
            GinIndex(Grams("name"), name="customers_contact_part"),
        ]


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
        # What is typed is mostly a whole number, its end or its start: these two find that.
        # The third finds the rest.
        indexes = [
            models.Index(fields=["digits", "id"], name="customers_phone_start"),
            models.Index(Reverse("digits"), name="customers_phone_end"),
            GinIndex(DigitGrams("digits"), name="customers_phone_part"),
        ]


class Consent(models.Model):
    """What a contact allowed or refused, when and how; the newest of a purpose counts.

    Rows are added, never changed; they go with the contact when he is erased.
    """

    contact = models.ForeignKey(Contact, models.CASCADE, related_name="consents")
    purpose = models.CharField(max_length=10)
    given = models.BooleanField()
    given_at = models.DateTimeField()
    how = models.CharField(max_length=20)
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=80)

    class Meta:
        db_table = "customers_consent"
        indexes = [models.Index(fields=["contact", "purpose", "-id"], name="consents_newest")]
        constraints = [
            models.CheckConstraint(
                condition=Q(purpose__in=["call", "mail", "survey"]), name="consent_purpose"
            ),
            models.CheckConstraint(
                condition=Q(how__in=["phone", "paper", "contract", "mail", "web"]),
                name="consent_how",
            ),
        ]


class CustomerVisit(models.Model):
    """A call on a customer by our people (首访、回访), beside the visits of work orders."""

    public_id = models.UUIDField(default=new_public_id, unique=True)
    customer = models.ForeignKey(Customer, models.PROTECT, related_name="+")
    site = models.ForeignKey(Site, models.PROTECT, null=True, related_name="+")
    contact = models.ForeignKey(Contact, models.SET_NULL, null=True, related_name="+")
    visited_on = models.DateField()
    visitors = models.CharField(max_length=200)
    purpose = models.CharField(max_length=200)
    outcome = models.TextField(default="", blank=True)
    # When somebody should go again; empty when nothing was agreed.
    again_on = models.DateField(null=True, blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=80)

    class Meta:
        db_table = "customers_visit"
        indexes = [
            models.Index(fields=["customer", "-visited_on", "-id"], name="customer_visits_newest")
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(again_on__isnull=True) | Q(again_on__gt=models.F("visited_on")),
                name="customer_visit_again_later",
            )
        ]
