"""Promises of contracts as lines of one list: visits, figures, papers and agreements alike."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from uuid import UUID

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext, pgettext_lazy

from yinuo.domains.contracts.life import AgreementView
from yinuo.domains.contracts.papers import PaperRow, PaperState
from yinuo.domains.obligations.contract_promises import ContractPromise, Figure
from yinuo.platform.errors import Text
from yinuo.surfaces.assets.bars import duration
from yinuo.surfaces.console import words

STATES: words.Words = {
    **words.OBLIGATION_STATES,
    "missed": pgettext_lazy("held promise", "Missed"),
    "reached": pgettext_lazy("figure", "Reached"),
    "not_reached": pgettext_lazy("figure", "Not reached"),
    "made_good": pgettext_lazy("promise", "Made good"),
    "term": pgettext_lazy("promise", "Holds"),
    "nothing": pgettext_lazy("promise", "Nothing to measure"),
}
TONES = {
    "missed": "over",
    "not_reached": "over",
    "made_good": "soon",
    "met": "calm",
    "reached": "calm",
}
KEPT: words.Words = {
    "stock": pgettext_lazy("kept", "spare parts in stock"),
    "people": pgettext_lazy("kept", "people on duty"),
    "certificate": pgettext_lazy("kept", "certified people"),
}
UNITS: words.Words = {
    "percent": pgettext_lazy("unit", "%"),
    "minutes": pgettext_lazy("unit", "min"),
    "hours": pgettext_lazy("unit", "h"),
    "days": pgettext_lazy("unit", "d"),
    "times": pgettext_lazy("unit", "times"),
}
# The states of agreements in the words of promises.
_AGREEMENTS = {"kept": "met", "kept_late": "made_good", "withdrawn": "void"}
_JUDGED = {"met": "reached", "missed": "not_reached"}
_OPEN = ("running", "paused", "term")
# What went wrong stays in sight; of what went well the newest of each kind does.
_WRONG = ("missed", "not_reached", "made_good")


@dataclass(frozen=True, slots=True)
class Line:
    """One promise. `due` is an instant or a day; `address` leads to what stands behind it."""

    title: str
    number: str
    state: str
    tone: str
    span: tuple[date, date] | None
    due: datetime | date | None
    result: str
    remark: str
    address: str
    address_text: str
    contract: tuple[UUID, str] | None = None
    provisional: bool = False

    @property
    def word(self) -> Text:
        """The state in words."""
        return words.word(STATES, self.state)

    @property
    def is_open(self) -> bool:
        """Whether something is still to come."""
        return self.state in _OPEN


def lines_of(
    promises: Iterable[ContractPromise], numbers: Mapping[UUID, str] | None = None
) -> list[Line]:
    """Promises as lines in their order; with `numbers`, each names its contract."""
    return [_line(one, (numbers or {}).get(one.contract_id)) for one in promises]


def apart(lines: Iterable[Line]) -> tuple[list[Line], list[Line]]:
    """What to see at once, and earlier periods of the same promises that went well."""
    shown: list[Line] = []
    earlier: list[Line] = []
    seen: set[tuple[str, str, object]] = set()
    for one in lines:
        kind = (one.title, one.number, one.contract)
        is_seen = one.span is not None and kind in seen
        hidden = not one.is_open and one.state not in _WRONG and is_seen
        hidden |= one.state == "nothing"
        (earlier if hidden else shown).append(one)
        if not one.is_open:
            seen.add(kind)
    return shown, earlier


def with_papers(
    lines: Iterable[Line],
    papers: Iterable[PaperRow],
    agreements: Iterable[AgreementView],
    today: date,
) -> list[Line]:
    """All promises of a contract in one list: open ones by due day, then what is over."""
    every = [
        *lines,
        *(_paper(one, today) for one in papers),
        *(_agreement(one) for one in agreements),
    ]
    running = [one for one in every if one.is_open]
    over = [one for one in every if not one.is_open]
    return [*sorted(running, key=_by_due), *sorted(over, key=_by_due, reverse=True)]


def _by_due(line: Line) -> tuple[bool, str]:
    if isinstance(line.due, datetime):
        return False, timezone.localtime(line.due).isoformat()
    return line.due is None, line.due.isoformat() if line.due else ""


def _line(one: ContractPromise, number: str | None) -> Line:
    promise = one.promise
    why = reverse("console:promises_why", args=[promise.public_id])
    cases = reverse("console:promises_cases", args=[promise.public_id])
    state = _state(one)
    return Line(
        title=_title(one),
        number=promise.number,
        state=state,
        tone=TONES.get(state, ""),
        span=_span(one),
        due=promise.due_at,
        result=_result(one),
        remark=_remark(one),
        address=cases if one.counts_cases else why,
        address_text=_("Cases behind it") if one.counts_cases else _("Why this time"),
        contract=(one.contract_id, number) if number else None,
        provisional=promise.provisional,
    )


def _title(one: ContractPromise) -> str:
    title = words.in_language(one.promise.title_zh, one.promise.title_en)
    if one.step is None:
        return title
    return f"{title} · {words.in_language(one.step.title_zh, one.step.title_en)}"


def _state(one: ContractPromise) -> str:
    if one.made_good:
        return "made_good"
    if one.promise.state == "void" and one.note == "no cases":
        return "nothing"
    if one.figure is not None:
        return _JUDGED.get(one.promise.state, one.promise.state)
    return one.promise.state


def _span(one: ContractPromise) -> tuple[date, date] | None:
    """First and last day."""
    if one.begins_at is None or one.ends_at is None:
        return None
    last = timezone.localtime(one.ends_at - timedelta(microseconds=1)).date()
    return timezone.localtime(one.begins_at).date(), last


def _result(one: ContractPromise) -> str:
    if one.figure is not None:
        return _figure(one.figure)
    if one.times is not None and not one.made_good:
        return _("%(done)d of %(times)d held") % {"done": one.done or 0, "times": one.times}
    if one.item:
        return _("missing: %(what)s") % {"what": one.item}
    return ""


def _figure(figure: Figure) -> str:
    unit = str(words.word(UNITS, figure.unit)) if figure.unit else ""
    bounds = []
    if figure.least is not None:
        number = _plain(figure.least, unit)
        bounds.append(pgettext("bound", "at least %(number)s") % {"number": number})
    if figure.most is not None:
        number = _plain(figure.most, unit)
        bounds.append(pgettext("bound", "at most %(number)s") % {"number": number})
    parts = [_plain(figure.figure, unit)] if figure.figure is not None else []
    parts += bounds
    if figure.figure is not None:
        cases = ngettext("%(n)d case", "%(n)d cases", figure.cases) % {"n": figure.cases}
        parts.append(cases)
    return " · ".join(parts)


def _plain(number: Decimal, unit: str) -> str:
    text = f"{number.normalize():f}" if number else "0"
    return f"{text} {unit}".strip()


def _remark(one: ContractPromise) -> str:
    if one.note == "suspended":
        return _("The contract was suspended.")
    if one.note == "unconfirmed":
        return _("Waits until the figure is confirmed.")
    if one.made_good:
        return _("held %(time)s late") % {"time": duration(one.promise.late_seconds)}
    if one.make_good_until is not None:
        last = timezone.localtime(one.make_good_until).date().isoformat()
        return _("may be made good until %(day)s") % {"day": last}
    if one.promise.state == "missed" and one.times is not None:
        return _("can no longer be made good")
    return ""


def _paper(paper: PaperRow, today: date) -> Line:
    if paper.state is PaperState.WAIVED:
        state = "void"
    elif not paper.is_missing:
        state = "met"
    else:
        state = "missed" if paper.is_late(today) else "running"
    return Line(
        title=words.in_language(paper.title_zh, paper.title_en),
        number=_("paper"),
        state=state,
        tone=TONES.get(state, ""),
        span=None,
        due=paper.due_on,
        result=str(words.word(words.PAPER_STATES, paper.state)),
        remark="",
        address=reverse("console:papers_one", args=[paper.public_id]),
        address_text=_("Open the paper"),
    )


def _agreement(one: AgreementView) -> Line:
    state = _AGREEMENTS.get(one.state, one.state)
    return Line(
        title=one.text[:120],
        number=_("agreement"),
        state=state,
        tone=TONES.get(state, ""),
        span=None,
        due=one.due_on,
        result=one.responsible,
        remark=one.outcome[:120],
        address="#agreements",
        address_text=_("Open the agreement"),
    )
