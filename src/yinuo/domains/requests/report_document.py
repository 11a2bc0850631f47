"""A problem report as a document: the same words as on the screen, in either language."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from django.utils.translation import override, pgettext

from yinuo.domains.requests.report_types import ReportEntry, ReportHead, ReportView
from yinuo.platform.rendering import House, render_docx, render_pdf

_TEMPLATE = Path(__file__).parent / "documents" / "problem_report.typ"
_DOCX_TEMPLATE = _TEMPLATE.with_suffix(".blocks")
LANGUAGES = {"zh": "zh-hans", "en": "en"}


def report_pdf(report: ReportView, language: str, now: datetime) -> bytes:
    """The PDF of a report in `zh` or `en`; a draft says so on every page.

    An issued report gives the same bytes whenever it is asked for. Raises RenderingFailed.
    """
    house, data = _prepared(report, language, now)
    return render_pdf(_TEMPLATE, data, house=house)


def report_docx(report: ReportView, language: str, now: datetime) -> bytes:
    """The same as a DOCX."""
    house, data = _prepared(report, language, now)
    return render_docx(_DOCX_TEMPLATE, data, house=house)


def _prepared(report: ReportView, language: str, now: datetime) -> tuple[House, dict[str, object]]:
    with override(LANGUAGES[language]):
        title = report.title_zh if language == "zh" else report.title_en
        house = House(
            company=report.head.company,
            unit=report.head.unit,
            title=title,
            number=report.head.number,
            note=_note(report),
            language=language,
            made_at=report.issued_at or now,
        )
        return house, _data(report, language)


def _note(report: ReportView) -> str:
    if report.issued_at is None:
        return _("Draft, not issued")
    at = _local(report.issued_at, report.head.zone)
    return _("Version %(edition)s, issued %(at)s") % {"edition": report.edition, "at": at}


def _data(report: ReportView, language: str) -> dict[str, object]:
    head = report.head
    rows = [
        (_("Customer"), head.customer),
        (_("Site"), head.site),
        (_("Contact"), _contact(head)),
        (_("Level"), head.level_zh if language == "zh" else head.level_en),
        (_("Reported"), _local(head.reported_at, head.zone)),
        (_("Restored"), _local(head.restored_at, head.zone) if head.restored_at else ""),
        *((_title(one, language), _chosen(one, language)) for one in report.entries if one.choices),
    ]
    written = [one for one in report.entries if not one.choices and one.value]
    return {
        "head": [
            *({"label": label, "value": value or "—"} for label, value in rows),
            {"label": _("Asset"), "value": head.asset or "—", "wide": True},
        ],
        "passages": [{"title": _title(one, language), "body": one.value} for one in written],
        "signatures": [
            {"label": _("Written by"), "value": report.issued_by or report.drafted_by},
            {"label": _("Confirmed by the customer (signature, date)"), "value": ""},
        ],
    }


def _title(entry: ReportEntry, language: str) -> str:
    return entry.title_zh if language == "zh" else entry.title_en


def _chosen(entry: ReportEntry, language: str) -> str:
    if entry.chosen is None:
        return ""
    return entry.chosen.title_zh if language == "zh" else entry.chosen.title_en


def _local(at: datetime, zone: str) -> str:
    return f"{at.astimezone(ZoneInfo(zone)):%Y-%m-%d %H:%M}"


def _contact(head: ReportHead) -> str:
    """Name and number, or the word that says they were erased."""
    if head.is_erased:
        return pgettext("contact", "erased")
    return " ".join(part for part in (head.contact, head.phone) if part)
