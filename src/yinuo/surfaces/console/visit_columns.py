"""What due visits have in their columns as a workbook."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from yinuo.domains.prevention.types import DueRow
from yinuo.surfaces.console import visit_words, words
from yinuo.surfaces.console.exports import Column


def _title(row: DueRow) -> str:
    return words.in_language(row.title_zh, row.title_en)


DUE_VISITS = (
    Column(pgettext_lazy("visit", "Due by"), lambda row: row.due_on),
    Column(_("Days late"), lambda row: row.late_days or None),
    Column(_("Customer"), lambda row: row.customer_name),
    Column(_("Site"), lambda row: row.site_name),
    Column(_("Asset"), lambda row: row.asset_name),
    Column(pgettext_lazy("visit", "Visit"), _title),
    Column(
        pgettext_lazy("visit", "Kind"), lambda row: str(words.word(visit_words.KINDS, row.kind))
    ),
    Column(_("State"), lambda row: str(words.word(visit_words.STATES, row.state))),
    Column(pgettext_lazy("visit", "Agreed for"), lambda row: row.agreed_for),
    Column(pgettext_lazy("visit", "Spoken to"), lambda row: row.agreed_with),
    Column(_("Work order"), lambda row: row.sheet_number),
    Column(_("Engineer"), lambda row: row.engineer),
    Column(pgettext_lazy("visit", "Held on"), lambda row: row.held_on),
    Column(_("What a miss costs"), lambda row: row.stake),
    Column(_("Unit"), lambda row: row.unit_name),
)
