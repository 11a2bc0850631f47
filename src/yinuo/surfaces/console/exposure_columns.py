"""What exposure has in its columns as a workbook."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from yinuo.domains.obligations.exposure import BY_CONTRACT, BY_CUSTOMER, BY_UNIT
from yinuo.surfaces.console import words
from yinuo.surfaces.console.exports import Column

_SUMS = (
    Column(_("Accrued"), lambda row: row.sums.accrued),
    Column(_("If an hour late"), lambda row: row.sums.late_hour),
    Column(_("If a day late"), lambda row: row.sums.late_day),
    Column(_("If a week late"), lambda row: row.sums.late_week),
    Column(_("Open promises with a price"), lambda row: row.sums.open),
    Column(_("Amount not known"), lambda row: row.sums.unknown),
)
GROUPS = {
    BY_CONTRACT: (
        Column(_("Contract"), lambda row: row.name),
        Column(_("Customer"), lambda row: row.owner),
        *_SUMS,
        Column(_("Cap over several cases"), lambda row: str(_("yes")) if row.is_capped else ""),
    ),
    BY_CUSTOMER: (Column(_("Customer"), lambda row: row.name), *_SUMS),
    BY_UNIT: (Column(_("Service unit"), lambda row: row.name), *_SUMS),
}
PROMISES = (
    Column(_("Promise"), lambda row: words.in_language(row.title_zh, row.title_en)),
    Column(_("Clause"), lambda row: row.number or row.clause),
    Column(_("State"), lambda row: str(words.word(words.OBLIGATION_STATES, row.state))),
    Column(_("Due"), lambda row: row.due_at),
    Column(_("Accrued"), lambda row: row.money.accrued),
    Column(_("If an hour late"), lambda row: row.money.late_hour),
    Column(_("If a day late"), lambda row: row.money.late_day),
    Column(_("If a week late"), lambda row: row.money.late_week),
    Column(_("Amount not known"), lambda row: str(_("yes")) if row.money.is_unknown else ""),
)
