"""The problem report with the labels around what its plan asks for."""

from __future__ import annotations

from pathlib import Path

from django.utils.translation import gettext_lazy as _

from yinuo.domains.document_templates.kinds import DocumentKind, declared

_DOCUMENTS = Path(__file__).parent / "documents"

# Title and passages are the service plan's.
PROBLEM_REPORT = declared(
    DocumentKind(
        code="problem_report",
        name=_("Problem report"),
        has_title=False,
        words={
            "customer": _("Customer"),
            "site": _("Site"),
            "contact": _("Contact"),
            "level": _("Level"),
            "reported": _("Reported"),
            "restored": _("Restored"),
            "asset": _("Asset"),
            "written_by": _("Written by"),
            "confirmed": _("Confirmed by the customer (signature, date)"),
            "draft": _("Draft, not issued"),
            "issued": _("Version %(edition)s, issued %(at)s"),
        },
        template=_DOCUMENTS / "problem_report.typ",
        blocks=_DOCUMENTS / "problem_report.blocks",
        sample=_DOCUMENTS / "problem_report.json",
        passages={"signatures": _("Who wrote and who confirms it")},
    )
)
