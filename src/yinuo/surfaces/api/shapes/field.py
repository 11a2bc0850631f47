"""What a phone gets."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal

from pydantic import BaseModel

from yinuo.domains.devices.jobs import Job
from yinuo.domains.devices.types import ArrivalView, ConflictView, PhotoProgress, Result
from yinuo.surfaces.api.shapes import checklists, promises, work_orders
from yinuo.surfaces.api.shapes.checklists import ChecklistSectionShape, ChecklistShape
from yinuo.surfaces.api.shapes.promises import ObligationShape
from yinuo.surfaces.api.shapes.values import IdText, InstantText, TwoLanguages, instant
from yinuo.surfaces.api.shapes.work_orders import WorkOrderPageShape

KeptState = Literal["applied", "conflict", "refused", "dropped"]


class PersonOfPhoneShape(BaseModel):
    """Whose phone it is."""

    id: IdText
    name: str


class JobAssetShape(BaseModel):
    """The machine of a job."""

    id: IdText
    name: str
    model: str
    serial: str
    location: str


class JobSiteShape(BaseModel):
    """Where a job is; the position in degrees (WGS 84) where it is known."""

    name: str
    address: str
    latitude: float | None
    longitude: float | None


class EarlierVisitShape(BaseModel):
    """What was done there before."""

    number: str
    finished_at: InstantText
    result: str
    work_done: str


class ArrivalShape(BaseModel):
    """How an arrival was shown."""

    way: Literal["position", "code", "skipped"]
    at: InstantText
    distance_m: int | None
    code_fits: bool | None
    reason: str


class JobChecklistShape(ChecklistShape):
    """A checklist with all sections of its template: without network the app decides which of
    their items are asked."""

    sections: list[ChecklistSectionShape]


class OfferedTemplateShape(BaseModel):
    """A template that may be begun without network, with all its sections."""

    id: IdText
    title: TwoLanguages
    sections: list[ChecklistSectionShape]


class JobShape(BaseModel):
    """A sheet with everything the visit needs without network; `leads` is false for who goes along
    and only reads."""

    work_order: WorkOrderPageShape
    leads: bool
    level: str
    symptom: str
    asset: JobAssetShape | None
    site: JobSiteShape | None
    history: list[EarlierVisitShape]
    promises: list[ObligationShape]
    checklists: list[JobChecklistShape]
    offered: list[IdText]
    asset_class: str
    arrival: ArrivalShape | None


class JobsShape(BaseModel):
    """The open sheets of the phone's person, and what time it is. `templates` are those that the
    jobs offer, each once."""

    server_time: InstantText
    person: PersonOfPhoneShape
    jobs: list[JobShape]
    templates: list[OfferedTemplateShape]


class OperationResultShape(BaseModel):
    """What became of one operation; `version` is the sheet's after it, `present` the sheet as it is
    where it did not fit and the person still sees it."""

    id: IdText
    state: Literal["applied", "conflict", "refused", "dropped", "waiting"]
    version: int | None
    message: str
    fields: dict[str, str]
    present: WorkOrderPageShape | None


class OperationResultsShape(BaseModel):
    """Results in the order sent; `offset_ms` is how far the server is ahead of the phone."""

    server_time: InstantText
    offset_ms: int
    clock: Literal["right", "off"]
    results: list[OperationResultShape]


class UnappliedShape(BaseModel):
    """What was sent and did not fit."""

    id: IdText
    work_order_id: IdText
    work_order_number: str
    customer_name: str
    person_name: str
    kind: str
    state: Literal["conflict", "refused"]
    occurred_at: InstantText
    received_at: InstantText
    is_clock_off: bool
    body: dict[str, Any]
    message: str


class UnappliedList(BaseModel):
    """A page of them."""

    items: list[UnappliedShape]
    next_cursor: str


class DroppedShape(BaseModel):
    """An operation that was given up."""

    id: IdText
    state: KeptState


class PhotoProgressShape(BaseModel):
    """How many bytes of a photograph are here."""

    id: IdText
    received: int
    done: bool


def jobs(person_id: str, person_name: str, found: list[Job], now: datetime) -> dict[str, Any]:
    """JobsShape."""
    return {
        "server_time": instant(now),
        "person": {"id": person_id, "name": person_name},
        "jobs": [_job(one) for one in found],
        "templates": _templates(found),
    }


def _templates(found: list[Job]) -> list[dict[str, Any]]:
    """What the jobs offer, each once."""
    offered = {row.public_id: (row, whole) for job in found for row, whole in job.offered}
    return [
        {
            "id": str(public_id),
            "title": {"zh": row.title.zh, "en": row.title.en},
            "sections": checklists.sections(whole),
        }
        for public_id, (row, whole) in offered.items()
    ]


def _job(job: Job) -> dict[str, Any]:
    asset, site = job.asset, job.site
    return {
        "work_order": work_orders.work_order_page(job.page),
        "leads": job.leads,
        "level": job.request_level,
        "symptom": job.symptom,
        "asset": asset
        and {
            "id": str(asset.public_id),
            "name": asset.name,
            "model": asset.model,
            "serial": asset.serial,
            "location": asset.location,
        },
        "site": site
        and {
            "name": site.name,
            "address": site.address,
            "latitude": site.latitude,
            "longitude": site.longitude,
        },
        "history": [
            {
                "number": one.number,
                "finished_at": instant(one.finished_at),
                "result": one.result,
                "work_done": one.work_done,
            }
            for one in job.history
        ],
        "promises": [promises.obligation(one) for one in job.promises],
        "checklists": [
            checklists.checklist(one) | {"sections": checklists.sections(asked)}
            for one, asked in job.checklists
        ],
        "offered": [str(row.public_id) for row, _ in job.offered],
        "asset_class": job.asset_class,
        "arrival": _arrival(job.arrival),
    }


def _arrival(view: ArrivalView | None) -> dict[str, Any] | None:
    if view is None:
        return None
    return {
        "way": view.way,
        "at": instant(view.at),
        "distance_m": view.distance_m,
        "code_fits": view.code_fits,
        "reason": view.reason,
    }


def result(said: Result, present: dict[str, Any] | None) -> dict[str, Any]:
    """OperationResultShape."""
    return {
        "id": str(said.id),
        "state": said.state.value,
        "version": said.version,
        "message": said.message,
        "fields": dict(said.fields),
        "present": present,
    }


def unapplied(view: ConflictView) -> dict[str, Any]:
    """UnappliedShape."""
    return {
        "id": str(view.public_id),
        "work_order_id": str(view.work_order_public_id),
        "work_order_number": view.work_order_number,
        "customer_name": view.customer_name,
        "person_name": view.person_name,
        "kind": view.kind,
        "state": view.state,
        "occurred_at": instant(view.occurred_at),
        "received_at": instant(view.received_at),
        "is_clock_off": view.is_clock_off,
        "body": dict(view.body),
        "message": view.message,
    }


def progress(photo: PhotoProgress) -> dict[str, Any]:
    """PhotoProgressShape."""
    return {"id": str(photo.id), "received": photo.received, "done": photo.done}
