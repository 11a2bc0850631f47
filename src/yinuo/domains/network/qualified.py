"""Reading who may do what until when; every function is limited to what the actor may see."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from django.db.models import Q, QuerySet

from yinuo.domains.network.models import Absence, Certificate, Qualification, ServiceUnit
from yinuo.domains.network.permissions import Permission
from yinuo.domains.network.policies import (
    visible_certificates,
    visible_people,
    visible_units,
)
from yinuo.domains.network.qualification_types import (
    AbsenceRow,
    Capacity,
    CertificateRow,
    QualificationData,
    QualificationRow,
    SkillLevel,
    UnitReach,
)
from yinuo.domains.network.rows import PURPOSE, certificate_row, position_at
from yinuo.domains.network.shifts import Window
from yinuo.domains.network.types import Actor
from yinuo.domains.network.words import folded
from yinuo.platform.files import selectors as files
from yinuo.platform.files.types import FileView, OpenedFile, owner_of
from yinuo.platform.paging import Page, page_of
from yinuo.platform.scoped import one_of


def get_reach(actor: Actor, unit_id: object) -> UnitReach:
    """Whom a visible unit serves; NotFound otherwise."""
    return reach_of(one_of(visible_units(actor), unit_id))


def reach_of(unit: ServiceUnit) -> UnitReach:
    """The frozen form of a unit's reach."""
    return UnitReach(
        areas=tuple(unit.areas),
        position=position_at(unit.latitude, unit.longitude),
        reach_km=unit.reach_km,
        product_lines=tuple(unit.product_lines),
        service_modes=tuple(unit.service_modes),
    )


def get_capacity(actor: Actor, person_id: object) -> Capacity:
    """What a visible person brings. His home is told only to those who may change it (R58)."""
    person = one_of(visible_people(actor).prefetch_related("skills"), person_id)
    may = actor.may(Permission.QUALIFICATION_WRITE, person.unit_id)
    skills = sorted(person.skills.all(), key=lambda one: (-one.level, one.name_key))
    return Capacity(
        skills=tuple(SkillLevel(one.name, one.level) for one in skills),
        tools=tuple(person.tools),
        shift=tuple(Window(*one) for one in person.shift),
        home=position_at(person.home_latitude, person.home_longitude) if may else None,
    )


def list_absences(actor: Actor, person_id: object, *, since: datetime) -> list[AbsenceRow]:
    """Absences of a visible person that end after an instant, the next one first."""
    person = one_of(visible_people(actor), person_id)
    rows = Absence.objects.filter(person=person, cancelled_at__isnull=True, ends_at__gt=since)
    return [
        AbsenceRow(
            public_id=one.public_id,
            version=one.version,
            kind=one.kind,
            starts_at=one.starts_at,
            ends_at=one.ends_at,
            note=one.note,
            recorded_by=one.recorded_by,
        )
        for one in rows.order_by("starts_at", "id")[:50]
    ]


def page_certificates(
    actor: Actor,
    *,
    text: str = "",
    ending_by: date | None = None,
    line: str = "",
    cursor: str = "",
    limit: int = 50,
) -> Page[CertificateRow]:
    """Visible certificates that are not withdrawn, the one that ends first leading.

    `text` is part of the holder's or issuer's name, `line` a product line, `ending_by` the latest
    last day.
    """
    found = _with_rest(visible_certificates(actor)).filter(withdrawn_at__isnull=True)
    if word := text.strip():
        found = found.filter(
            Q(person__name__icontains=word)
            | Q(unit__name__icontains=word)
            | Q(issuer__icontains=word)
            | Q(kind__icontains=word)
        )
    if line:
        found = found.filter(line_key=folded(line))
    if ending_by is not None:
        found = found.filter(valid_until__lte=ending_by)
    return page_of(found, order=("valid_until", "id"), cursor=cursor, limit=limit).map(
        certificate_row
    )


def get_certificate(actor: Actor, certificate_id: object) -> CertificateRow:
    """One visible certificate; NotFound otherwise."""
    return certificate_row(one_of(_with_rest(visible_certificates(actor)), certificate_id))


def certificates_of_person(actor: Actor, person_id: object) -> list[CertificateRow]:
    """All certificates of a visible person, the one that ends last leading."""
    person = one_of(visible_people(actor), person_id)
    return _listed(Certificate.objects.filter(person=person))


def certificates_of_unit(actor: Actor, unit_id: object) -> list[CertificateRow]:
    """All certificates of a visible unit itself, the one that ends last leading."""
    unit = one_of(visible_units(actor), unit_id)
    return _listed(Certificate.objects.filter(unit=unit))


def list_certificate_files(actor: Actor, certificate_id: object) -> list[FileView]:
    """The papers kept with a visible certificate."""
    row = one_of(visible_certificates(actor), certificate_id)
    return files.list_files(owner_of(row), purpose=PURPOSE)


def open_certificate_file(actor: Actor, certificate_id: object, file_id: object) -> OpenedFile:
    """A paper of a visible certificate; NotFound for another's."""
    return files.open_file(owner_of(one_of(visible_certificates(actor), certificate_id)), file_id)


def list_qualifications() -> list[QualificationRow]:
    """What work demands, by product line; the rule for all other work leads."""
    return [_qualification_row(one) for one in Qualification.objects.order_by("line_key")]


def qualification_for(product_line: str) -> QualificationData:
    """What work on a product line demands: its own row, else the one for any other work."""
    return qualifications_for([product_line])[product_line]


def qualifications_for(product_lines: Iterable[str]) -> dict[str, QualificationData]:
    """The same for several product lines. One statement."""
    keys = {line: folded(line) for line in product_lines}
    rows = Qualification.objects.filter(line_key__in={*keys.values(), ""})
    known = {one.line_key: _qualification_row(one).data for one in rows}
    usual = known.get("", QualificationData())
    return {line: known.get(key, usual) for line, key in keys.items()}


def _listed(rows: QuerySet[Certificate]) -> list[CertificateRow]:
    ordered: Iterable[Certificate] = _with_rest(rows).order_by("-valid_until", "-id")[:100]
    return [certificate_row(one) for one in ordered]


def _with_rest(rows: QuerySet[Certificate]) -> QuerySet[Certificate]:
    return rows.select_related("unit", "person__unit")


def _qualification_row(one: Qualification) -> QualificationRow:
    data = QualificationData(
        product_line=one.product_line,
        skills=tuple(SkillLevel(*skill) for skill in one.skills),
        person_certified=one.person_certified,
        unit_certified=one.unit_certified,
        tools=tuple(one.tools),
        visit_minutes=one.visit_minutes,
    )
    return QualificationRow(one.public_id, one.version, data)
