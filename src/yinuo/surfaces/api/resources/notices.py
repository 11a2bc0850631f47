"""`/notices`: one's own notices, read and unread."""

from __future__ import annotations

from typing import Annotated

from django.http import HttpResponse
from ninja import Query
from pydantic import Field

from yinuo.domains.network.permissions import Permission
from yinuo.domains.notices.selectors import list_inbox
from yinuo.domains.notices.services import read_notice
from yinuo.surfaces.api.answers import listed, written
from yinuo.surfaces.api.callers import ApiRequest
from yinuo.surfaces.api.inputs import Input, Paging, PathId
from yinuo.surfaces.api.operations import Resource
from yinuo.surfaces.api.shapes import notices as shapes

resource = Resource("notices")


class NoticeFilters(Paging):
    """Which notices to list: all, or those not read."""

    unread_only: bool = False


class ReadInput(Input):
    """Whether it is read from now on."""

    is_read: Annotated[bool, Field(strict=True)] = True


@resource.reads("", name="list_notices", right=Permission.NOTICE_READ, gives=shapes.Notices)
def list_all(request: ApiRequest, filters: Query[NoticeFilters]) -> HttpResponse:
    """What the caller was told in the app, newest first."""
    page = list_inbox(
        request.auth.actor,
        unread_only=filters.unread_only,
        cursor=filters.cursor,
        limit=filters.limit,
    )
    return listed(page, shapes.notice)


@resource.writes(
    "POST",
    "/{notice_id}/read",
    name="read_notice",
    right=Permission.NOTICE_READ,
    gives=shapes.ReadShape,
)
def read_one(request: ApiRequest, notice_id: PathId, data: ReadInput) -> HttpResponse:
    """Mark one of the caller's own notices read, or unread again."""
    call = request.auth
    return written(
        request,
        lambda: shapes.read(
            read_notice(actor=call.actor, notice_id=notice_id, is_read=data.is_read, now=call.now)
        ),
    )
