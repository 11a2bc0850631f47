"""Why an obligation is due when it is due, in words a customer can read. Made when asked for."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from yinuo.kernel.evaluation.results import Obligation, Pause, Span, State
from yinuo.kernel.facts import Fact
from yinuo.kernel.plan.clauses import Clause, Deadline, Recurring
from yinuo.kernel.plan.figurewords import unit_words
from yinuo.kernel.plan.text import EMPTY, Text
from yinuo.kernel.plan.wording import Wording, number_text

if TYPE_CHECKING:
    from yinuo.kernel.evaluation.evaluation import Evaluation

_MOST_WINDOWS = 12
STATES = {
    State.RUNNING: Text("进行中", "running"),
    State.PAUSED: Text("暂停", "paused"),
    State.MET: Text("已兑现", "met"),
    State.MISSED: Text("逾期", "missed"),
    State.VOID: Text("作废", "void"),
}
_NOT_REACHED = Text("未达标", "missed")
_PARTS = {
    "total": Text("统计时间", "Time measured"),
    "down": Text("停用", "time down"),
    "planned": Text("计划窗口", "planned windows"),
    "up": Text("运行", "Time up"),
    "stops": Text("停机", "stops"),
}
NOTES = {
    "excused": Text("免责：原因属于条款所列情形。", "Excused: the clause excepts its cause."),
    "unconfirmed": Text(
        "考核数据待确认，结果尚未最终确定。",
        "The figure is not confirmed yet, so the outcome is not final.",
    ),
    "no cases": Text("本期没有可统计的事例。", "There was no case to measure."),
    "beyond_horizon": Text(
        "日历在可计算的年份内不再开放，到期时间无法确定。",
        "The calendar does not open within the years it can answer; no due time.",
    ),
}
_WHY = {
    "": Text("", ""),
    "no_proof": Text("没有证明", "no proof"),
    "not_acknowledged": Text("客户未认可", "not acknowledged by the customer"),
    "objected": Text("客户反对", "the customer objected"),
    "budget_spent": Text("额度已用完", "the budget is spent"),
    "budget_reached": Text("计至额度为止", "counted up to the budget"),
    "reason_not_allowed": Text("条款不允许此原因", "the clause does not allow this reason"),
}


def explain(evaluation: Evaluation, obligation: Obligation) -> tuple[Text, ...]:
    """The explanation, one sentence a line: clause, facts, limit, windows, pauses, outcome."""
    return _Explanation(evaluation, obligation).lines()


class _Explanation:
    def __init__(self, evaluation: Evaluation, obligation: Obligation) -> None:
        self.evaluation = evaluation
        self.evaluator = evaluation.evaluator
        self.one = obligation
        self.clause: Clause = self.evaluator.plan.clause(obligation.clause_id)
        self.words: Wording = self.evaluator.wording
        runner = self.evaluator.runners.get(obligation.clause_id)
        self.calendar = None
        zone = self.evaluator.zone
        if runner is not None:
            clock = runner.timing(evaluation.world.subject(obligation.subject)).clock
            self.calendar, zone = clock.calendar, clock.zone
        self.zone: ZoneInfo = zone

    def lines(self) -> tuple[Text, ...]:
        found = [self._clause_line()]
        if isinstance(self.clause, Deadline):
            found += self._deadline_lines(self.clause)
        elif self.one.period is not None:
            found.append(self._period_line(self.one.period))
        if self.one.note:
            found.append(NOTES.get(self.one.note, Text(self.one.note, self.one.note)))
        if self.one.value is not None:
            found.append(self._value_line())
            found += self._parts_lines()
        if isinstance(self.clause, Recurring):
            found += self._duty_lines()
        elif self.one.missing:
            listed = ", ".join(self.one.missing)
            found.append(Text(f"缺少：{listed}", f"Missing: {listed}"))
        found.append(self._state_line())
        return tuple(found)

    def _clause_line(self) -> Text:
        clause = self.clause
        number = f" {clause.number}" if clause.number else ""
        text = clause.text or clause.title or self.words.word("promises", clause.promise)
        return Text(
            f"条款{number}（{clause.id}）：{text.zh}", f"Clause{number} ({clause.id}): {text.en}"
        )

    def _deadline_lines(self, clause: Deadline) -> list[Text]:
        one = self.one
        found: list[Text] = []
        if one.started_at is not None:
            found.append(self._start_line(clause))
        if clause.limit is not None:
            limit = self.words.limit(clause.limit)
            before = Text("提前 ", " before it") if clause.backward else Text("", "")
            calendar = clause.calendar or "always"
            counted = Text("每一分钟都计", "every minute counts")
            if self.calendar is not None:
                counted = Text(f"按日历“{calendar}”计时", f'counted in the calendar "{calendar}"')
            found.append(
                Text(
                    f"时限：{before.zh}{limit.zh}；{counted.zh}。",
                    f"Limit: {limit.en}{before.en}; {counted.en}.",
                )
            )
        found += self._attribute_lines(clause)
        if one.changed_at is not None:
            at = self.at(one.changed_at)
            found.append(
                Text(
                    f"{at} 级别或条件变化后适用本条款，已计时间保留。",
                    f"This clause applies since the change at {at}; time already counted is kept.",
                )
            )
        found += [self._pause_line(pause) for pause in one.pauses]
        found += self._window_lines()
        if one.due_at is not None:
            found.append(self._due_line())
        else:
            found.append(Text("到期时间尚不能确定。", "The due time is not known yet."))
        return found

    def _start_line(self, clause: Deadline) -> Text:
        one = self.one
        assert one.started_at is not None
        name = self.words.anchor(clause.start)
        begun = one.started_at
        if clause.backward:
            subject = self.evaluation.world.subject(one.subject)
            found = self.evaluator.runners[clause.id].start(subject, {}, None)
            begun = found[0] if found is not None else begun
        late_word = self._heard(one.start_fact)
        since = EMPTY
        fact = one.start_fact
        if clause.intake is not None and fact is not None and fact.occurred_at < begun:
            counted = self.at(begun)
            since = Text(f"；自 {counted} 受理时间起计", f"; counted from {counted}, intake hours")
            begun = fact.occurred_at
        at = self.at(begun)
        return Text(
            f"起点：{name.zh}，{at}{late_word.zh}{since.zh}。",
            f"Start: {name.en}, {at}{late_word.en}{since.en}.",
        )

    def _attribute_lines(self, clause: Deadline) -> list[Text]:
        from yinuo.kernel.plan.limits import FromAttribute, FromParameter, every_part

        found = []
        subject = self.evaluation.world.subject(self.one.subject)
        for part in every_part(clause.limit) if clause.limit is not None else ():
            if isinstance(part, FromAttribute):
                name = part.attribute
            elif isinstance(part, FromParameter):
                name = part.name
            else:
                continue
            value = subject.lookup(name)
            if value is not None:
                title = self.words.limit(part)
                found.append(Text(f"采用：{title.zh} = {value}", f"Used: {title.en} = {value}"))
        return found

    def _pause_line(self, pause: Pause) -> Text:
        reason = self.words.word("reasons", pause.reason)
        began = self.at(pause.began_at)
        ended = self.at(pause.ended_at) if pause.ended_at else "…"
        why = _WHY.get(pause.why, Text(pause.why, pause.why))
        counted = (
            Text("停表", "the clock stood still")
            if pause.counted
            else Text("不停表", "not counted")
        )
        more = Text(f"({why.zh})", f" ({why.en})") if why else Text("", "")
        return Text(
            f"暂停：{reason.zh}，{began} 至 {ended}，{counted.zh}{more.zh}。",
            f"Pause: {reason.en}, {began} to {ended}, {counted.en}{more.en}.",
        )

    def _window_lines(self) -> list[Text]:
        one = self.one
        if self.calendar is None or one.started_at is None or one.due_at is None:
            return []
        if one.due_at <= one.started_at or one.due_at - one.started_at > timedelta(days=62):
            return []
        stops = [(p.began_at, p.ended_at or self.evaluation.as_of) for p in one.pauses if p.counted]
        windows = list(self.calendar.windows(one.started_at, one.due_at, stops))
        shown = [f"{self.at(a)}–{self.at(b)}" for a, b in windows[:_MOST_WINDOWS]]
        rest = len(windows) - len(shown)
        zh, en = "、".join(shown), ", ".join(shown)
        if rest:
            zh, en = f"{zh} 等共 {len(windows)} 段", f"{en} and {rest} more"
        return [Text(f"计时窗口：{zh}。", f"Windows counted: {en}.")] if shown else []

    def _due_line(self) -> Text:
        assert self.one.due_at is not None
        at = self._by(self.one.due_at)
        if self.one.provisional:
            return Text(
                f"到期：{at}（该年节假日未公布，暂定）。",
                f"Due: {at} (provisional: the holidays of that year are not published).",
            )
        return Text(f"到期：{at}。", f"Due: {at}.")

    def _period_line(self, period: Span) -> Text:
        if period.name == "gap":
            return self._gap_line(period)
        name = f" {period.name}" if period.name else ""
        begins, ends = self.at(period.begins_at), self.at(period.ends_at)
        return Text(
            f"期间{name}：{begins} 起，至 {ends} 前。",
            f"Period{name}: from {begins} to before {ends}.",
        )

    def _gap_line(self, period: Span) -> Text:
        begins, ends = self.at(period.begins_at), self.at(period.ends_at)
        return Text(
            f"间隔：自 {begins} 起，最迟至 {ends}。",
            f"Gap: since {begins}, until {ends} at the latest.",
        )

    def _duty_lines(self) -> list[Text]:
        """When a duty that comes again is due, and how much of it is done."""
        one = self.one
        found = []
        if one.due_at is not None and (one.period is None or one.period.name != "gap"):
            found.append(self._due_line())
        for done, _, wanted in (text.partition("/") for text in one.missing):
            found.append(
                Text(f"已完成 {done} 次，应完成 {wanted} 次。", f"Done {done} of {wanted} times.")
            )
        return found

    def _value_line(self) -> Text:
        value = self.one.value
        assert value is not None
        unit = unit_words(value.unit)
        zh, en = f" {unit.zh}" if unit else "", f" {unit.en}" if unit else ""
        figure = number_text(value.figure)
        cases = "1 case" if value.cases == 1 else f"{value.cases} cases"
        return Text(
            f"实测 {figure}{zh}，要求 {value.target}{zh}，共 {value.cases} 例。",
            f"Measured {figure}{en}, target {value.target}{en}, {cases}.",
        )

    def _parts_lines(self) -> list[Text]:
        """What a figure was made of: times counted, numbers divided, and the stretches down."""
        value = self.one.value
        if value is None or not value.parts:
            return []
        parts = dict(value.parts)
        if "part" in parts:
            whole = f"{number_text(parts['part'])} / {number_text(parts['total'])}"
            return [Text(f"计算：{whole}。", f"Computed from {whole}.")]
        hours = self.clause.calendar is not None
        named = [
            (_PARTS[name], _part_words(name, one, in_hours=hours)) for name, one in value.parts
        ]
        found = [
            Text(
                "，".join(f"{title.zh} {shown.zh}" for title, shown in named) + "。",
                ", ".join(f"{title.en} {shown.en}" for title, shown in named) + ".",
            )
        ]
        shown = [f"{self.at(one.begins_at)}–{self.at(one.ends_at)}" for one in value.stretches]
        if shown:
            more = value.cases - len(shown)
            zh, en = "、".join(shown), ", ".join(shown)
            if more > 0:
                zh, en = f"{zh} 等共 {value.cases} 段", f"{en} and {more} more"
            found.append(Text(f"停用时段：{zh}。", f"Down: {en}."))
        return found

    def _state_line(self) -> Text:
        one = self.one
        state = STATES[one.state]
        if one.value is not None and one.state is State.MISSED:
            state = _NOT_REACHED
        zh, en = f"状态：{state.zh}", f"State: {state.en}"
        if one.ended_at is not None and one.end_fact is not None:
            name = self._fact_name(one.end_fact)
            at = self.at(one.ended_at)
            heard = self._heard(one.end_fact)
            zh = f"{zh}；{name.zh}，{at}{heard.zh}"
            en = f"{en}; {name.en} at {at}{heard.en}"
        if one.late_by > timedelta(0):
            late = duration_words(one.late_by)
            zh, en = f"{zh}；迟 {late.zh}", f"{en}; late by {late.en}"
        return Text(zh + "。", en + ".")

    def _heard(self, fact: Fact | None) -> Text:
        if fact is None or fact.received_at <= fact.occurred_at:
            return Text("", "")
        heard = self.at(fact.received_at)
        return Text(f"（{heard} 收到）", f" (heard of at {heard})")

    def _fact_name(self, fact: Fact) -> Text:
        return self.words.word("facts", fact.kind)

    def _by(self, instant: datetime) -> str:
        """A due instant; midnight is also said as the end of the day before."""
        local = instant.astimezone(self.zone)
        if local.time() != time():
            return self.at(instant)
        before = (local - timedelta(microseconds=1)).strftime("%Y-%m-%d")
        return f"{before} 24:00 ({self.at(instant)})"

    def at(self, instant: datetime) -> str:
        """An instant on the clock of the clause's zone."""
        local = instant.astimezone(self.zone)
        seconds = "%Y-%m-%d %H:%M:%S" if local.second or local.microsecond else "%Y-%m-%d %H:%M"
        return local.strftime(seconds)


def _part_words(name: str, number: Decimal, *, in_hours: bool) -> Text:
    """A part of a figure; time counted in a calendar is said in hours, as its days are shorter."""
    if name == "stops":
        return Text(f"{number} 次", f"{number}")
    if not in_hours:
        return duration_words(timedelta(microseconds=int(number * 1_000_000)))
    hours, rest = divmod(int(number), 3600)
    minutes = rest // 60
    zh, en = (f" {minutes} 分钟", f" {minutes} min") if minutes else ("", "")
    return Text(f"{hours} 小时{zh}", f"{hours} h{en}")


def duration_words(span: timedelta) -> Text:
    """`1 天 16 小时 30 分钟`; seconds only when there are any.

    >>> duration_words(timedelta(days=1, hours=16, minutes=30)).en
    '1 d 16 h 30 min'
    """
    seconds = int(span.total_seconds())
    parts = [
        (seconds // 86_400, "天", "d"),
        (seconds // 3600 % 24, "小时", "h"),
        (seconds // 60 % 60, "分钟", "min"),
        (seconds % 60, "秒", "s"),
    ]
    shown = [(n, zh, en) for n, zh, en in parts if n] or [(0, "分钟", "min")]
    return Text(
        " ".join(f"{n} {zh}" for n, zh, _ in shown), " ".join(f"{n} {en}" for n, _, en in shown)
    )
