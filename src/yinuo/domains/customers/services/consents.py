"""Consent of contacts: may he be called, written to, asked for his opinion."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from yinuo.domains.customers.consents import newest_consents
from yinuo.domains.customers.models import Consent, Contact
from yinuo.domains.customers.policies import visible_contacts
from yinuo.domains.customers.types import HOW_CONSENTED, PURPOSES
from yinuo.domains.network.permissions import Permission
from yinuo.domains.network.types import Actor
from yinuo.platform.errors import InvalidInput
from yinuo.platform.journal.work import writing
from yinuo.platform.scoped import one_of

# A clock at the customer's may run ahead of ours by as much.
_AHEAD = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class ConsentData:
    """What a contact said: by purpose (`call`, `mail`, `survey`) whether he agrees, when, how."""

    answers: Mapping[str, bool]
    how: str
    given_at: datetime | None = None


def record_consent(
    *, actor: Actor, contact_id: object, data: ConsentData, now: datetime
) -> Contact:
    """Record what a contact allowed or refused; what did not change is not written again.

    Raises InvalidInput for an unknown purpose or way, a time to come, NotFound.
    """
    contact = one_of(visible_contacts(actor, Permission.CUSTOMER_WRITE), contact_id)
    given_at = data.given_at or now
    _check(data, given_at, now)
    with writing(actor=actor, now=now) as work:
        # One after the other per contact, so that the newest row is the last word.
        Contact.objects.select_for_update().get(pk=contact.pk)
        present = {one.purpose: one.given for one in newest_consents([contact.pk])[contact.pk]}
        changed = {
            purpose: given
            for purpose, given in data.answers.items()
            if present.get(purpose) is not given
        }
        Consent.objects.bulk_create(
            Consent(
                contact=contact,
                purpose=purpose,
                given=given,
                given_at=given_at,
                how=data.how,
                recorded_at=now,
                recorded_by=actor.label,
            )
            for purpose, given in changed.items()
        )
        if changed:
            before = {name: present.get(name) for name in changed}
            work.audit(
                "contact.consent", contact, before=before, after={**changed, "how": data.how}
            )
        return contact


def _check(data: ConsentData, given_at: datetime, now: datetime) -> None:
    problems: dict[str, str] = {}
    for purpose in data.answers:
        if purpose not in PURPOSES:
            problems[purpose] = _("This is not something a contact is asked to allow.")
    if data.how not in HOW_CONSENTED:
        problems["how"] = _("Say how he told us.")
    if given_at > now + _AHEAD:
        problems["given_at"] = _("This time is still to come.")
    if problems:
        raise InvalidInput(problems)
