"""The timeline of a request: its facts with what was said, corrected and changed by each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from yinuo.domains.obligations.types import ChangeView, FactView
from yinuo.domains.requests.types import RequestPage, Word
from yinuo.kernel.facts import WITHDRAWN
from yinuo.kernel.plan.words import FACT_KINDS
from yinuo.surfaces.assets.bars import MINUTE, duration, is_open
from yinuo.surfaces.console import words
from yinuo.surfaces.console.stepwords import CODES, said_label

# Texts that speak for themselves need no label.
PLAIN = frozenset({"text", "analysis", "reason", "method"})
# Names that are nobody's: of groups, numbers of requests.
PLAIN_TAGS = ("number", "from_group", "group_name", "unit_name")
CODED = ("cause", "result", "reason", "by")


@dataclass(frozen=True, slots=True)
class Change:
    """What became of a promise because of a fact."""

    title: str
    before: str
    after: str
    due_at: datetime | None


@dataclass(frozen=True, slots=True)
class Entry:
    """A fact, its tags, what was said, and what it changed.

    `is_gone` when a correction took its place; `is_correction` when it took one's.
    """

    fact: FactView
    title: str
    tags: tuple[str, ...]
    said: tuple[tuple[str, str], ...]
    is_shown: bool
    is_erased: bool
    is_gone: bool
    is_correction: bool
    correction: str
    may_correct: bool
    changes: tuple[Change, ...]


def timeline(page: RequestPage) -> list[Entry]:
    """The request's facts, the latest occurrence first."""
    titles = {
        one.public_id: words.in_language(one.title_zh, one.title_en) for one in page.obligations
    }
    return [_entry(page, fact, titles) for fact in page.facts]


def fact_title(page: RequestPage, kind: str) -> str:
    """The name of a fact: the product's, the plan's, the built-in one, else its code."""
    if kind in words.FACTS:
        return str(words.FACTS[kind])
    if own := page.plan_words.fact_titles.get(kind):
        return words.in_language(own.title_zh, own.title_en)
    text = FACT_KINDS.get(kind)
    return words.in_language(text.zh, text.en) if text else kind


def _entry(page: RequestPage, fact: FactView, titles: Mapping[Any, str]) -> Entry:
    said = page.said.get(fact.public_id)
    given = _in_order(page, fact.kind, said.words) if said else ()
    return Entry(
        fact=fact,
        title=fact_title(page, fact.kind),
        tags=(*_tags(page, fact.attrs), *_answers(page, fact)),
        said=tuple(
            ("" if name in PLAIN else str(said_label(fact.kind, name)), text)
            for name, text in given
        ),
        is_shown=bool(said and said.shown),
        is_erased=bool(said and not said.is_whole) or ("words" in fact.attrs and said is None),
        is_gone=fact.public_id in page.corrected,
        is_correction="supersedes" in fact.attrs and fact.kind != WITHDRAWN,
        correction=said.correction if said else "",
        may_correct=fact.public_id in page.may_correct,
        changes=tuple(_changes(page.changes, fact, titles)),
    )


def _in_order(page: RequestPage, kind: str, given: Mapping[str, str]) -> list[tuple[str, str]]:
    """What was said in the order of the form's fields."""
    form = page.forms.get(kind)
    names = [field.name for field in form.fields] if form else []
    known = [(name, given[name]) for name in names if name in given]
    return known + [(name, text) for name, text in given.items() if name not in names]


def _tags(page: RequestPage, attrs: Mapping[str, Any]) -> Iterable[str]:
    """What of a fact's attributes a reader wants to see."""
    for name, known in (("level", page.levels), ("category", page.categories)):
        if code := attrs.get(name):
            yield _named(known, code)
    if cover := attrs.get("cover"):
        yield str(words.word(words.COVERS, cover))
    if (minutes := attrs.get("travel_minutes")) is not None:
        yield _("%(time)s travel") % {"time": duration(minutes * MINUTE)}
    if until := attrs.get("until"):
        yield _("until %(time)s") % {"time": _instant(until)}
    for name in PLAIN_TAGS:
        if text := attrs.get(name):
            yield str(text)
    for name in CODED:
        if code := attrs.get(name):
            own = page.plan_words.value_titles.get((name, code))
            text = words.in_language(own.title_zh, own.title_en) if own else CODES.get(code, code)
            yield str(text)


def _answers(page: RequestPage, fact: FactView) -> Iterable[str]:
    """What was answered at this fact, each with its question."""
    if fact.kind != "questions_answered":
        return
    for question in page.all_questions:
        code = fact.attrs.get(question.code)
        answer = next((one.word for one in question.answers if one.word.code == code), None)
        if answer is not None:
            title = words.in_language(question.title_zh, question.title_en)
            yield f"{title} · {words.in_language(answer.title_zh, answer.title_en)}"


def _named(known: Iterable[Word], code: str) -> str:
    found = next((one for one in known if one.code == code), None)
    return words.in_language(found.title_zh, found.title_en) if found else code


def _instant(text: str) -> str:
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        return text
    return date_format(timezone.localtime(at), "Y-m-d H:i")


def _changes(
    changes: Iterable[ChangeView], fact: FactView, titles: Mapping[Any, str]
) -> Iterable[Change]:
    """What a late or corrected fact turned round; what came as expected goes without saying."""
    late = (fact.received_at - fact.occurred_at).total_seconds() >= MINUTE
    if not late and "supersedes" not in fact.attrs:
        return
    for one in changes:
        causes = {(cause.kind, cause.occurred_at) for cause in one.facts}
        if one.at != fact.received_at or (fact.kind, fact.occurred_at) not in causes:
            continue
        if one.old_state == one.new_state and one.old_due_at == one.new_due_at:
            continue
        yield Change(
            title=titles.get(one.obligation_id, ""),
            before=str(words.word(words.OBLIGATION_STATES, one.old_state)),
            after=str(words.word(words.OBLIGATION_STATES, one.new_state)),
            due_at=one.new_due_at,
        )


@dataclass(frozen=True, slots=True)
class Waiting:
    """What a request waits for: since when, said by whom, and which clocks stand still for it."""

    reason: str
    since: datetime
    actor: str
    standing: str
    running: str


def waiting_of(page: RequestPage, counted: Iterable[FactView]) -> Waiting | None:
    """What is waited for now; None when nothing is. `counted` are facts, the latest first."""
    paused = next((fact for fact in counted if fact.kind == "paused"), None)
    if not page.waiting_from or paused is None:
        return None
    code = str(paused.attrs.get("reason", ""))
    named = page.plan_words.value_titles.get(("reason", code))
    open_ones = [one for one in page.obligations if is_open(one)]
    titles = {one.clause: words.in_language(one.title_zh, one.title_en) for one in open_ones}
    # Translators: between the members of a list.
    comma = pgettext("list", ", ")
    standing = [
        clause for clause in titles if code in page.plan_words.stops.get(clause, frozenset())
    ]
    return Waiting(
        reason=words.in_language(named.title_zh, named.title_en) if named else code,
        since=paused.occurred_at,
        actor=paused.actor,
        standing=comma.join(titles[clause] for clause in standing),
        running=comma.join(title for clause, title in titles.items() if clause not in standing),
    )
