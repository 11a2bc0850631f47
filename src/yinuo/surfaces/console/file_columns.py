"""What the history of a customer or asset, and the papers promised to him, have as workbooks."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from yinuo.domains.contracts.papers import PaperRow
from yinuo.domains.feedback.types import HistoryEntry
from yinuo.surfaces.console import after_words, words, work_words
from yinuo.surfaces.console.exports import Column

_STATES = {
    "request": words.REQUEST_STATES,
    "work_order": work_words.STATES,
    "report": after_words.REPORT_STATES,
    "call_back": after_words.CALL_BACK_STATES,
}


def _state(entry: HistoryEntry) -> str:
    return str(words.word(_STATES[entry.kind], entry.state))


HISTORY = (
    Column(_("When"), lambda row: row.at),
    Column(_("What"), lambda row: str(words.word(after_words.HISTORY, row.kind))),
    Column(_("Number"), lambda row: row.number),
    Column(_("Asset"), lambda row: row.asset_name),
    Column(_("What it was about"), lambda row: row.text),
    Column(_("What was done"), lambda row: row.detail),
    Column(_("State"), _state),
    Column(_("What was replaced"), lambda row: row.parts),
)


def _title(row: PaperRow) -> str:
    return words.in_language(row.title_zh, row.title_en)


def _handed(row: PaperRow) -> Any:
    return row.handovers[0] if row.handovers else None


def papers(today: date) -> tuple[Column, ...]:
    """The columns of promised papers as they stand on a day."""
    return (
        Column(_("Paper"), _title),
        Column(_("State"), lambda row: str(words.word(words.PAPER_STATES, row.state))),
        Column(_("Due"), lambda row: row.due_on),
        Column(_("Late"), lambda row: _now("yes") if row.is_late(today) else ""),
        Column(_("Contract"), lambda row: row.contract_number),
        Column(_("Project"), lambda row: row.project_name),
        Column(_("Versions"), lambda row: len(row.versions)),
        Column(_("Handed over on"), lambda row: one.handed_on if (one := _handed(row)) else None),
        Column(_("Taken by"), lambda row: one.taken_by if (one := _handed(row)) else ""),
        Column(_("Why not owed any more"), lambda row: row.waived_reason),
    )
