"""Reach of units, capacity and absences of people, `/certificates`, `/qualifications`."""

from __future__ import annotations

from functools import partial
from typing import Annotated, Any

from django.http import HttpResponse
from ninja import Query
from pydantic import Field

from yinuo.domains.network.permissions import Permission
from yinuo.domains.network.qualification_types import (
    AbsenceKind,
    Capacity,
    CertificateData,
    QualificationData,
    ServiceMode,
    SkillLevel,
    UnitReach,
)
from yinuo.domains.network.qualified import (
    get_capacity,
    get_certificate,
    get_reach,
    list_absences,
    list_qualifications,
    page_certificates,
)
from yinuo.domains.network.selectors import get_person, get_unit
from yinuo.domains.network.services import (
    add_absence,
    add_certificate,
    cancel_absence,
    edit_certificate,
    set_capacity,
    set_qualification,
    set_reach,
    withdraw_certificate,
)
from yinuo.domains.network.shifts import MOST_WINDOWS, Window
from yinuo.domains.network.types import Actor
from yinuo.platform.paging import Page
from yinuo.platform.positions import Position, position_of
from yinuo.surfaces.api.answers import edited, listed, saved, shown, written
from yinuo.surfaces.api.callers import ApiRequest
from yinuo.surfaces.api.inputs import (
    Day,
    Degrees,
    Id,
    Input,
    Instant,
    Line,
    Paging,
    PathId,
    Version,
    Word,
    text,
)
from yinuo.surfaces.api.operations import Resource
from yinuo.surfaces.api.resources.network import people, units
from yinuo.surfaces.api.shapes import qualified as shapes

certificates = Resource("certificates")
qualifications = Resource("qualifications")
absences = Resource("people")
Words = Annotated[list[Word], Field(max_length=100)]
Reason = Annotated[str, text(200)]


class PlaceInput(Input):
    """Degrees of WGS-84 as text."""

    latitude: Degrees
    longitude: Degrees


class SkillInput(Input):
    """A skill and its level."""

    name: Word
    level: Annotated[int, Field(strict=True, ge=1, le=5)]


class ReachInput(Input):
    """Whom a unit serves, all of it."""

    version: Version
    areas: Words
    position: PlaceInput | None
    reach_km: Annotated[int, Field(strict=True, ge=1, le=2_000)] | None
    product_lines: Words
    service_modes: list[ServiceMode]


class WindowInput(Input):
    """Hours of a weekday in minutes of local time; an end beyond 1440 lies on the next day."""

    weekday: Annotated[int, Field(strict=True, ge=1, le=7)]
    start: Annotated[int, Field(strict=True, ge=0, lt=1440)]
    end: Annotated[int, Field(strict=True, ge=1, le=2880)]


class CapacityInput(Input):
    """What a person brings, all of it."""

    version: Version
    skills: Annotated[list[SkillInput], Field(max_length=60)]
    tools: Words
    shift: Annotated[list[WindowInput], Field(max_length=MOST_WINDOWS)]
    home: PlaceInput | None


class AbsenceInput(Input):
    """A time in which a person cannot be sent, half-open."""

    kind: AbsenceKind
    starts_at: Instant
    ends_at: Instant
    note: Reason = ""


class AbsenceVersion(Input):
    """The absence as it was read."""

    version: Version


class CertificateFilters(Paging):
    """Which certificates: of a product line, that end by a day, by part of a name."""

    text: Line = ""
    line: Word = ""
    ending_by: Day | None = None


class CertificateContent(Input):
    """A certificate; an empty product line means every one."""

    kind: Annotated[str, text(80)]
    issuer: Annotated[str, text(120)]
    valid_from: Day
    valid_until: Day
    number: Annotated[str, text(80)] = ""
    brand: Annotated[str, text(80)] = ""
    product_line: Word = ""
    warn_days: Annotated[int, Field(strict=True, ge=0, le=366)] = 30

    def certificate(self) -> CertificateData:
        """What the service takes."""
        names = CertificateData.__dataclass_fields__
        return CertificateData(**{name: getattr(self, name) for name in names})


class CertificateInput(CertificateContent):
    """A new certificate, of a person or of a unit."""

    person_id: Id | None = None
    unit_id: Id | None = None


class CertificateEdit(CertificateContent):
    """A certificate, all of it."""

    version: Version


class CertificateWithdrawal(Input):
    """Why a certificate no longer counts."""

    version: Version
    reason: Reason


class QualificationInput(Input):
    """What work on a product line demands; without version for a line not set yet."""

    version: Version | None = None
    product_line: Word = ""
    skills: Annotated[list[SkillInput], Field(max_length=60)] = []
    person_certified: bool = False
    unit_certified: bool = False
    tools: Words = []
    visit_minutes: Annotated[int, Field(strict=True, ge=1, le=10_080)] = 120


@units.reads(
    "/{unit_id}/reach", name="get_unit_reach", right=Permission.UNIT_READ, gives=shapes.ReachShape
)
def read_reach(request: ApiRequest, unit_id: PathId) -> HttpResponse:
    """Whom a unit serves."""
    return shown(_reach(request.auth.actor, unit_id))


@units.writes("PUT", "/{unit_id}/reach", name="set_unit_reach", right=Permission.UNIT_WRITE)
def write_reach(request: ApiRequest, unit_id: PathId, data: ReachInput) -> HttpResponse:
    """Say whom a unit serves."""
    call = request.auth
    reach = UnitReach(
        areas=tuple(data.areas),
        position=_position(data.position),
        reach_km=data.reach_km,
        product_lines=tuple(data.product_lines),
        service_modes=tuple(data.service_modes),
    )
    act = partial(
        set_reach,
        actor=call.actor,
        unit_id=unit_id,
        version=data.version,
        reach=reach,
        now=call.now,
    )
    return edited(request, data, act, lambda: _reach(call.actor, unit_id))


@people.reads(
    "/{person_id}/capacity",
    name="get_person_capacity",
    right=Permission.PERSON_READ,
    gives=shapes.CapacityShape,
)
def read_capacity(request: ApiRequest, person_id: PathId) -> HttpResponse:
    """What a person brings, and when he is away from now on."""
    return shown(_capacity(request, person_id))


@people.writes(
    "PUT",
    "/{person_id}/capacity",
    name="set_person_capacity",
    right=Permission.QUALIFICATION_WRITE,
)
def write_capacity(request: ApiRequest, person_id: PathId, data: CapacityInput) -> HttpResponse:
    """Say what a person brings."""
    call = request.auth
    capacity = Capacity(
        skills=_skills(data.skills),
        tools=tuple(data.tools),
        shift=tuple(Window(one.weekday, one.start, one.end) for one in data.shift),
        home=_position(data.home),
    )
    act = partial(
        set_capacity,
        actor=call.actor,
        person_id=person_id,
        version=data.version,
        capacity=capacity,
        now=call.now,
    )
    return edited(request, data, act, lambda: _capacity(request, person_id))


@people.writes(
    "POST",
    "/{person_id}/absences",
    name="add_absence",
    right=Permission.QUALIFICATION_WRITE,
    status=201,
)
def create_absence(request: ApiRequest, person_id: PathId, data: AbsenceInput) -> HttpResponse:
    """Record that somebody is away."""
    call, values = request.auth, data.model_dump()
    act = partial(add_absence, actor=call.actor, person_id=person_id, **values, now=call.now)
    return written(request, lambda: saved(act()), status=201)


@absences.writes(
    "POST",
    "/{absence_id}/cancellation",
    name="cancel_absence",
    right=Permission.QUALIFICATION_WRITE,
)
def cancel(request: ApiRequest, absence_id: PathId, data: AbsenceVersion) -> HttpResponse:
    """Take an absence back."""
    call = request.auth
    act = partial(
        cancel_absence,
        actor=call.actor,
        absence_id=absence_id,
        version=data.version,
        now=call.now,
    )
    return written(request, lambda: saved(act()))


@certificates.reads(
    "", name="list_certificates", right=Permission.PERSON_READ, gives=shapes.Certificates
)
def list_all(request: ApiRequest, filters: Query[CertificateFilters]) -> HttpResponse:
    """Certificates not withdrawn, the one that ends first leading."""
    page = page_certificates(request.auth.actor, **filters.model_dump())
    return listed(page, shapes.certificate)


@certificates.reads(
    "/{certificate_id}",
    name="get_certificate",
    right=Permission.PERSON_READ,
    gives=shapes.CertificateShape,
)
def get_one(request: ApiRequest, certificate_id: PathId) -> HttpResponse:
    """One certificate."""
    return shown(shapes.certificate(get_certificate(request.auth.actor, certificate_id)))


@certificates.writes(
    "POST", "", name="add_certificate", right=Permission.QUALIFICATION_WRITE, status=201
)
def create(request: ApiRequest, data: CertificateInput) -> HttpResponse:
    """Enter a certificate of a person, else of a unit."""
    call = request.auth
    act = partial(
        add_certificate,
        actor=call.actor,
        person_id=data.person_id,
        unit_id=data.unit_id,
        data=data.certificate(),
        now=call.now,
    )
    return written(request, lambda: saved(act()), status=201)


@certificates.writes(
    "PUT", "/{certificate_id}", name="edit_certificate", right=Permission.QUALIFICATION_WRITE
)
def edit(request: ApiRequest, certificate_id: PathId, data: CertificateEdit) -> HttpResponse:
    """Correct a certificate or enter its extension."""
    call = request.auth
    act = partial(
        edit_certificate,
        actor=call.actor,
        certificate_id=certificate_id,
        version=data.version,
        data=data.certificate(),
        now=call.now,
    )
    return edited(request, data, act, lambda: _present(request, certificate_id))


@certificates.writes(
    "POST",
    "/{certificate_id}/withdrawal",
    name="withdraw_certificate",
    right=Permission.QUALIFICATION_WRITE,
)
def withdraw(
    request: ApiRequest, certificate_id: PathId, data: CertificateWithdrawal
) -> HttpResponse:
    """End a certificate before its day."""
    call, values = request.auth, data.model_dump()
    act = partial(
        withdraw_certificate,
        actor=call.actor,
        certificate_id=certificate_id,
        now=call.now,
        **values,
    )
    return edited(request, data, act, lambda: _present(request, certificate_id))


@qualifications.reads(
    "", name="list_qualifications", right=Permission.PERSON_READ, gives=shapes.Qualifications
)
def list_demands(request: ApiRequest) -> HttpResponse:
    """What work demands, by product line."""
    return listed(Page(tuple(list_qualifications()), ""), shapes.qualification)


@qualifications.writes("POST", "", name="set_qualification", right=Permission.QUALIFICATION_WRITE)
def set_demand(request: ApiRequest, data: QualificationInput) -> HttpResponse:
    """Say what work on a product line demands; it counts in the whole company."""
    call = request.auth
    given = QualificationData(
        product_line=data.product_line,
        skills=_skills(data.skills),
        person_certified=data.person_certified,
        unit_certified=data.unit_certified,
        tools=tuple(data.tools),
        visit_minutes=data.visit_minutes,
    )
    act = partial(
        set_qualification, actor=call.actor, data=given, version=data.version, now=call.now
    )
    return written(request, lambda: saved(act()))


def _reach(actor: Actor, unit_id: str) -> dict[str, Any]:
    return shapes.reach(get_reach(actor, unit_id), get_unit(actor, unit_id).version)


def _capacity(request: ApiRequest, person_id: str) -> dict[str, Any]:
    actor, now = request.auth.actor, request.auth.now
    found = get_capacity(actor, person_id)
    version = get_person(actor, person_id).version
    return shapes.capacity(found, version, list_absences(actor, person_id, since=now))


def _present(request: ApiRequest, certificate_id: str) -> dict[str, Any]:
    return shapes.certificate(get_certificate(request.auth.actor, certificate_id))


def _position(place: PlaceInput | None) -> Position | None:
    return position_of(place.latitude, place.longitude) if place else None


def _skills(given: list[SkillInput]) -> tuple[SkillLevel, ...]:
    return tuple(SkillLevel(one.name, one.level) for one in given)
