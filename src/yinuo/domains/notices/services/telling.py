"""Telling somebody something: a row for each person and channel, in the caller's own step."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime

from yinuo.domains.network.holders import nearest_holders
from yinuo.domains.network.permissions import Permission
from yinuo.domains.network.roster import Holder, read_roster
from yinuo.domains.notices.models import Notice
from yinuo.domains.notices.types import Channel, Outsider, State, Telling, Trouble
from yinuo.platform.journal.work import Work


def notify(
    work: Work, telling: Telling, holders: Iterable[Holder], channels: Iterable[str]
) -> None:
    """Tell these people; in the app always, and by each other channel named.

    Everybody is told in the app because no other channel is certain to be set up. The rows are
    written with the step's flush: a step that fails tells nobody.
    """
    others = [Channel(one) for one in dict.fromkeys(channels) if one != Channel.APP]
    for holder in holders:
        work.add(*(_notice(telling, holder, one, work.now) for one in (Channel.APP, *others)))


def notify_nearest(
    work: Work, telling: Telling, permission: Permission, *, also: Iterable[int | None] = ()
) -> None:
    """Tell in the app those who see to it: who holds the right nearest to the unit, and these
    people (internal ids), each once."""
    roster = read_roster()
    nearest = [one.id for one in nearest_holders(permission, telling.unit_id)]
    ids = dict.fromkeys([*nearest, *also])
    notify(work, telling, [found for one in ids if (found := roster.person(one))], ())


def notify_outside(
    work: Work,
    telling: Telling,
    outsider: Outsider,
    channels: Iterable[str],
    *,
    done: Collection[str] = (),
) -> None:
    """Tell somebody without an account, such as a customer's contact, by these channels.

    Those in `done` reached him already, by hand, and are kept as sent. The rows are written with
    the step's flush; the app is not among the channels.
    """
    work.add(
        *(_outside(telling, outsider, Channel(one), one in done, work.now) for one in channels)
    )


def _outside(
    telling: Telling, outsider: Outsider, channel: Channel, is_done: bool, now: datetime
) -> Notice:
    address = address_of(outsider.phone, outsider.email, channel)
    state, trouble = (State.SENT, "") if is_done else (State.WAITING, "")
    if not is_done and not address:
        state, trouble = State.FAILED, Trouble.NO_ADDRESS.value
    return Notice(
        recipient=outsider.name[:120],
        unit_id=telling.unit_id,
        channel=channel.value,
        state=state.value,
        at=now,
        topic=telling.topic,
        subject_type=telling.subject_type,
        subject_id=telling.subject_id,
        data=dict(telling.data),
        address=address,
        trouble=trouble,
        settled_at=now if is_done else None,
    )


def _notice(telling: Telling, holder: Holder, channel: Channel, now: datetime) -> Notice:
    address = address_of(holder.phone, holder.email, channel)
    state, trouble = State.WAITING, ""
    if channel is Channel.APP:
        state = State.SENT
    elif not address:
        state, trouble = State.FAILED, Trouble.NO_ADDRESS.value
    return Notice(
        person_id=holder.person_id,
        unit_id=telling.unit_id,
        channel=channel.value,
        state=state.value,
        at=now,
        topic=telling.topic,
        subject_type=telling.subject_type,
        subject_id=telling.subject_id,
        data=dict(telling.data),
        address=address,
        trouble=trouble,
        settled_at=now if state is State.SENT else None,
    )


def address_of(phone: str, email: str, channel: str) -> str:
    """Where a channel reaches a person; empty when it cannot. The app needs no address."""
    if channel in (Channel.PHONE, Channel.SMS):
        return phone
    return email if channel == Channel.EMAIL else ""
