"""A problem report as a document: the same words as on the screen, in either language."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils.translation import override, pgettext

from yinuo.domains.document_templates.in_force import Template, template_in_force
from yinuo.domains.document_templates.kinds import LANGUAGES
from yinuo.domains.requests.document_kinds import PROBLEM_REPORT
from yinuo.domains.requests.report_types import ReportEntry, ReportHead, ReportView
from yinuo.platform.rendering import House

__all__ = ["LANGUAGES", "report_docx", "report_pdf"]


def report_pdf(report: ReportView, language: str, now: datetime) -> bytes:
    """The PDF of a report in `zh` or `en`; a draft says so on every page.

    An issued report gives the same bytes whenever it is asked for. Raises RenderingFailed.
    """
    template, house, data = _prepared(report, language, now)
    return template.pdf(data, house=house)


def report_docx(report: ReportView, language: str, now: datetime) -> bytes:
    """The same as a DOCX."""
    template, house, data = _prepared(report, language, now)
    return template.docx(data, house=house)


def _prepared(
    report: ReportView, language: str, now: datetime
) -> tuple[Template, House, dict[str, object]]:
    made_at = report.issued_at or now
    with override(LANGUAGES[language]):
        title = report.title_zh if language == "zh" else report.title_en
        template = template_in_force(PROBLEM_REPORT, language, made_at)
        house = House(
            company=report.head.company,
            unit=report.head.unit,
            title=title,
            number=report.head.number,
            note=_note(report, template),
            language=language,
            made_at=made_at,
            customer=report.head.customer,
            wording=template.wording,
        )
        return template, house, _data(report, language, template)


def _note(report: ReportView, template: Template) -> str:
    if report.issued_at is None:
        return template.word("draft")
    at = _local(report.issued_at, report.head.zone)
    return template.word("issued", edition=report.edition, at=at)


def _data(report: ReportView, language: str, template: Template) -> dict[str, object]:
    head, say = report.head, template.word
    rows = [
        (say("customer"), head.customer),
        (say("site"), head.site),
        (say("contact"), _contact(head)),
        (say("level"), head.level_zh if language == "zh" else head.level_en),
        (say("reported"), _local(head.reported_at, head.zone)),
        (say("restored"), _local(head.restored_at, head.zone) if head.restored_at else ""),
        *((_title(one, language), _chosen(one, language)) for one in report.entries if one.choices),
    ]
    written = [one for one in report.entries if not one.choices and one.value]
    return {
        "head": [
            *({"label": label, "value": value or "—"} for label, value in rows),
            {"label": say("asset"), "value": head.asset or "—", "wide": True},
        ],
        "passages": [{"title": _title(one, language), "body": one.value} for one in written],
        "signatures": [
            {"label": say("written_by"), "value": report.issued_by or report.drafted_by},
            {"label": say("confirmed"), "value": ""},
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
