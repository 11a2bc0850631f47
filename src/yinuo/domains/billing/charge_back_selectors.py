"""Reading charge-backs; limited to what the actor may see."""

from __future__ import annotations

from django.db.models import Q

from yinuo.domains.billing.charge_back_models import ChargeBack, ChargeBackLine
from yinuo.domains.billing.charge_back_types import (
    ChargeBackLineView,
    ChargeBackRow,
    ChargeBackView,
)
from yinuo.domains.billing.policies import visible_charge_backs
from yinuo.domains.network.types import Actor
from yinuo.platform.paging import Page, page_of
from yinuo.platform.scoped import one_of


def list_charge_backs(
    actor: Actor, *, text: str = "", cursor: str = "", limit: int = 50
) -> Page[ChargeBackRow]:
    """Visible charge-backs, newest first, by number or unit."""
    rows = visible_charge_backs(actor).select_related("unit")
    if word := text.strip():
        rows = rows.filter(Q(number__icontains=word) | Q(unit__name__icontains=word))
    return page_of(rows, order=("-id",), cursor=cursor, limit=limit).map(_row)


def get_charge_back(actor: Actor, charge_back_id: object) -> ChargeBackView:
    """One visible charge-back with its lines; NotFound otherwise."""
    row = one_of(visible_charge_backs(actor).select_related("unit"), charge_back_id)
    return ChargeBackView(_row(row), tuple(map(_line, row.lines.order_by("due_at", "id"))))


def _row(row: ChargeBack) -> ChargeBackRow:
    return ChargeBackRow(
        public_id=row.public_id,
        number=row.number,
        unit_public_id=row.unit.public_id,
        unit_id=row.unit_id,
        unit_name=row.unit.name,
        until=row.until,
        total=row.total,
        currency=row.currency,
        issued_at=row.issued_at,
        issued_by=row.issued_by,
    )


def _line(row: ChargeBackLine) -> ChargeBackLineView:
    return ChargeBackLineView(
        case_number=row.case_number,
        clause_number=row.clause_number,
        title_zh=row.title_zh,
        title_en=row.title_en,
        due_at=row.due_at,
        late_seconds=row.late_seconds,
        amount=row.amount,
    )
