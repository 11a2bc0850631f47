"""Who may be called, written to or asked for his opinion: the newest word of each contact."""

from __future__ import annotations

from collections.abc import Iterable

from yinuo.domains.customers.models import Consent
from yinuo.domains.customers.types import ConsentView


def has_refused(contact_id: int | None, purpose: str) -> bool:
    """True when the newest word of a contact (internal id) on this purpose is no.

    Who said nothing may be told of the service he has a contract for.
    """
    if contact_id is None:
        return False
    newest = Consent.objects.filter(contact_id=contact_id, purpose=purpose).order_by("-id").first()
    return newest is not None and not newest.given


def newest_consents(contact_ids: Iterable[int]) -> dict[int, tuple[ConsentView, ...]]:
    """The newest word on each purpose by contact (internal ids); one query."""
    found: dict[int, list[ConsentView]] = {one: [] for one in contact_ids}
    if found:
        rows = Consent.objects.filter(contact_id__in=list(found))
        for row in rows.order_by("contact_id", "purpose", "-id").distinct("contact_id", "purpose"):
            found[row.contact_id].append(_view(row))
    return {contact_id: tuple(views) for contact_id, views in found.items()}


def consents_of(contact_id: int) -> tuple[ConsentView, ...]:
    """Everything a contact ever allowed or refused, newest first."""
    rows = Consent.objects.filter(contact_id=contact_id).order_by("-id")
    return tuple(_view(row) for row in rows)


def _view(row: Consent) -> ConsentView:
    return ConsentView(
        purpose=row.purpose,
        given=row.given,
        given_at=row.given_at,
        how=row.how,
        recorded_by=row.recorded_by,
    )
