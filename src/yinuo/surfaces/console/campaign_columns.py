"""What the assets of a campaign have in their columns as a workbook."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from yinuo.surfaces.console import campaign_words, words
from yinuo.surfaces.console.exports import Column

CAMPAIGN_ASSETS = (
    Column(_("Asset"), lambda row: row.asset_name),
    Column(_("Model"), lambda row: row.model),
    Column(_("Serial number"), lambda row: row.serial),
    Column(_("Customer"), lambda row: row.customer_name),
    Column(_("Site"), lambda row: row.site_name),
    Column(_("State"), lambda row: str(words.word(campaign_words.STATES, row.state))),
    Column(_("Reason"), lambda row: row.reason),
    Column(_("Request"), lambda row: row.request_number),
)
