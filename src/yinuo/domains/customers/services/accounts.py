"""Sign-in accounts of contacts: given by invitation, so that nobody else knows the password."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from yinuo.domains.customers.models import Contact
from yinuo.domains.customers.policies import visible_contacts
from yinuo.domains.network.permissions import Permission
from yinuo.domains.network.types import Actor
from yinuo.platform.accounts.services import (
    NewUser,
    create_user,
    deactivate_user,
    invite_user,
    reactivate_user,
)
from yinuo.platform.errors import IllegalMove
from yinuo.platform.journal.work import stored, writing
from yinuo.platform.scoped import one_of


def give_contact_account(
    *, actor: Actor, contact_id: object, username: str, email: str = "", now: datetime
) -> str:
    """Create a contact's account and give the secret of its invitation, shown once.

    The account is always a new one: nobody who works here can become a customer's contact.
    Raises InvalidInput for a bad or taken name, IllegalMove when the contact has an account or is
    no longer active, NotFound for one the actor may not change.
    """
    contact = _writable(actor, contact_id)
    if contact.user_id is not None or not contact.active:
        raise IllegalMove(_("This contact can sign in already, or is no longer active."))
    with writing(actor=actor, now=now) as work:
        user = create_user(NewUser(username, contact.name, None, email=email), now=now)
        stored(contact, expected_version=None, changes={"user_id": user.pk})
        work.audit("contact.give_account", contact, after={"user_id": user.pk})
        return invite_user(user_id=user.pk, now=now)


def invite_contact(*, actor: Actor, contact_id: object, now: datetime) -> str:
    """A new invitation for a contact who cannot get in, or whose sign-in was withdrawn.

    The invitation before it becomes void. Raises IllegalMove without an account, NotFound.
    """
    contact = _writable(actor, contact_id)
    if contact.user_id is None or not contact.active:
        raise IllegalMove(_("This contact has no account, or is no longer active."))
    with writing(actor=actor, now=now) as work:
        reactivate_user(user_id=contact.user_id)
        work.audit("contact.invite", contact)
        return invite_user(user_id=contact.user_id, now=now)


def withdraw_contact_account(*, actor: Actor, contact_id: object, now: datetime) -> None:
    """End a contact's sign-in at once: no session and no invitation works any more (R06, R14).

    What he reported stays on record. Raises IllegalMove without an account, NotFound.
    """
    contact = _writable(actor, contact_id)
    if contact.user_id is None:
        raise IllegalMove(_("This contact has no account, or is no longer active."))
    with writing(actor=actor, now=now) as work:
        deactivate_user(user_id=contact.user_id)
        work.audit("contact.withdraw_account", contact, after={"user_id": contact.user_id})


def _writable(actor: Actor, contact_id: object) -> Contact:
    return one_of(visible_contacts(actor, Permission.CUSTOMER_WRITE), contact_id)
