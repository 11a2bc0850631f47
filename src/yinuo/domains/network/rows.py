"""Rows of the network in their frozen form."""

from __future__ import annotations

from decimal import Decimal

from yinuo.domains.network.models import Certificate
from yinuo.domains.network.qualification_types import CertificateData, CertificateRow
from yinuo.platform.positions import Position

# What a file is to its certificate.
PURPOSE = "certificate"


def certificate_row(one: Certificate) -> CertificateRow:
    """The frozen form; its person's unit and the unit must be read with it."""
    person = one.person
    unit = one.unit or (person.unit if person else None)
    assert unit is not None
    return CertificateRow(
        id=one.pk,
        public_id=one.public_id,
        version=one.version,
        data=CertificateData(
            kind=one.kind,
            issuer=one.issuer,
            valid_from=one.valid_from,
            valid_until=one.valid_until,
            number=one.number,
            brand=one.brand,
            product_line=one.product_line,
            warn_days=one.warn_days,
        ),
        unit_id=unit.pk,
        unit_public_id=unit.public_id,
        unit_name=unit.name,
        person_id=person.pk if person else None,
        person_public_id=person.public_id if person else None,
        person_name=person.name if person else "",
        withdrawn_at=one.withdrawn_at,
        withdrawn_reason=one.withdrawn_reason,
        created_at=one.created_at,
        created_by=one.created_by,
    )


def position_at(latitude: Decimal | None, longitude: Decimal | None) -> Position | None:
    """The position two columns stand for."""
    return None if latitude is None or longitude is None else Position(latitude, longitude)
