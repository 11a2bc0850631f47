"""A year of service as one PDF, in Chinese or English: visits, findings, faults, promises, opinions
and advice (SA-09)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override, pgettext

from yinuo.domains.document_templates.in_force import Template, template_in_force
from yinuo.domains.document_templates.kinds import LANGUAGES
from yinuo.domains.feedback.health_types import HealthLine, LineKind
from yinuo.domains.network.naming import company_name
from yinuo.domains.prevention.document_kinds import YEAR
from yinuo.domains.prevention.types import Standing
from yinuo.domains.prevention.year_types import YearReport, YearVisit
from yinuo.domains.requests.reports import RESTORED
from yinuo.kernel.plan.reports import Satisfaction
from yinuo.kernel.states import RequestState
from yinuo.platform.rendering import House

__all__ = ["LANGUAGES", "year_pdf"]
_CLOSED = {state.value for state in RESTORED}
_DROPPED = {RequestState.CANCELLED.value, RequestState.MERGED.value}


def year_pdf(report: YearReport, language: str, now: datetime) -> bytes:
    """The PDF of a compiled year in `zh` or `en`. Raises RenderingFailed."""
    with override(LANGUAGES[language]):
        template = template_in_force(YEAR, language, now)
        house = House(
            company=company_name(),
            unit=report.unit_name,
            title=template.word("title", year=report.year),
            number=report.contract_number or str(report.year),
            note=report.customer_name,
            language=language,
            made_at=now,
            customer=report.customer_name,
            wording=template.wording,
        )
        return template.pdf(_data(report, language, template), house=house)


def _data(report: YearReport, language: str, template: Template) -> dict[str, Any]:
    say = template.word
    kept = sum(one.kept for one in report.kept)
    missed = sum(one.missed for one in report.kept)
    held = sum(one.state == Standing.HELD for one in report.visits)
    average = report.satisfied.average
    head = [
        ("customer", report.customer_name, True),
        ("contract", report.contract_number or say("all_contracts"), False),
        ("year", str(report.year), False),
    ]
    figures = [
        ("held", str(held)),
        ("faults", str(len(report.faults) + report.more_faults)),
        ("kept_of_all", f"{kept} / {kept + missed}"),
        ("satisfaction", f"{average:f}" if average is not None else "—"),
    ]
    return {
        "head": [{"label": say(code), "value": value, "wide": wide} for code, value, wide in head],
        "figures": [{"label": say(code), "value": value} for code, value in figures],
        "tables": [
            _visits(report, language, template),
            _found(report, language, template),
            _faults(report, template),
            _promises(report, language, template),
            _opinions(report, template),
        ],
        "advice": {
            "title": say("advice"),
            "lines": _advice(report, language) or [say("nothing")],
        },
        "signatures": [say("compiled"), say("received")],
    }


def _table(
    template: Template,
    title: str,
    columns: Sequence[str],
    rows: Sequence[Sequence[str]],
    more: int = 0,
) -> dict[str, Any]:
    """A table with its title; `columns` may be fewer than a row's texts: the last is a line below.

    Without rows it says so.
    """
    say = template.word
    return {
        "title": say(title),
        "columns": [say(one) for one in columns],
        "rows": [list(row) for row in rows],
        "none": say("none"),
        "more": say("more", number=more) if more else "",
    }


def _visits(report: YearReport, language: str, template: Template) -> dict[str, Any]:
    rows = [
        (
            one.on.isoformat(),
            _title(one, language),
            _state_of_visit(one.state),
            one.who or "—",
            one.sheet_number or "—",
            one.words,
        )
        for one in report.visits
    ]
    columns = ("day", "visit", "state", "who", "sheet")
    return _table(template, "visits", columns, rows, report.more_visits)


def _found(report: YearReport, language: str, template: Template) -> dict[str, Any]:
    rows = [
        (
            _day(one.at).isoformat(),
            one.title_en if language == "en" else one.title_zh,
            one.sheet_number,
            one.request_number or "—",
            _state_of_fault(one.state),
            "",
        )
        for one in report.found
    ]
    columns = ("day", "found", "sheet", "follow_up", "state")
    return _table(template, "findings", columns, rows)


def _faults(report: YearReport, template: Template) -> dict[str, Any]:
    rows = [
        (one.on.isoformat(), one.number, one.asset or "—", _state_of_fault(one.state), one.symptom)
        for one in report.faults
    ]
    columns = ("day", "number", "asset", "state")
    return _table(template, "faults", columns, rows, report.more_faults)


def _promises(report: YearReport, language: str, template: Template) -> dict[str, Any]:
    rows = [
        (
            one.number or "—",
            one.title_en if language == "en" else one.title_zh,
            str(one.kept),
            str(one.missed),
            str(one.made_good),
            "",
        )
        for one in report.kept
    ]
    columns = ("clause", "promise", "kept", "missed", "made_good")
    return _table(template, "promises", columns, rows)


def _opinions(report: YearReport, template: Template) -> dict[str, Any]:
    counts = [(_satisfaction(code), str(number), "") for code, number in report.satisfied.counts]
    said = [
        (f"{one.on.isoformat()} {one.said_by}".strip(), _satisfaction(one.satisfaction), one.words)
        for one in report.satisfied.opinions
    ]
    columns = ("satisfaction", "answers")
    return _table(template, "satisfaction", columns, [*counts, *said])


def _advice(report: YearReport, language: str) -> list[str]:
    """What the record suggests, then the visits that come next."""
    found = [said for one in report.advice if (said := _sentence(one))]
    found += [
        _("%(title)s is due by %(day)s.")
        % {"title": _title(one, language), "day": one.on.isoformat()}
        for one in report.due
    ]
    return found


def _sentence(line: HealthLine) -> str:
    figures = line.figures
    if line.kind is LineKind.REPEATS:
        return _(
            "%(name)s failed %(count)d times within %(days)d days: look into the cause, "
            "consider replacing it."
        ) % {"name": figures["name"], "count": figures["count"], "days": figures["days"]}
    if line.kind is LineKind.EXPIRING and figures["ending"]:
        return _("The cover ends in %(days)d days: agree on its renewal.") % {
            "days": figures["left"]
        }
    if line.kind is LineKind.EXPIRING:
        return _("No contract is in force: agree on cover for the coming year.")
    if line.kind is LineKind.OPEN_REQUESTS:
        return _("%(count)d requests are still open, the oldest for %(days)d days.") % {
            "count": figures["count"],
            "days": figures["days"],
        }
    return ""


def _title(one: YearVisit, language: str) -> str:
    return one.title_en if language == "en" else one.title_zh


def _state_of_visit(state: str) -> str:
    return {
        Standing.HELD.value: pgettext("visit", "Held"),
        Standing.SKIPPED.value: pgettext("visit", "Let off"),
        Standing.MISSED.value: pgettext("visit", "Missed"),
    }.get(state, "—")


def _state_of_fault(state: str) -> str:
    if state in _CLOSED:
        return pgettext("year", "Restored")
    if state in _DROPPED:
        return pgettext("year", "Dropped")
    return pgettext("year", "Under way") if state else "—"


def _satisfaction(code: str) -> str:
    return {
        Satisfaction.VERY_SATISFIED.value: pgettext("year", "Very satisfied"),
        Satisfaction.SATISFIED.value: pgettext("year", "Satisfied"),
        Satisfaction.FAIR.value: pgettext("year", "Fair"),
        Satisfaction.NO_STATEMENT.value: pgettext("year", "No statement"),
        Satisfaction.DISSATISFIED.value: pgettext("year", "Dissatisfied"),
    }.get(code, code)


def _day(at: datetime) -> date:
    return at.astimezone(ZoneInfo(settings.TIME_ZONE)).date()
