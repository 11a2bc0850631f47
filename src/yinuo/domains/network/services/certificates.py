"""Certificates of units and people: entered, corrected, withdrawn; the last day ends them."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from django.db import connection
from django.utils.translation import gettext as _

from yinuo.domains.network import policies
from yinuo.domains.network.models import Certificate
from yinuo.domains.network.permissions import Permission
from yinuo.domains.network.qualification_types import CertificateData, CertificateRow
from yinuo.domains.network.rows import PURPOSE, certificate_row
from yinuo.domains.network.services.capacities import qualifiable_person
from yinuo.domains.network.types import Actor
from yinuo.domains.network.words import folded
from yinuo.platform.errors import IllegalMove, InvalidInput
from yinuo.platform.files.services import staff_limits, store_file
from yinuo.platform.files.types import FileView, Upload, owner_of
from yinuo.platform.journal.work import stored, writing
from yinuo.platform.scoped import one_of

MOST_WARN_DAYS = 366
# Of those expired for longer nobody needs to be told any more.
MOST_DAYS_PAST = 30
# One statement finds what is near and claims it: the unique row lets each be told once, whoever
# else runs at the same time. Another last day is another row, and told anew.
_CLAIM = """
INSERT INTO network_certificate_warning (certificate_id, valid_until, warned_at)
SELECT c.id, c.valid_until, %(now)s
FROM network_certificate c
WHERE c.withdrawn_at IS NULL
    AND c.valid_until BETWEEN %(today)s - %(past)s AND %(today)s + c.warn_days
ON CONFLICT DO NOTHING
RETURNING certificate_id
"""
_LONGEST = {"kind": 80, "number": 80, "issuer": 120, "brand": 80, "product_line": 60}


def add_certificate(
    *,
    actor: Actor,
    unit_id: object = None,
    person_id: object = None,
    data: CertificateData,
    now: datetime,
) -> Certificate:
    """Enter a certificate of a person, or of a unit when no person is named.

    With both, the unit must be one the actor may write for as well.

    Raises NotFound for either out of the actor's reach, InvalidInput per field.
    """
    holder: dict[str, Any] = {}
    if unit_id or not person_id:
        holder = {"unit": policies.unit_for(actor, unit_id, Permission.QUALIFICATION_WRITE)}
    if person_id:
        holder = {"person": qualifiable_person(actor, person_id)}
    columns = _columns(data)
    with writing(actor=actor, now=now) as work:
        row = Certificate.objects.create(
            **holder, **columns, created_at=now, created_by=actor.label
        )
        named = {name: str(one.public_id) for name, one in holder.items()}
        work.audit("certificate.add", row, after=_shown(data) | named)
        return row


def edit_certificate(
    *, actor: Actor, certificate_id: object, version: int, data: CertificateData, now: datetime
) -> Certificate:
    """Correct a certificate or enter its extension. Raises IllegalMove when it is withdrawn."""
    row = writable_certificate(actor, certificate_id)
    columns = _columns(data)
    with writing(actor=actor, now=now) as work:
        if row.withdrawn_at is not None:
            raise IllegalMove(_("This certificate is withdrawn. Enter the new one."))
        before = {name: str(getattr(row, name)) for name in _shown(data)}
        stored(row, expected_version=version, changes=columns)
        work.audit("certificate.edit", row, before=before, after=_shown(data))
        return row


def withdraw_certificate(
    *, actor: Actor, certificate_id: object, version: int, reason: str, now: datetime
) -> Certificate:
    """End a certificate before its day; it stays on record. Needs the reason."""
    row = writable_certificate(actor, certificate_id)
    said = reason.strip()
    if not said or len(said) > 200:
        raise InvalidInput({"reason": _("Say why, in at most 200 characters.")})
    with writing(actor=actor, now=now) as work:
        if row.withdrawn_at is not None:
            raise IllegalMove(_("This certificate is withdrawn already."))
        changes = {"withdrawn_at": now, "withdrawn_reason": said}
        stored(row, expected_version=version, changes=changes)
        work.audit("certificate.withdraw", row, after={"withdrawn": True}, reason=said)
        return row


def keep_certificate_file(
    *, actor: Actor, certificate_id: object, upload: Upload, now: datetime
) -> FileView:
    """Keep the paper itself with its certificate; the same one twice is kept once."""
    row = writable_certificate(actor, certificate_id)
    with writing(actor=actor, now=now):
        return store_file(
            owner=owner_of(row),
            purpose=PURPOSE,
            upload=upload,
            limits=staff_limits(),
            actor=actor,
            now=now,
        )


def claim_warnings(*, today: date, now: datetime) -> list[CertificateRow]:
    """Certificates whose end is to be told now, each given once however many workers ask.

    Belongs into the step that tells: what is rolled back was not claimed.
    """
    with connection.cursor() as cursor:
        cursor.execute(_CLAIM, {"today": today, "now": now, "past": MOST_DAYS_PAST})
        claimed = [one for (one,) in cursor.fetchall()]
    rows = Certificate.objects.filter(pk__in=claimed).select_related("unit", "person__unit")
    return [certificate_row(one) for one in rows.order_by("valid_until", "id")]


def writable_certificate(actor: Actor, certificate_id: object) -> Certificate:
    """The certificate, if the actor may change it; NotFound otherwise."""
    visible = policies.visible_certificates(actor, Permission.QUALIFICATION_WRITE)
    return one_of(visible, certificate_id)


def _columns(data: CertificateData) -> dict[str, Any]:
    given = asdict(data)
    texts = {name: given[name].strip() for name in _LONGEST}
    problems = {
        name: _("Use at most %(most)d characters.") % {"most": most}
        for name, most in _LONGEST.items()
        if len(texts[name]) > most
    }
    for name in ("kind", "issuer"):
        if not texts[name]:
            problems[name] = _("This is needed.")
    if data.valid_until < data.valid_from:
        problems["valid_until"] = _("The last day lies before the first.")
    if not 0 <= data.warn_days <= MOST_WARN_DAYS:
        problems["warn_days"] = _("Give 0 to 366 days.")
    if problems:
        raise InvalidInput(problems)
    return {**given, **texts, "line_key": folded(data.product_line)}


def _shown(data: CertificateData) -> dict[str, str]:
    return {name: str(value) for name, value in asdict(data).items()}
