"""What parts of a customer's file have as workbooks: history, papers, calls, consent, health."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext, pgettext
from django.utils.translation import gettext_lazy as _

from yinuo.domains.contracts.papers import PaperRow
from yinuo.domains.customers.types import ConsentView, ContactRow
from yinuo.domains.feedback.types import HistoryEntry
from yinuo.surfaces.console import after_words, health_words, words, work_words
from yinuo.surfaces.console.exports import Column

_STATES = {
    "request": words.REQUEST_STATES,
    "work_order": work_words.STATES,
    "report": after_words.REPORT_STATES,
    "call_back": after_words.CALL_BACK_STATES,
}


def _state(entry: HistoryEntry) -> str:
    return str(words.word(_STATES[entry.kind], entry.state)) if entry.state else ""


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


VISITS = (
    Column(_("Day"), lambda row: row.visited_on),
    Column(_("Visit no."), lambda row: row.number),
    Column(_("Who went"), lambda row: row.visitors),
    Column(_("Contact"), lambda row: row.contact_name),
    Column(_("Site"), lambda row: row.site_name),
    Column(_("Why"), lambda row: row.purpose),
    Column(_("What came of it"), lambda row: row.outcome),
    Column(_("Again on"), lambda row: row.again_on),
    Column(_("Recorded by"), lambda row: row.recorded_by),
)


@dataclass(frozen=True, slots=True)
class ContactConsent:
    """What one contact last said to one purpose."""

    contact: ContactRow
    consent: ConsentView


def _says(row: ContactConsent) -> str:
    return pgettext("consent", "agrees") if row.consent.given else pgettext("consent", "refuses")


CONSENTS = (
    Column(_("Contact"), lambda row: row.contact.name),
    Column(_("Phone"), lambda row: "; ".join(row.contact.phones)),
    Column(_("Purpose"), lambda row: str(words.word(words.PURPOSES, row.consent.purpose))),
    Column(_("Answer"), _says),
    Column(_("Since"), lambda row: row.consent.given_at),
    Column(_("How"), lambda row: str(words.word(words.HOW_CONSENTED, row.consent.how))),
    Column(_("Recorded by"), lambda row: row.consent.recorded_by),
)
HEALTH = (
    Column(_("What"), lambda row: str(words.word(health_words.HEALTH_LINES, row.kind))),
    Column(_("State"), lambda row: str(words.word(health_words.TONES, row.tone))),
    Column(_("What it says"), health_words.sentence),
    Column(_("Cases"), lambda row: "; ".join(one.name for one in row.cases)),
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
        Column(_("Late"), lambda row: gettext("yes") if row.is_late(today) else ""),
        Column(_("Contract"), lambda row: row.contract_number),
        Column(_("Project"), lambda row: row.project_name),
        Column(_("Versions"), lambda row: len(row.versions)),
        Column(_("Handed over on"), lambda row: one.handed_on if (one := _handed(row)) else None),
        Column(_("Taken by"), lambda row: one.taken_by if (one := _handed(row)) else ""),
        Column(_("Why not owed any more"), lambda row: row.waived_reason),
    )
