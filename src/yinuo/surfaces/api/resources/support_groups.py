"""`/support-groups`: who takes which requests, and what waits in each queue."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

from django.http import HttpResponse
from ninja import Query
from pydantic import Field

from yinuo.domains.network.permissions import Permission
from yinuo.domains.network.qualification_types import ServiceMode
from yinuo.domains.requests.queues import get_group, list_groups, list_queue
from yinuo.domains.requests.services import GroupData, create_group, edit_group
from yinuo.domains.requests.types import RequestKind
from yinuo.platform.paging import Page
from yinuo.surfaces.api.answers import edited, listed, saved, shown, written
from yinuo.surfaces.api.callers import ApiRequest
from yinuo.surfaces.api.inputs import Id, Input, Label, Paging, PathId, Version, Word
from yinuo.surfaces.api.operations import Resource
from yinuo.surfaces.api.shapes import support_groups as shapes

resource = Resource("support groups")
Codes = Annotated[list[Word], Field(max_length=100)]


class GroupInput(Input):
    """What a group takes: an empty list takes everything. The lowest rank decides.

    With `offer_mode` the nearest unit that serves so is asked for what comes in.
    """

    name: Label
    rank: Annotated[int, Field(strict=True, ge=0, le=999)] = 100
    kinds: Annotated[list[RequestKind], Field(max_length=20)] = []
    categories: Codes = []
    levels: Codes = []
    asset_classes: Codes = []
    member_ids: Annotated[list[Id], Field(max_length=200)] = []
    next_id: Id | None = None
    active: bool = True
    offer_mode: ServiceMode | None = None

    def group(self) -> GroupData:
        """The same for the service."""
        return GroupData(
            name=self.name,
            rank=self.rank,
            kinds=[one.value for one in self.kinds],
            categories=self.categories,
            levels=self.levels,
            asset_classes=self.asset_classes,
            member_ids=self.member_ids,
            next_id=self.next_id,
            active=self.active,
            offer_mode=self.offer_mode.value if self.offer_mode else "",
        )


class NewGroupInput(GroupInput):
    """A group of this unit."""

    unit_id: Id


class GroupChange(GroupInput):
    """The whole group, and the version it is based on."""

    version: Version


@resource.reads("", name="list_support_groups", right=Permission.REQUEST_READ, gives=shapes.Groups)
def list_all(request: ApiRequest) -> HttpResponse:
    """Visible groups, one's own first, with how many requests wait in each."""
    return listed(Page(tuple(list_groups(request.auth.actor)), ""), shapes.group)


@resource.reads(
    "/{group_id}", name="get_support_group", right=Permission.REQUEST_READ, gives=shapes.GroupShape
)
def get_one(request: ApiRequest, group_id: PathId) -> HttpResponse:
    """One group."""
    return shown(shapes.group(get_group(request.auth.actor, group_id)))


@resource.reads(
    "/{group_id}/queue", name="list_queue", right=Permission.REQUEST_READ, gives=shapes.Queue
)
def queue(request: ApiRequest, group_id: PathId, filters: Query[Paging]) -> HttpResponse:
    """Open requests of the group that nobody looks after, the longest waiting first."""
    actor = request.auth.actor
    group = get_group(actor, group_id)
    page = list_queue(actor, group_id=group.public_id, cursor=filters.cursor, limit=filters.limit)
    return listed(page, shapes.queued)


@resource.writes("POST", "", name="create_support_group", right=Permission.GROUP_MANAGE, status=201)
def create(request: ApiRequest, data: NewGroupInput) -> HttpResponse:
    """Add a group to a unit."""
    call = request.auth

    def action() -> Mapping[str, Any]:
        return saved(
            create_group(actor=call.actor, unit_id=data.unit_id, data=data.group(), now=call.now)
        )

    return written(request, action, status=201)


@resource.writes("PUT", "/{group_id}", name="edit_support_group", right=Permission.GROUP_MANAGE)
def edit(request: ApiRequest, group_id: PathId, data: GroupChange) -> HttpResponse:
    """Replace a group's settings; requests in its queue stay there."""
    call = request.auth
    return edited(
        request,
        data,
        lambda: edit_group(
            actor=call.actor,
            group_id=group_id,
            version=data.version,
            data=data.group(),
            now=call.now,
        ),
        lambda: shapes.group(get_group(call.actor, group_id)),
    )
