"""Reading support groups and their queues; limited to what the actor may see."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, Min, QuerySet

from yinuo.domains.network.permissions import Permission
from yinuo.domains.network.types import Actor
from yinuo.domains.obligations.several import obligations_of_subjects
from yinuo.domains.obligations.types import ObligationView
from yinuo.domains.requests.group_models import GroupMember, SupportGroup
from yinuo.domains.requests.models import Request
from yinuo.domains.requests.policies import visible_groups, visible_requests
from yinuo.domains.requests.selectors import request_row
from yinuo.domains.requests.types import RequestRow
from yinuo.kernel.states import ENDED
from yinuo.platform.paging import Page, page_of
from yinuo.platform.scoped import identity, one_of

_NOT_OPEN = [state.value for state in ENDED]
_RUNNING = ("running", "missed")


@dataclass(frozen=True, slots=True)
class GroupRow:
    """A support group as lists and forms show it; `is_mine`: the actor takes from its queue.

    `waiting` counts its open requests nobody looks after, `oldest_at` is the report of the oldest.
    """

    public_id: UUID
    version: int
    name: str
    unit_public_id: UUID
    unit_name: str
    rank: int
    kinds: tuple[str, ...]
    categories: tuple[str, ...]
    levels: tuple[str, ...]
    asset_classes: tuple[str, ...]
    next_public_id: UUID | None
    next_name: str
    active: bool
    member_ids: tuple[UUID, ...]
    member_names: tuple[str, ...]
    is_mine: bool
    may_edit: bool
    waiting: int = 0
    oldest_at: datetime | None = None
    # In which way of service units are asked for what comes in; empty: they are not.
    offer_mode: str = ""


@dataclass(frozen=True, slots=True)
class QueuedRow:
    """A request that waits in a queue, with its next open promise; None where none runs."""

    request: RequestRow
    group_name: str
    promise: ObligationView | None


def list_groups(actor: Actor, *, active_only: bool = False) -> list[GroupRow]:
    """The groups the actor may see, his own first, with what waits in each; four queries."""
    groups = visible_groups(actor).select_related("unit", "next").order_by("rank", "id")
    if active_only:
        groups = groups.filter(active=True)
    waiting = {
        row["group_id"]: row
        for row in _waiting(actor).values("group_id").annotate(n=Count("id"), at=Min("reported_at"))
    }
    members = _members()
    rows = [
        _group_row(one, actor, members.get(one.pk, []), waiting.get(one.pk, {})) for one in groups
    ]
    return sorted(rows, key=lambda row: not row.is_mine)


def get_group(actor: Actor, public_id: object) -> GroupRow:
    """One visible group; NotFound otherwise."""
    wanted = identity(public_id)
    one_of(visible_groups(actor), wanted)
    return next(row for row in list_groups(actor) if row.public_id == wanted)


def list_queue(
    actor: Actor, *, group_id: object = None, cursor: str = "", limit: int = 50
) -> Page[QueuedRow]:
    """What waits in the queue of a group, of all the actor takes from when none is named.

    The longest waiting first. Two queries.
    """
    waiting = _waiting(actor)
    if group_id is not None:
        waiting = waiting.filter(group__public_id=identity(group_id))
    else:
        waiting = waiting.filter(group__members__person_id=actor.person_id or 0)
    named = waiting.select_related("customer", "asset", "unit", "group").defer(
        "plan_version__source"
    )
    page = page_of(named, order=("reported_at", "id"), cursor=cursor, limit=limit)
    promises = obligations_of_subjects(one.public_id for one in page.items)
    return page.map(lambda one: _queued(one, promises[one.public_id]))


def _waiting(actor: Actor) -> QuerySet[Request]:
    """Open requests in a queue that nobody looks after."""
    queued = visible_requests(actor).filter(group__isnull=False, owner__isnull=True)
    return queued.exclude(state__in=_NOT_OPEN)


def _members() -> dict[int, list[tuple[int, UUID, str]]]:
    """Who takes from which group: id, public id and name by the group's id."""
    found: dict[int, list[tuple[int, UUID, str]]] = {}
    rows = GroupMember.objects.order_by("person__name_key", "person_id").values_list(
        "group_id", "person_id", "person__public_id", "person__name"
    )
    for group_id, person_id, public_id, name in rows:
        found.setdefault(group_id, []).append((person_id, public_id, name))
    return found


def _group_row(
    group: SupportGroup,
    actor: Actor,
    members: list[tuple[int, UUID, str]],
    waiting: Mapping[str, Any],
) -> GroupRow:
    return GroupRow(
        public_id=group.public_id,
        version=group.version,
        name=group.name,
        unit_public_id=group.unit.public_id,
        unit_name=group.unit.name,
        rank=group.rank,
        kinds=tuple(group.kinds),
        categories=tuple(group.categories),
        levels=tuple(group.levels),
        asset_classes=tuple(group.asset_classes),
        next_public_id=group.next.public_id if group.next else None,
        next_name=group.next.name if group.next else "",
        active=group.active,
        member_ids=tuple(public_id for _id, public_id, _name in members),
        member_names=tuple(name for _id, _public_id, name in members),
        is_mine=any(person_id == actor.person_id for person_id, _public_id, _name in members),
        may_edit=actor.may(Permission.GROUP_MANAGE, group.unit_id),
        waiting=waiting.get("n", 0),
        oldest_at=waiting.get("at"),
        offer_mode=group.offer_mode,
    )


def _queued(request: Request, obligations: list[ObligationView]) -> QueuedRow:
    running = sorted(
        (one.due_at, number)
        for number, one in enumerate(obligations)
        if one.state in _RUNNING and one.due_at is not None
    )
    first = obligations[running[0][1]] if running else None
    return QueuedRow(request_row(request), request.group.name if request.group else "", first)
