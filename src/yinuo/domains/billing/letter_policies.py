"""Which letters of contact an actor sees, and which steps he may take on one."""

from __future__ import annotations

from django.conf import settings
from django.db.models import QuerySet

from yinuo.domains.billing.letter_models import Letter
from yinuo.domains.network.permissions import Permission
from yinuo.domains.network.types import Actor
from yinuo.kernel.offer_states import OFFER_STEPS, OfferState
from yinuo.platform.links.types import Link

_S = OfferState
# Whose diagnosis can prove wrong: what was sent and not taken back.
_JUDGED = frozenset({_S.SENT, _S.ACCEPTED})
_BY_WRITERS = ("edited", "accepted", "declined", "withdrawn")


def visible_letters(
    actor: Actor, permission: Permission = Permission.LETTER_READ
) -> QuerySet[Letter]:
    """Letters of the units where the actor holds the right."""
    return Letter.objects.filter(unit_id__any=actor.units_for(permission))


def letters_behind(link: Link) -> QuerySet[Letter]:
    """The letter that a link is about, for its holder."""
    return Letter.objects.filter(public_id=link.owner.public_id)


def may_confirm(actor: Actor, letter: Letter) -> bool:
    """True when the actor may confirm a draft for us; another person than the writer where the
    company asks for a second one (R08)."""
    if not actor.may(Permission.LETTER_CONFIRM, letter.unit_id):
        return False
    is_writer = actor.user_id is not None and actor.user_id == letter.drafted_by_user
    return not (is_writer and settings.LETTER_NEEDS_SECOND_PERSON)


def next_steps(actor: Actor, letter: Letter) -> tuple[str, ...]:
    """The steps that are possible in the letter's state and allowed to the actor."""
    state, steps = OfferState(letter.state), []
    confirmed = letter.confirmed_at is not None
    if state is _S.DRAFTED and not confirmed and may_confirm(actor, letter):
        steps.append("confirmed")
    if not actor.may(Permission.LETTER_WRITE, letter.unit_id):
        return tuple(steps)
    if (state is _S.DRAFTED and confirmed) or state is _S.SENT:
        steps.append("sent")
    steps += [kind for kind in _BY_WRITERS if OFFER_STEPS[kind].after(state)]
    if state in _JUDGED and letter.wrong_at is None:
        steps.append("wrong")
    return tuple(steps)
