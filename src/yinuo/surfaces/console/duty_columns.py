"""What calls on duty and turns have in their columns as a workbook."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from yinuo.domains.oncall.call_types import CallRow
from yinuo.surfaces.console.duty_call_forms import CALL_STATES
from yinuo.surfaces.console.exports import Column
from yinuo.surfaces.console.words import word


def _state(row: CallRow) -> str:
    return str(word(CALL_STATES, row.state))


CALLS = (
    Column(_("Called at"), lambda row: row.called_at),
    Column(_("Rota"), lambda row: row.rota_name),
    Column(_("What it is about"), lambda row: row.about),
    Column(_("Caller"), lambda row: row.caller_name),
    Column(_("Phone"), lambda row: row.caller_phone),
    Column(_("Who has it"), lambda row: row.person_name),
    Column(_("Minutes"), lambda row: row.minutes),
    Column(_("Result"), lambda row: row.result),
    Column(_("State"), _state),
    Column(_("Request"), lambda row: row.request_number),
)
TURNS = (
    Column(_("Name"), lambda row: row.turn.person_name),
    Column(_("Rota"), lambda row: row.rota_name),
    Column(pgettext_lazy("time", "From"), lambda row: row.turn.starts_at),
    Column(pgettext_lazy("time", "Until"), lambda row: row.turn.ends_at),
    Column(pgettext_lazy("appraisal", "Days on duty"), lambda row: row.days),
    Column(pgettext_lazy("duty", "Stands in for"), lambda row: row.turn.covers_name),
    Column(_("Reason"), lambda row: row.turn.reason),
)
