"""Who takes part: our own people, a customer's contacts, and others by name."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from yinuo.domains.customers.policies import visible_contacts
from yinuo.domains.network.policies import visible_people
from yinuo.domains.network.types import Actor
from yinuo.domains.trainings.models import Participant, Training
from yinuo.domains.trainings.services.checking import LONGEST_NAME, MOST_PARTICIPANTS, too_long
from yinuo.domains.trainings.types import Invited
from yinuo.platform.errors import InvalidInput, NotFound
from yinuo.platform.scoped import identity


def invite(training: Training, invited: Invited, actor: Actor) -> None:
    """Add participants; who takes part already is left alone.

    Only one for a customer takes his contacts. Raises InvalidInput, NotFound for whom the actor
    does not see.
    """
    present = list(training.participants.all())
    found = list(_found(training, invited, actor))
    known = {_key(one) for one in present}
    new = {_key(one): one for one in found if _key(one) not in known}
    if len(present) + len(new) > MOST_PARTICIPANTS:
        raise InvalidInput({"names": _("At most 200 people take part in one training.")})
    Participant.objects.bulk_create(new.values())


def invite_anew(training: Training, invited: Invited, actor: Actor) -> None:
    """Let exactly these take part: whoever is no longer among them is taken off the list."""
    wanted = {_key(one) for one in _found(training, invited, actor)}
    gone = [one.pk for one in training.participants.all() if _key(one) not in wanted]
    Participant.objects.filter(pk__in=gone).delete()
    invite(training, invited, actor)


def _found(training: Training, invited: Invited, actor: Actor) -> Iterator[Participant]:
    people = {identity(one) for one in invited.people}
    ours = list(visible_people(actor).filter(public_id__in=people).order_by("name_key", "id"))
    ids = {identity(one) for one in invited.contacts}
    theirs = visible_contacts(actor).filter(customer=training.customer, public_id__in=ids)
    contacts = list(theirs.order_by("id")) if ids else []
    if len(ours) != len(people) or len(contacts) != len(ids):
        raise NotFound
    for person in ours:
        yield Participant(training=training, person=person, name=person.name)
    for contact in contacts:
        yield Participant(training=training, contact=contact, name=contact.name)
    for name in filter(None, (one.strip() for one in invited.names)):
        if len(name) > LONGEST_NAME:
            raise InvalidInput({"names": too_long(LONGEST_NAME)})
        yield Participant(training=training, name=name)


def _key(one: Participant) -> tuple[int | None, int | None, str]:
    by_name = one.person_id is None and one.contact_id is None
    return one.person_id, one.contact_id, one.name if by_name else ""
