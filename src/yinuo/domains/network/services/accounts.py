"""Sign-in accounts of people: given by invitation, so that nobody else ever knows the password."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from yinuo.domains.network.actors import get_actor
from yinuo.domains.network.permissions import Permission
from yinuo.domains.network.services.people import link_user, writable_person
from yinuo.domains.network.types import Actor
from yinuo.platform.accounts.services import NewUser, create_user, invite_user
from yinuo.platform.errors import Forbidden, IllegalMove
from yinuo.platform.journal.work import writing


def give_account(
    *, actor: Actor, person_id: object, username: str, email: str = "", now: datetime
) -> str:
    """Create a person's account and give the secret of its invitation, shown once.

    Raises InvalidInput for a bad or taken name, IllegalMove when the person has an account or
    has left, Forbidden by R08 for somebody who holds more than the actor.
    """
    person = writable_person(actor, person_id)
    if person.user_id is not None or not person.active:
        raise IllegalMove(_("This person has an account already, or has left."))
    with writing(actor=actor, now=now):
        user = create_user(NewUser(username, person.name, None, email=email), now=now)
        link_user(actor=actor, person_id=person.public_id, user_id=user.pk, now=now)
        _require_holds_no_more(user.pk, actor)
        return invite_user(user_id=user.pk, now=now)


def invite_again(*, actor: Actor, person_id: object, now: datetime) -> str:
    """A new invitation for a person who has forgotten the password; gives its secret.

    Whoever invites could use it himself: R08 allows it only for people who hold no more than the
    actor does or may give. Raises NotFound, Forbidden, IllegalMove without an account.
    """
    person = writable_person(actor, person_id)
    if person.user_id is None or not person.active:
        raise IllegalMove(_("This person has no account, or has left."))
    _require_holds_no_more(person.user_id, actor)
    with writing(actor=actor, now=now) as work:
        secret = invite_user(user_id=person.user_id, now=now)
        work.audit("person.invite", person)
        return secret


def _require_holds_no_more(user_id: int, actor: Actor) -> None:
    grantable = actor.units_for(Permission.ROLE_ASSIGN_ANY)
    for right, units in get_actor(user_id).grants.items():
        if not units <= actor.units_for(right) | grantable:
            raise Forbidden
