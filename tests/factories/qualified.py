"""Certificates, absences and demands of work, through the services users go through."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

from tests.factories.company import Member

from yinuo.domains.network.models import Absence, Certificate, Person, Qualification, ServiceUnit
from yinuo.domains.network.qualification_types import (
    CertificateData,
    QualificationData,
    SkillLevel,
)
from yinuo.domains.network.services import add_absence, add_certificate, set_qualification

FIRST_DAY = date(2020, 1, 1)


def make_certificate(
    by: Member,
    holder: Person | ServiceUnit,
    *,
    line: str = "服务器",
    since: date = FIRST_DAY,
    until: date | None = None,
    warn_days: int = 30,
) -> Certificate:
    """A certificate for a product line, good for a year more unless said otherwise."""
    who: dict[str, Any] = (
        {"person_id": holder.public_id}
        if isinstance(holder, Person)
        else {"unit_id": holder.public_id}
    )
    data = CertificateData(
        kind="厂家服务认证",
        issuer="星桥设备",
        product_line=line,
        valid_from=since,
        valid_until=until or datetime.now(UTC).date() + timedelta(days=365),
        warn_days=warn_days,
    )
    return add_certificate(actor=by.actor, **who, data=data, now=datetime.now(UTC))


def make_absence(by: Member, person: Person, starts_at: datetime, ends_at: datetime) -> Absence:
    """Leave."""
    return add_absence(
        actor=by.actor,
        person_id=person.public_id,
        kind="leave",
        starts_at=starts_at,
        ends_at=ends_at,
        now=datetime.now(UTC),
    )


def demand(by: Member, line: str = "服务器", **what: Any) -> Qualification:
    """What work on a line demands; `skills` as a table of least levels."""
    skills = tuple(SkillLevel(*one) for one in what.pop("skills", {}).items())
    data = QualificationData(product_line=line, skills=skills, **what)
    return set_qualification(actor=by.actor, data=data, now=datetime.now(UTC))
