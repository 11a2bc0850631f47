"""What users can do to the customer file, one function each."""

from yinuo.domains.customers.services.accounts import (
    give_contact_account,
    invite_contact,
    withdraw_contact_account,
)
from yinuo.domains.customers.services.consents import ConsentData, record_consent
from yinuo.domains.customers.services.contacts import create_contact, edit_contact
from yinuo.domains.customers.services.customers import create_customer, edit_customer
from yinuo.domains.customers.services.sites import create_site, edit_site
from yinuo.domains.customers.services.visits import VisitData, record_visit

__all__ = [
    "ConsentData",
    "VisitData",
    "create_contact",
    "create_customer",
    "create_site",
    "edit_contact",
    "edit_customer",
    "edit_site",
    "give_contact_account",
    "invite_contact",
    "record_consent",
    "record_visit",
    "withdraw_contact_account",
]
