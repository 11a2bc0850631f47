"""What the list of work orders has in its columns as a workbook."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from yinuo.surfaces.console import words, work_words
from yinuo.surfaces.console.exports import Column

WORK_ORDERS = (
    Column(_("Sheet"), lambda row: row.number),
    Column(_("State"), lambda row: str(words.word(work_words.STATES, row.state))),
    Column(_("Request"), lambda row: row.request_number),
    Column(_("Customer"), lambda row: row.customer_name),
    Column(_("Contact"), lambda row: row.contact_name),
    Column(_("Phone"), lambda row: row.contact_phone),
    Column(_("Address"), lambda row: row.address),
    Column(_("Work asked for"), lambda row: row.work_wanted),
    Column(_("Who goes"), lambda row: row.assignee_name),
    Column(_("Service time wished for"), lambda row: row.service_at),
    Column(_("Agreed time"), lambda row: row.agreed_for),
    Column(_("Remind on"), lambda row: row.remind_on),
    Column(_("Issued"), lambda row: row.issued_at),
    Column(_("Unit in charge"), lambda row: row.unit_name),
)
