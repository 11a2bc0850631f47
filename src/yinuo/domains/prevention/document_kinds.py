"""The compilation of a year of service with every label."""

from __future__ import annotations

from pathlib import Path

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from yinuo.domains.document_templates.kinds import DocumentKind, declared

_HERE = Path(__file__).parent

YEAR = declared(
    DocumentKind(
        code="year",
        name=_("Service of a year"),
        words={
            "title": _("Service in the year %(year)d"),
            "customer": _("Customer"),
            "contract": _("Contract"),
            "all_contracts": _("all contracts"),
            "year": pgettext_lazy("time", "Year"),
            "held": _("Visits held"),
            "kept_of_all": _("Promises kept"),
            "day": _("Day"),
            "visit": pgettext_lazy("visit", "Visit"),
            "state": _("State"),
            "who": _("Who went"),
            "sheet": _("Work order"),
            "visits": _("Visits"),
            "found": _("Found"),
            "follow_up": _("Follow-up"),
            "findings": _("Findings of the inspections"),
            "number": _("Number"),
            "asset": _("Asset"),
            "faults": _("Faults"),
            "clause": _("Clause"),
            "promise": _("Promise"),
            "kept": pgettext_lazy("promise", "Kept"),
            "missed": pgettext_lazy("promise", "Missed"),
            "made_good": pgettext_lazy("promise", "of them made good"),
            "promises": _("Promises kept and missed"),
            "satisfaction": _("Satisfaction"),
            "answers": _("Answers"),
            "none": _("None in this year."),
            "more": _("and %(number)d more"),
            "advice": pgettext_lazy("year", "Advice"),
            "nothing": _("Nothing in particular."),
            "compiled": _("Compiled by (signature, date)"),
            "received": _("Received (signature, date)"),
        },
        has_title=False,
        template=_HERE / "year.typ",
        sample=_HERE / "year.json",
        passages={
            "figures": _("The figures in boxes"),
            "signatures": _("Who compiled and who received it"),
        },
    )
)
