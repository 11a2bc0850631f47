"""A phone that sends what was done on it, through the API as the field app does."""

from __future__ import annotations

from base64 import b64encode
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any
from uuid import uuid4

from tests.factories.company import Member

from yinuo.domains.devices.models import Device, Operation, PhotoUpload
from yinuo.domains.devices.services import begin_photo, register_device, take_operations
from yinuo.domains.devices.services.taking import Contact
from yinuo.domains.devices.types import OperationKind, PhotoSent, Sent
from yinuo.domains.fieldwork.models import WorkOrder

STROKES = [[[10, 10], [400, 200]], [[420, 80], [500, 90]]]
REPORT = {"work_done": "更换电源模块并测试", "result": "done", "findings": "电源模块损坏"}
PIECE = b"the first bytes"
SIGNATURE = {"signer_name": "李晓明", "strokes": STROKES, "satisfaction": "satisfied"}


@dataclass
class Phone:
    """One engineer's phone; `ahead` is how far its clock runs ahead of the server's."""

    device: Device
    secret: str
    api: Any
    ahead: timedelta = field(default_factory=timedelta)

    def reads(self, at: datetime | None = None) -> str:
        """What its clock shows at an instant."""
        return ((at or datetime.now(UTC)) + self.ahead).isoformat()

    def operation(
        self, order: WorkOrder, kind: str, body: Any, at: datetime | None = None, **more: Any
    ) -> dict[str, Any]:
        """An operation made now on the sheet as the phone has it."""
        return {
            "id": str(uuid4()),
            "work_order_id": str(order.public_id),
            "kind": kind,
            "occurred_at": self.reads(at),
            "base_version": order.version,
            "body": body,
            **more,
        }

    def send(self, *operations: dict[str, Any]) -> list[dict[str, Any]]:
        """What became of each."""
        return self.answer(*operations)["results"]

    def answer(self, *operations: dict[str, Any]) -> dict[str, Any]:
        """The whole answer to one call."""
        body = {"device_time": self.reads(), "operations": list(operations)}
        response = self.api.post("/field/operations", body, Idempotency_Key=None)
        assert response.status_code == 200, response.content
        return response.json()

    def send_photo(self, order: WorkOrder, content: bytes, **more: Any) -> dict[str, Any]:
        """The announcement of a photograph."""
        body = {
            "id": str(uuid4()),
            "work_order_id": str(order.public_id),
            "name": "现场.png",
            "sha256": sha256(content).hexdigest(),
            "size": len(content),
            "taken_at": self.reads(),
            "caption": "配电箱",
            **more,
        }
        response = self.api.post("/field/photos", body, Idempotency_Key=None)
        assert response.status_code == 200, response.content
        return response.json()

    def send_piece(self, photo_id: str, at: int, content: bytes) -> Any:
        """The answer to one piece."""
        body = {"at": at, "content_base64": b64encode(content).decode()}
        return self.api.post(f"/field/photos/{photo_id}/pieces", body, Idempotency_Key=None)


def make_phone(member: Member, **more: Any) -> Phone:
    """A phone signed in by its owner."""
    device, secret = register_device(actor=member.actor, name="Phone", now=datetime.now(UTC))
    # The API's callers make their world with this module.
    from tests.api.conftest import Api

    return Phone(device, secret, Api(secret), **more)


def step(kind: str, **more: Any) -> dict[str, Any]:
    """The body of a step."""
    return {"kind": kind, **more}


def make_unapplied(member: Member, order: WorkOrder) -> Operation:
    """A signature for a version of the sheet that is gone."""
    sent = Sent(
        id=uuid4(),
        work_order_id=order.public_id,
        kind=OperationKind.SIGN,
        occurred_at=datetime.now(UTC),
        base_version=1,
        body=SIGNATURE,
        act=None,
        problems={"strokes": "empty"},
    )
    now = datetime.now(UTC)
    take_operations(actor=member.actor, sent=[sent], contact=Contact(None, now, now))
    return Operation.objects.get(public_id=sent.id)


def make_upload(member: Member, order: WorkOrder, content: bytes = PIECE) -> PhotoUpload:
    """A photograph announced and not yet sent."""
    now = datetime.now(UTC)
    sent = PhotoSent(
        id=uuid4(),
        work_order_id=order.public_id,
        name="现场.png",
        sha256=sha256(content).hexdigest(),
        size=len(content) + 1,
        taken_at=now,
        caption="配电箱",
    )
    photo = begin_photo(actor=member.actor, photo=sent, now=now)
    return PhotoUpload.objects.get(public_id=photo.id)
