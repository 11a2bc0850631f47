"""`/field`: what an engineer's phone takes along and sends back (B-40, R53 to R56)."""

from __future__ import annotations

import binascii
from base64 import b64decode
from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _
from ninja import Query
from pydantic import Field, WithJsonSchema

from yinuo.domains.devices.jobs import list_jobs
from yinuo.domains.devices.selectors import is_clock_off, list_unapplied, offset_ms
from yinuo.domains.devices.services import (
    add_piece,
    begin_photo,
    drop_operation,
    note_contact,
    take_operations,
)
from yinuo.domains.devices.services.photographing import PIECE_BYTES
from yinuo.domains.devices.services.taking import MOST_OPERATIONS, Contact
from yinuo.domains.devices.types import OperationState, PhotoSent, Result
from yinuo.domains.fieldwork.selectors import get_work_order_page
from yinuo.domains.network.permissions import Permission
from yinuo.platform.errors import InvalidInput, NotFound
from yinuo.surfaces.api.answers import listed, shown
from yinuo.surfaces.api.callers import ApiRequest, Call
from yinuo.surfaces.api.inputs import Id, Input, Instant, Name, Paging, PathId, Remark, Word, text
from yinuo.surfaces.api.operations import Resource
from yinuo.surfaces.api.resources.field_bodies import OperationInput
from yinuo.surfaces.api.shapes import field as shapes
from yinuo.surfaces.api.shapes.work_orders import work_order_page
from yinuo.surfaces.api.turns import Turn

RIGHT = Permission.WORK_ORDER_PERFORM
# Not described as an id: it names nothing yet.
UUID_PATTERN = "^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$"
LONGEST_PIECE = -(-PIECE_BYTES // 3) * 4


resource = Resource("field")
# The work of phones taken in at once, by each process of the server.
PHONES = Turn(1)


class OperationsInput(Input):
    """What was done, in the order it was done; `device_time` is what the phone's clock shows."""

    device_time: Instant
    operations: Annotated[list[OperationInput], Field(max_length=MOST_OPERATIONS)]


class DropInput(Input):
    """Why it is given up."""

    reason: Remark


class PhotoInput(Input):
    """A photograph that will come in pieces; the phone makes its id."""

    id: Annotated[UUID, WithJsonSchema({"type": "string", "pattern": UUID_PATTERN})]
    work_order_id: Id
    name: Name
    sha256: Annotated[str, Field(pattern="^[0-9a-fA-F]{64}$")]
    size: Annotated[int, Field(strict=True, ge=1, le=2_147_483_647)]
    taken_at: Instant
    caption: Annotated[str, text(200)] = ""
    checklist_id: Id | None = None
    item: Word = ""


class PieceInput(Input):
    """Bytes of a photograph from a place in it, as base64; at most 256 KiB."""

    at: Annotated[int, Field(strict=True, ge=0, le=2_147_483_647)]
    content_base64: Annotated[str, text(LONGEST_PIECE)]

    def content(self) -> bytes:
        """The bytes. Raises InvalidInput when it is no base64."""
        try:
            return b64decode(self.content_base64, validate=True)
        except (binascii.Error, ValueError) as error:
            raise InvalidInput({"content_base64": _("This is not base64.")}) from error


@resource.reads("/jobs", name="list_jobs", right=RIGHT, gives=shapes.JobsShape)
def jobs(request: ApiRequest) -> HttpResponse:
    """One's own open sheets, each with all that the visit needs without network."""
    call = request.auth
    found = list_jobs(call.actor, now=call.now)
    return shown(shapes.jobs(str(call.actor.person_public_id), call.actor.name, found, call.now))


@resource.receives(
    "/operations", name="send_operations", right=RIGHT, gives=shapes.OperationResultsShape
)
def send(request: ApiRequest, data: OperationsInput) -> HttpResponse:
    """Take in what was done without network: each once, by its own id, in the order sent."""
    call = request.auth
    contact = Contact(_phone(request, data.device_time), data.device_time, call.now)
    with PHONES.taken():
        given = take_operations(
            actor=call.actor, sent=[one.sent() for one in data.operations], contact=contact
        )
    sheets = {one.id: one.work_order_id for one in data.operations}
    offset = offset_ms(data.device_time, call.now)
    return shown(
        {
            "server_time": call.now.isoformat(),
            "offset_ms": offset,
            "clock": "off" if is_clock_off(offset) else "right",
            "results": [shapes.result(one, _present(call, one, sheets[one.id])) for one in given],
        }
    )


@resource.reads(
    "/operations/unapplied",
    name="list_unapplied_operations",
    right=Permission.WORK_ORDER_READ,
    gives=shapes.UnappliedList,
)
def unapplied(request: ApiRequest, paging: Query[Paging]) -> HttpResponse:
    """What did not fit and nobody settled, one's own and that on sheets one gives out."""
    page = list_unapplied(request.auth.actor, cursor=paging.cursor, limit=paging.limit)
    return listed(page, shapes.unapplied)


@resource.receives(
    "/operations/{operation_id}/drop",
    name="drop_operation",
    right=Permission.WORK_ORDER_READ,
    gives=shapes.DroppedShape,
)
def drop(request: ApiRequest, operation_id: PathId, data: DropInput) -> HttpResponse:
    """Give up what did not fit; what came after it may go on."""
    call = request.auth
    row = drop_operation(
        actor=call.actor, operation_id=operation_id, reason=data.reason, now=call.now
    )
    return shown({"id": str(row.public_id), "state": row.state})


@resource.receives("/photos", name="begin_photo", right=RIGHT, gives=shapes.PhotoProgressShape)
def announce(request: ApiRequest, data: PhotoInput) -> HttpResponse:
    """Announce a photograph, or ask how much of it is here."""
    call = request.auth
    photo = begin_photo(actor=call.actor, photo=PhotoSent(**data.model_dump()), now=call.now)
    return shown(shapes.progress(photo))


@resource.receives(
    "/photos/{upload_id}/pieces",
    name="send_photo_piece",
    right=RIGHT,
    gives=shapes.PhotoProgressShape,
)
def piece(request: ApiRequest, upload_id: PathId, data: PieceInput) -> HttpResponse:
    """Send the next bytes; when the place is another, the refusal says where it stands."""
    call, content = request.auth, data.content()
    with PHONES.taken():
        photo = add_piece(
            actor=call.actor, upload_id=upload_id, at=data.at, content=content, now=call.now
        )
    return shown(shapes.progress(photo))


def _phone(request: ApiRequest, device_time: datetime) -> Any:
    call = request.auth
    return note_contact(call.actor, call.secret_hash, device_time, call.now)


def _present(call: Call, said: Result, work_order_id: UUID) -> dict[str, Any] | None:
    """The sheet as it is, beside what did not fit; None where the person no longer sees it."""
    if said.state not in (OperationState.CONFLICT, OperationState.REFUSED):
        return None
    try:
        return work_order_page(get_work_order_page(call.actor, work_order_id, now=call.now))
    except NotFound:
        return None
