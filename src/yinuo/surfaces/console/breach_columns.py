"""What breaches and sums by leg have in their columns as a workbook."""

from __future__ import annotations

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from yinuo.surfaces.console import words
from yinuo.surfaces.console.breach_words import BREACH_STATES, LEGS
from yinuo.surfaces.console.exports import Column
from yinuo.surfaces.console.lateness import late_seconds

BREACHES = (
    Column(_("Due"), lambda row: row.due_at),
    Column(_("Done"), lambda row: row.ended_at),
    Column(_("Late (minutes)"), lambda row: late_seconds(row, timezone.now()) // 60),
    Column(_("Clause"), lambda row: row.clause_number),
    Column(_("Promise"), lambda row: words.in_language(row.title_zh, row.title_en)),
    Column(_("Customer"), lambda row: row.customer_name),
    Column(_("Contract"), lambda row: row.contract_number),
    Column(_("Unit in charge"), lambda row: row.unit_name),
    Column(_("In charge when missed"), lambda row: row.owner_name),
    Column(_("State"), lambda row: str(words.word(BREACH_STATES, row.state))),
    Column(_("Amount"), lambda row: row.amount),
    Column(_("Currency"), lambda row: row.currency),
)
LEG_SUMS = (
    Column(_("Leg"), lambda row: str(words.word(LEGS, row.leg))),
    Column(_("Unit in charge"), lambda row: row.unit_name),
    Column(_("Breaches"), lambda row: row.breaches),
    Column(_("Of contracts themselves"), lambda row: row.of_contracts),
    Column(_("Cases late (minutes)"), lambda row: round(row.late_seconds / 60, 2)),
    Column(_("Amount"), lambda row: row.amount),
    Column(_("Currency"), lambda row: row.currency),
)
