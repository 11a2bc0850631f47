"""A year of service as one PDF, in Chinese or English: visits, findings, faults, promises, opinions
and advice (SA-09)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override, pgettext

from yinuo.domains.feedback.health_types import HealthLine, LineKind
from yinuo.domains.network.selectors import company_name
from yinuo.domains.prevention.types import Standing
from yinuo.domains.prevention.year_types import YearReport, YearVisit
from yinuo.domains.requests.reports import RESTORED
from yinuo.kernel.plan.reports import Satisfaction
from yinuo.kernel.states import RequestState
from yinuo.platform.rendering import House, render_pdf

TEMPLATE = Path(__file__).with_name("year.typ")
LANGUAGES = {"zh": "zh-hans", "en": "en"}
_CLOSED = {state.value for state in RESTORED}
_DROPPED = {RequestState.CANCELLED.value, RequestState.MERGED.value}


def year_pdf(report: YearReport, language: str, now: datetime) -> bytes:
    """The PDF of a compiled year in `zh` or `en`. Raises RenderingFailed."""
    with override(LANGUAGES[language]):
        house = House(
            company=company_name(),
            unit=report.unit_name,
            title=_("Service in the year %(year)d") % {"year": report.year},
            number=report.contract_number or str(report.year),
            note=report.customer_name,
            language=language,
            made_at=now,
        )
        return render_pdf(TEMPLATE, _data(report, language), house=house)


def _data(report: YearReport, language: str) -> dict[str, Any]:
    kept = sum(one.kept for one in report.kept)
    missed = sum(one.missed for one in report.kept)
    held = sum(one.state == Standing.HELD for one in report.visits)
    average = report.satisfied.average
    head = [
        (_("Customer"), report.customer_name, True),
        (_("Contract"), report.contract_number or _("all contracts"), False),
        (pgettext("time", "Year"), str(report.year), False),
    ]
    figures = [
        (_("Visits held"), str(held)),
        (_("Faults"), str(len(report.faults) + report.more_faults)),
        (_("Promises kept"), f"{kept} / {kept + missed}"),
        (_("Satisfaction"), f"{average:f}" if average is not None else "—"),
    ]
    return {
        "head": [{"label": name, "value": value, "wide": wide} for name, value, wide in head],
        "figures": [{"label": name, "value": value} for name, value in figures],
        "tables": [
            _visits(report, language),
            _found(report, language),
            _faults(report),
            _promises(report, language),
            _opinions(report),
        ],
        "advice": {
            "title": pgettext("year", "Advice"),
            "lines": _advice(report, language) or [_("Nothing in particular.")],
        },
        "signatures": [_("Compiled by (signature, date)"), _("Received (signature, date)")],
    }


def _table(
    title: str, columns: Sequence[str], rows: Sequence[Sequence[str]], more: int = 0
) -> dict[str, Any]:
    """A table with its title; `columns` may be fewer than a row's texts: the last is a line below.

    Without rows it says so.
    """
    return {
        "title": title,
        "columns": list(columns),
        "rows": [list(row) for row in rows],
        "none": _("None in this year."),
        "more": _("and %(number)d more") % {"number": more} if more else "",
    }


def _visits(report: YearReport, language: str) -> dict[str, Any]:
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
    columns = (_("Day"), pgettext("visit", "Visit"), _("State"), _("Who went"), _("Work order"))
    return _table(_("Visits"), columns, rows, report.more_visits)


def _found(report: YearReport, language: str) -> dict[str, Any]:
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
    columns = (_("Day"), _("Found"), _("Work order"), _("Follow-up"), _("State"))
    return _table(_("Findings of the inspections"), columns, rows)


def _faults(report: YearReport) -> dict[str, Any]:
    rows = [
        (one.on.isoformat(), one.number, one.asset or "—", _state_of_fault(one.state), one.symptom)
        for one in report.faults
    ]
    columns = (_("Day"), _("Number"), _("Asset"), _("State"))
    return _table(_("Faults"), columns, rows, report.more_faults)


def _promises(report: YearReport, language: str) -> dict[str, Any]:
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
    columns = (
        _("Clause"),
        _("Promise"),
        pgettext("promise", "Kept"),
        pgettext("promise", "Missed"),
        pgettext("promise", "of them made good"),
    )
    return _table(_("Promises kept and missed"), columns, rows)


def _opinions(report: YearReport) -> dict[str, Any]:
    counts = [(_satisfaction(code), str(number), "") for code, number in report.satisfied.counts]
    said = [
        (f"{one.on.isoformat()} {one.said_by}".strip(), _satisfaction(one.satisfaction), one.words)
        for one in report.satisfied.opinions
    ]
    columns = (pgettext("year", "Satisfaction"), _("Answers"))
    return _table(_("Satisfaction"), columns, [*counts, *said])


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
