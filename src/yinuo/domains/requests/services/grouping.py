"""Setting up support groups: what each takes, who takes from it, who goes on after it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from yinuo.domains.network.holders import Holder, holders_around
from yinuo.domains.network.permissions import Permission
from yinuo.domains.network.policies import unit_for
from yinuo.domains.network.qualification_types import ServiceMode
from yinuo.domains.network.types import Actor
from yinuo.domains.requests.group_models import GroupMember, SupportGroup
from yinuo.domains.requests.policies import visible_groups
from yinuo.domains.requests.types import RequestKind
from yinuo.platform.errors import InvalidInput, NotFound
from yinuo.platform.journal.work import stored, writing
from yinuo.platform.scoped import one_of

NAME_LENGTH, CODE_LENGTH, MOST_CODES, MOST_MEMBERS = 80, 60, 100, 200
RANKS = range(1000)


@dataclass(frozen=True, slots=True)
class GroupData:
    """A support group as somebody sets it up. Empty lists take everything; ids are public ids."""

    name: str
    rank: int = 100
    kinds: Sequence[str] = ()
    categories: Sequence[str] = ()
    levels: Sequence[str] = ()
    asset_classes: Sequence[str] = ()
    member_ids: Sequence[object] = ()
    next_id: object = None
    active: bool = True
    # In which way of service units are asked for what comes in; empty: they are not.
    offer_mode: str = ""


def create_group(*, actor: Actor, unit_id: object, data: GroupData, now: datetime) -> SupportGroup:
    """Add a support group to a unit.

    Raises NotFound without the right there and for members who may not work on its requests,
    InvalidInput per field.
    """
    unit = unit_for(actor, unit_id, Permission.GROUP_MANAGE)
    with writing(actor=actor, now=now) as work:
        changes, members = _checked(actor, unit.pk, None, data)
        group = SupportGroup.objects.create(unit_id=unit.pk, **changes)
        _set_members(group, members)
        work.audit("group.create", group, after=_shown(group, members))
        return group


def edit_group(
    *, actor: Actor, group_id: object, version: int, data: GroupData, now: datetime
) -> SupportGroup:
    """Change a support group; requests in its queue stay there. Raises Conflict when stale."""
    with writing(actor=actor, now=now) as work:
        found = visible_groups(actor, Permission.GROUP_MANAGE).select_for_update(of=("self",))
        group = one_of(found, group_id)
        changes, members = _checked(actor, group.unit_id, group, data)
        stored(group, expected_version=version, changes=changes)
        _set_members(group, members)
        work.audit("group.edit", group, after=_shown(group, members))
        return group


def _checked(
    actor: Actor, unit_id: int, group: SupportGroup | None, data: GroupData
) -> tuple[dict[str, Any], list[Holder]]:
    problems: dict[str, str] = {}
    name = data.name.strip()
    others = SupportGroup.objects.filter(unit_id=unit_id).exclude(pk=group.pk if group else 0)
    if not name or len(name) > NAME_LENGTH:
        problems["name"] = _("Give a name of at most 80 characters.")
    elif others.filter(name=name).exists():
        problems["name"] = _("The unit has a group of this name.")
    if data.rank not in RANKS:
        problems["rank"] = _("Give a whole number from 0 to 999.")
    if set(data.kinds) - set(RequestKind):
        problems["kinds"] = _("Choose one of the kinds offered.")
    if data.offer_mode and data.offer_mode not in set(ServiceMode):
        problems["offer_mode"] = _("Choose one of the ways offered.")
    lists = {"kinds": data.kinds, "categories": data.categories, "levels": data.levels}
    lists["asset_classes"] = data.asset_classes
    cleaned = {field: _codes(field, given, problems) for field, given in lists.items()}
    holders = {str(one.public_id): one for one in holders_around(Permission.REQUEST_WORK, unit_id)}
    wanted = [str(one) for one in dict.fromkeys(data.member_ids)]
    if len(wanted) > MOST_MEMBERS:
        problems["member_ids"] = _("A group has at most 200 members.")
    elif any(one not in holders for one in wanted):
        raise NotFound
    following = _following(actor, group, data, problems)
    if problems:
        raise InvalidInput(problems)
    columns = {"name": name, "rank": data.rank, "next": following, "active": data.active}
    return {**columns, **cleaned, "offer_mode": data.offer_mode}, [holders[one] for one in wanted]


def _codes(field: str, given: Sequence[str], problems: dict[str, str]) -> list[str]:
    codes = [one.strip() for one in dict.fromkeys(given) if one.strip()]
    if len(codes) > MOST_CODES or any(len(one) > CODE_LENGTH for one in codes):
        problems[field] = _("Give at most 100 entries of 60 characters.")
    return codes


def _following(
    actor: Actor, group: SupportGroup | None, data: GroupData, problems: Mapping[str, str]
) -> SupportGroup | None:
    if not data.next_id:
        return None
    found = one_of(visible_groups(actor, Permission.REQUEST_READ), data.next_id)
    if group is not None and found.pk == group.pk:
        raise InvalidInput({**problems, "next_id": _("A group does not follow itself.")})
    return found


def _set_members(group: SupportGroup, members: Sequence[Holder]) -> None:
    GroupMember.objects.filter(group=group).delete()
    GroupMember.objects.bulk_create(GroupMember(group=group, person_id=one.id) for one in members)


def _shown(group: SupportGroup, members: Sequence[Holder]) -> dict[str, Any]:
    names = ("name", "rank", "kinds", "categories", "levels", "asset_classes", "offer_mode")
    shown = {name: getattr(group, name) for name in (*names, "active")}
    return {**shown, "members": [str(one.public_id) for one in members]}
