"""What the promises kept and missed have in their columns as a workbook."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from yinuo.surfaces.console.exports import Column

GROUPS = (
    Column(_("Name"), lambda row: row.name),
    Column(_("Kept"), lambda row: row.kept.kept),
    Column(_("Missed"), lambda row: row.kept.missed),
    Column(_("Kept, percent"), lambda row: row.kept.share),
    Column(
        _("Late on average, minutes"), lambda row: int(row.kept.mean_late.total_seconds() // 60)
    ),
    Column(_("Penalties, yuan"), lambda row: row.kept.cost),
)
