"""What a list has in its columns as a workbook."""

from __future__ import annotations

from datetime import date, timedelta

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from yinuo.domains.contracts.types import ContractRow
from yinuo.surfaces.console import cover_words, words
from yinuo.surfaces.console.exports import Column

CUSTOMERS = (
    Column(_("Customer"), lambda row: row.name),
    Column(_("Short name"), lambda row: row.short_name),
    Column(_("Parent company"), lambda row: row.parent_name),
    Column(_("Unit in charge"), lambda row: row.unit_name),
    Column(_("Notes"), lambda row: row.notes),
    Column(_("State"), lambda row: "" if row.active else str(_("no longer active"))),
)
ASSETS = (
    Column(_("Asset"), lambda row: row.name),
    Column(_("Model"), lambda row: row.model),
    Column(_("Serial number"), lambda row: row.serial),
    Column(_("Customer"), lambda row: row.customer_name),
    Column(_("Site"), lambda row: row.site_name),
    Column(_("Place at the site"), lambda row: row.location),
    Column(_("Bought on"), lambda row: row.purchased_on),
    Column(_("Accepted on"), lambda row: row.accepted_on),
    Column(_("State"), lambda row: "" if row.active else str(_("no longer active"))),
)


def _plan(row: ContractRow) -> str:
    return f"{words.in_language(row.plan_title_zh, row.plan_title_en)} v{row.plan_number}"


def _last_day(row: ContractRow) -> date | None:
    """Contracts end on the first day without cover; people read the last day with it."""
    end = row.runs_until(timezone.localdate())
    return end - timedelta(days=1) if end else None


def _standing(row: ContractRow) -> str:
    return str(cover_words.STANDINGS[row.standing(timezone.localdate())])


CONTRACTS = (
    Column(_("Contract number"), lambda row: row.number),
    Column(_("Customer"), lambda row: row.customer_name),
    Column(_("Service plan"), _plan),
    Column(_("From"), lambda row: row.starts_on),
    Column(_("Until"), _last_day),
    Column(pgettext_lazy("contract", "Standing"), _standing),
    Column(_("Stage"), lambda row: str(words.word(cover_words.STAGES, row.stage))),
    Column(_("Total"), lambda row: row.total),
    Column(_("Annual fee"), lambda row: row.annual_fee),
    Column(_("Currency"), lambda row: row.currency),
)
REQUESTS = (
    Column(_("Request"), lambda row: row.number),
    Column(_("State"), lambda row: str(words.word(words.REQUEST_STATES, row.state))),
    Column(_("Kind"), lambda row: str(words.word(words.ALL_KINDS, row.kind))),
    Column(_("Channel"), lambda row: str(words.word(words.CHANNELS, row.channel))),
    Column(_("Customer"), lambda row: row.customer_name),
    Column(_("Asset"), lambda row: row.asset_name),
    Column(_("What is wrong"), lambda row: row.symptom),
    Column(_("Reported"), lambda row: row.reported_at),
    Column(_("Unit in charge"), lambda row: row.unit_name),
    Column(_("Taken by"), lambda row: row.opened_by),
)
