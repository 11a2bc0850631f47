"""From breaches to remedy lines: one line for each remedy of each breach."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from yinuo.kernel.evaluation.clocks import Clock
from yinuo.kernel.evaluation.periods import falls_on, span_holding
from yinuo.kernel.evaluation.results import Obligation, RemedyLine, State
from yinuo.kernel.evaluation.subjects import Subject
from yinuo.kernel.money import money_text
from yinuo.kernel.plan.clauses import Clause
from yinuo.kernel.plan.limits import DAYS, MONTHS, WORKING, Amount
from yinuo.kernel.plan.plan import Plan
from yinuo.kernel.plan.remedies import Extension, Grant, Money, Per, Remedy
from yinuo.kernel.plan.text import Text
from yinuo.kernel.plan.wording import amount_words, number_text
from yinuo.kernel.remedies.figured import (
    counted_words,
    ends,
    measured,
    points_short,
    seconds,
    stretch_steps,
    units,
    way,
)
from yinuo.kernel.remedies.limits import limited
from yinuo.kernel.remedies.prices import Priced, band_for, price
from yinuo.kernel.remedies.runs import Row, group_of, rows_of
from yinuo.kernel.remedies.steps import steps_late, stretch_seconds

if TYPE_CHECKING:
    from yinuo.kernel.evaluation.evaluation import Evaluation

_MOMENT = timedelta(microseconds=1)
# By clause, remedy, contract and the beginning of the period in which breaches are counted.
Breaches = dict[tuple[str, str, str, datetime | None], int]


def remedy_lines(evaluation: Evaluation) -> tuple[RemedyLine, ...]:
    """What all breaches up to now have brought, caps and exclusions applied."""
    return limited(evaluation, Lines(evaluation).of(settled(evaluation)))


def settled(evaluation: Evaluation) -> list[Obligation]:
    """The promises that remedies follow from: missed ones, and kept ones that bring a bonus."""
    rewarded = evaluation.evaluator.rewarded
    return [
        one
        for one in evaluation.obligations
        if one.state is State.MISSED or (one.state is State.MET and one.clause_id in rewarded)
    ]


def _as_early(one: Obligation) -> Obligation:
    """A deadline kept, its earliness where remedies look for lateness; a measure as it is."""
    if one.period is not None or one.due_at is None or one.ended_at is None:
        return one
    return one._replace(due_at=one.ended_at, late_by=max(one.due_at - one.ended_at, timedelta(0)))


def _is_forgiven(grace: Amount | None, one: Obligation, late: timedelta, clock: Clock) -> bool:
    """Whether the lateness of a deadline lies within the grace, both counted alike.

    ``late`` is natural or in the clause's calendar, as the remedy says; a grace in working time
    or in months is a date after the due instant.
    """
    if grace is None or one.due_at is None or one.period is not None:
        return False
    length = None if grace.unit in WORKING else stretch_seconds(grace)
    if length is not None:
        return late <= timedelta(microseconds=int(length * 1_000_000))
    forgiven = Clock(clock.calendar, clock.zone).move(one.due_at, grace.number, grace.unit, ())
    return one.due_at + one.late_by <= forgiven


def lines_at_risk(evaluation: Evaluation) -> tuple[RemedyLine, ...]:
    """What each open promise would cost if missed now, and the next step of open breaches."""
    lines = Lines(evaluation)
    as_if = []
    for one in evaluation.obligations:
        if one.is_open and one.due_at is not None and one.note != "unconfirmed":
            late = one.late_by + _MOMENT if one.state is not State.MISSED else _MOMENT
            as_if.append(one._replace(state=State.MISSED, late_by=late, ended_at=one.due_at + late))
    return tuple(line for line in lines.of(as_if) if line.amount)


def extension_amount(plan: Plan, line: RemedyLine) -> Amount | None:
    """By how much a line lengthens the warranty; None for every other line."""
    if line.extends != "warranty":
        return None
    remedy = next(one for one in plan.clause(line.clause_id).remedies if one.id == line.remedy_id)
    assert isinstance(remedy.term, Extension)
    return Amount(remedy.term.amount.number * line.steps, remedy.term.amount.unit)


class Lines:
    """Makes the lines of one evaluation.

    ``breaches`` counts breaches by clause, remedy and period; given to several, they count
    together.
    """

    def __init__(self, evaluation: Evaluation, breaches: Breaches | None = None) -> None:
        self.evaluation = evaluation
        self.evaluator = evaluation.evaluator
        self.plan = evaluation.evaluator.plan
        self._breaches: Breaches = {} if breaches is None else breaches
        self._rows: dict[Row, dict[int, int]] = {}

    def of(self, settled: Iterable[Obligation]) -> list[RemedyLine]:
        """Lines in order of the breaches' due times, then of subjects, then as the plan says."""
        made: list[RemedyLine] = []
        for one in sorted(settled, key=self.order):
            made += self.of_one(one)
        return made

    def order(self, one: Obligation) -> tuple[datetime, str, int]:
        """Where a breach stands among others."""
        place = self.plan.positions.get(one.clause_id, 0)
        return (one.due_at or self.evaluation.as_of, one.subject, place)

    def of_one(self, one: Obligation) -> list[RemedyLine]:
        """The lines of one breach, as the plan orders them; to be asked in the breaches' order."""
        made: list[RemedyLine] = []
        clause = self.plan.clause(one.clause_id)
        for remedy in clause.remedies:
            if remedy.bonus is not (one.state is State.MET):
                continue
            line = self._line(_as_early(one) if remedy.bonus else one, clause, remedy)
            if line is not None:
                made.append(line)
        return made

    def _line(self, one: Obligation, clause: Clause, remedy: Remedy) -> RemedyLine | None:
        subject = self.evaluation.subject(one.subject)
        if not self._applies(remedy, one, subject):
            return None
        clock = self.evaluator.clock_of(clause, subject)
        late = self._lateness(one, remedy, clock)
        if _is_forgiven(remedy.grace, one, late, clock):
            return None
        if not self._is_often_enough(one, remedy, subject):
            return None
        if remedy.in_a_row > 1 and self._in_a_row(one) < remedy.in_a_row:
            return None
        contract = subject.owner("contract")
        base = RemedyLine(
            clause_id=one.clause_id,
            remedy_id=remedy.id,
            subject=one.subject,
            kind="",
            paid_by=remedy.paid_by,
            contract=contract.name if contract is not None else "",
            incurred_at=one.due_at,
            period=one.period,
            number=one.number,
            final=one.ended_at is not None or one.period is not None or remedy.bonus,
        )
        line = self._priced(base, one, remedy, late, clock, subject)
        if line is None or remedy.claim_within is None or one.due_at is None:
            return line
        until = clock.move(one.due_at, remedy.claim_within.number, remedy.claim_within.unit, ())
        return self._claimed(line, subject, one.due_at, until)

    def _priced(
        self,
        base: RemedyLine,
        one: Obligation,
        remedy: Remedy,
        late: timedelta,
        clock: Clock,
        subject: Subject,
    ) -> RemedyLine | None:
        term = remedy.term
        if isinstance(term, Money):
            return self._penalty(base, one, term, remedy, late, clock, subject)
        if isinstance(term, Extension):
            return self._extension(base, one, term, late, clock)
        return self._grant(base, term)

    def _claimed(
        self, line: RemedyLine, subject: Subject, due: datetime, until: datetime
    ) -> RemedyLine | None:
        """The line when it was claimed in time; open while it still may be; gone after that."""
        claims = subject.by_kind.get("claimed", ())
        if any(due <= fact.occurred_at <= until for fact in claims):
            return line
        words = line.computation
        if self.evaluation.as_of <= until:
            day = until.astimezone(self.evaluator.zone).strftime("%Y-%m-%d %H:%M")
            why = Text(f"须在 {day} 前提出", f"to be claimed by {day}")
            more = Text(f"{words.zh}；{why.zh}", f"{words.en}; {why.en}")
            return line._replace(final=False, computation=more)
        if line.amount is None:
            return None
        more = Text(f"{words.zh}；逾期未提出", f"{words.en}; not claimed in time")
        nothing = self.rounded(Decimal(0))
        return line._replace(amount=nothing, reduced_by=line.amount, computation=more)

    def _applies(self, remedy: Remedy, one: Obligation, subject: Subject) -> bool:
        """Whether its conditions hold; computed selectors are asked at the promise's start."""
        if not self.evaluator.holds_at(remedy.when, subject, one.started_at):
            return False
        unless = remedy.unless
        return unless is None or not self.evaluator.holds_at(unless, subject, one.started_at)

    @staticmethod
    def _lateness(one: Obligation, remedy: Remedy, clock: Clock) -> timedelta:
        if not remedy.in_calendar or clock.calendar is None or one.due_at is None:
            return one.late_by
        return clock.elapsed(one.due_at, one.due_at + one.late_by, ())

    def _is_often_enough(self, one: Obligation, remedy: Remedy, subject: Subject) -> bool:
        if remedy.after_breaches <= 1:
            return True
        contract = subject.owner("contract")
        begins: datetime | None = None
        if remedy.within is not None and one.due_at is not None:
            at = falls_on(one.due_at, one.period)
            span = span_holding(remedy.within, at, contract, self.evaluator.zone)
            begins = span.begins_at if span is not None else None
        key = (one.clause_id, remedy.id, contract.name if contract else "", begins)
        self._breaches[key] = self._breaches.get(key, 0) + 1
        return self._breaches[key] >= remedy.after_breaches

    def _in_a_row(self, one: Obligation) -> int:
        """How many breaches of the clause on the subject end with this one, none kept between.

        Obligations are taken by their due times (those of a group only with their group); void and
        open ones are passed over.
        """
        key = (one.clause_id, one.subject, group_of(one))
        if not self._rows:
            self._rows = rows_of(self.evaluation.obligations)
        return self._rows.get(key, {}).get(one.number, 1)

    # -- money ------------------------------------------------------------------------------

    def _penalty(
        self,
        line: RemedyLine,
        one: Obligation,
        term: Money,
        remedy: Remedy,
        late: timedelta,
        clock: Clock,
        subject: Subject,
    ) -> RemedyLine | None:
        count: Decimal | int
        if term.graduated:
            priced, count = self._graduated(term, one, late, subject), 1
        else:
            chosen = term.price
            if term.bands:
                band = band_for(term, measured(one, late))
                chosen = band.price if band is not None else None
            if chosen is None:
                return None
            priced = price(chosen, subject, self.evaluator.parameters.get)
            count = self._count(term, one, late, clock, subject)
        if term.by_unit:
            count *= units(one, subject)
        if count == 0:
            return None
        exact = priced.times(count)
        amount = None if exact is None else self.rounded(exact)
        words = priced.words if term.graduated else counted_words(priced.words, term, count)
        if amount is not None:
            amount, words = self._bounded(amount, words, remedy, subject)
        return line._replace(
            kind="bonus" if remedy.bonus else "penalty",
            base=priced.base,
            base_name=priced.base_name,
            computation=words,
            amount=amount,
        )

    def _bounded(
        self, amount: Decimal, words: Text, remedy: Remedy, subject: Subject
    ) -> tuple[Decimal, Text]:
        """At least the remedy's least, at most what its caps allow for one breach."""
        if remedy.least is not None:
            least = price(remedy.least, subject, self.evaluator.parameters.get).times()
            if least is not None and amount < least:
                amount = self.rounded(least)
                shown = money_text(amount)
                words = Text(f"{words.zh}，不少于 {shown}", f"{words.en}, at least {shown}")
        for cap in remedy.caps:
            if cap.over is not None or cap.shared is not None:
                continue
            most = price(cap.price, subject, self.evaluator.parameters.get).times()
            if most is not None and amount > most:
                amount = self.rounded(most)
                shown = money_text(amount)
                words = Text(f"{words.zh}，封顶 {shown}", f"{words.en}, capped at {shown}")
        return amount, words

    def _graduated(self, term: Money, one: Obligation, late: timedelta, subject: Subject) -> Priced:
        """Each band prices the part of the way from target (or due time) that lies in it."""
        first, last = way(one, late)
        total, base, name = Decimal(0), None, ""
        parts: list[str] = []
        for band in term.bands:
            low, high = ends(band)
            bottom = first if low is None else max(low, first)
            stretch = (last if high is None else min(high, last)) - bottom
            if stretch <= 0:
                continue
            priced = price(band.price, subject, self.evaluator.parameters.get)
            if priced.amount is None:
                return priced
            count = stretch_steps(term, stretch)
            total += priced.times(count) or Decimal(0)
            base, name = priced.base, priced.base_name
            parts.append(f"{priced.words.en} × {number_text(count)}")
        words = " + ".join(parts) or "0"
        return Priced(total, base, name, Text(words, words))

    def _count(
        self,
        term: Money | Extension,
        one: Obligation,
        late: timedelta,
        clock: Clock,
        subject: Subject,
    ) -> Decimal | int:
        per = term.per
        pro_rata = isinstance(term, Money) and term.pro_rata
        if per in (Per.STARTED, Per.FULL):
            assert term.step is not None
            if one.due_at is None:
                return 0
            length = stretch_seconds(term.step) if pro_rata else None
            if length is not None:
                return seconds(late) / length
            until = one.due_at + one.late_by
            return steps_late(term.step, one.due_at, until, late, clock, started=per is Per.STARTED)
        if per is Per.PERCENT_SHORT:
            return points_short(one, term.short, pro_rata=pro_rata)
        if per is Per.CASE and one.value is not None:
            return one.value.cases
        if per is Per.UNIT:
            return units(one, subject)
        return 1

    def rounded(self, amount: Decimal) -> Decimal:
        """An amount in the plan's places and rounding."""
        return self.evaluator.rounded(amount)

    # -- time and kind ----------------------------------------------------------------------

    def _extension(
        self, line: RemedyLine, one: Obligation, term: Extension, late: timedelta, clock: Clock
    ) -> RemedyLine | None:
        subject = self.evaluation.subject(one.subject)
        count = self._count(term, one, late, clock, subject)
        if count == 0:
            return None
        assert isinstance(count, int)
        grown = Amount(term.amount.number * count, term.amount.unit)
        words, each = amount_words(grown), amount_words(term.amount)
        days = int(grown.number * DAYS[grown.unit]) if grown.unit in DAYS else 0
        months = int(grown.number * MONTHS[grown.unit]) if grown.unit in MONTHS else 0
        return line._replace(
            kind="extension",
            extends=term.of,
            steps=count,
            extension=words.en,
            extends_days=days,
            extends_months=months,
            computation=Text(
                f"{each.zh} × {count} = {words.zh}", f"{each.en} × {count} = {words.en}"
            ),
        )

    def _grant(self, line: RemedyLine, term: Grant) -> RemedyLine:
        title = self.evaluator.wording.word("grants", term.kind)
        return line._replace(kind=term.kind, text=term.text or title, computation=title)
