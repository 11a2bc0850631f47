"""Plan parts put into words, Chinese and English: what `plan show` and explanations are made of."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from yinuo.kernel.plan import words
from yinuo.kernel.plan.anchors import (
    Anchor,
    DateAnchor,
    FactAnchor,
    FirstKnown,
    Outcome,
    OutcomeAnchor,
)
from yinuo.kernel.plan.clauses import Clause, Coverage, Kept, Target
from yinuo.kernel.plan.limits import (
    Agreed,
    Amount,
    ByClock,
    Case,
    Choose,
    Earliest,
    FromAttribute,
    FromParameter,
    Limit,
    Sum,
    Unit,
)
from yinuo.kernel.plan.plan import Plan
from yinuo.kernel.plan.selectors import Between, Condition, OneOf, Test
from yinuo.kernel.plan.text import Text

UNITS: Mapping[Unit, Text] = {
    Unit.SECOND: Text("秒", "second"),
    Unit.MINUTE: Text("分钟", "minute"),
    Unit.HOUR: Text("小时", "hour"),
    Unit.WORKING_MINUTE: Text("工作分钟", "working minute"),
    Unit.WORKING_HOUR: Text("工作小时", "working hour"),
    Unit.WORKING_DAY: Text("个工作日", "working day"),
    Unit.DAY: Text("天", "day"),
    Unit.WEEK: Text("周", "week"),
    Unit.MONTH: Text("个月", "month"),
    Unit.QUARTER: Text("个季度", "quarter"),
    Unit.YEAR: Text("年", "year"),
}
_WEEKDAYS_ZH = "一二三四五六日"
_WEEKDAYS_EN = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def number_text(number: Decimal) -> str:
    """A number without needless zeros.

    >>> number_text(Decimal("4.50"))
    '4.5'
    """
    return f"{number.normalize():f}"


def amount_words(amount: Amount) -> Text:
    """`4 小时`, `4 hours`; a range keeps both ends."""
    unit = UNITS[amount.unit]
    number = number_text(amount.number)
    if amount.lowest is not None:
        number = f"{number_text(amount.lowest)}–{number}"
    plural = "" if amount.number == 1 else "s"
    return Text(f"{number} {unit.zh}", f"{number} {unit.en}{plural}")


def target_words(target: Target) -> str:
    """`≥ 99.9`; both bounds when there are two."""
    signs = (
        ("≥", target.at_least), (">", target.above), ("≤", target.at_most), ("<", target.below),
    )  # fmt: skip
    return " ".join(f"{sign} {number_text(bound)}" for sign, bound in signs if bound is not None)


def clock_words(minute: int) -> str:
    """`18:00` of minute 1080."""
    return f"{minute // 60:02}:{minute % 60:02}"


class Wording:
    """Words of one plan: built-in and declared ones, selectors and their values."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self._declared = {(table, code): text for table, code, text in plan.words}
        self._selectors = {one.name: one for one in plan.selectors}
        self._parameters = {one.name: one for one in plan.parameters}

    def word(self, table: str, code: str) -> Text:
        """The name of a word; unknown ones stand for themselves."""
        built_in: Mapping[str, Text] = getattr(words, _TABLES[table], {})
        found = built_in.get(code) or self._declared.get((table, code))
        return found or Text(code, code)

    def title(self, clause: Clause, number: int) -> Text:
        """The title of a clause's promise; of papers promised one by one also the paper."""
        if not isinstance(clause, Coverage) or clause.kept is not Kept.DOCUMENT:
            return clause.title
        if number >= len(clause.items):
            return clause.title
        paper = self.word("documents", clause.items[number])
        return Text(f"{clause.title.zh}：{paper.zh}", f"{clause.title.en}: {paper.en}")

    # -- conditions -------------------------------------------------------------------------

    def condition(self, condition: Condition) -> Text:
        """`级别：严重故障` / `level: Serious`; empty for a condition that fits everything."""
        parts = [self._test(name, test) for name, test in condition.tests]
        return Text("；".join(one.zh for one in parts), "; ".join(one.en for one in parts))

    def _test(self, name: str, test: Test) -> Text:
        selector = self._selectors.get(name)
        title = selector.title if selector else words.SELECTORS.get(name, Text(name, name))
        if isinstance(test, Between):
            return Text(f"{title.zh} {_between(test, 'zh')}", f"{title.en} {_between(test, 'en')}")
        values = [self._value(name, code) for code in sorted(test.values)]
        zh, en = "、".join(one.zh for one in values), ", ".join(one.en for one in values)
        if isinstance(test, OneOf):
            return Text(f"{title.zh}：{zh}", f"{title.en}: {en}")
        return Text(f"{title.zh}：非{zh}", f"{title.en}: not {en}")

    def _value(self, name: str, code: str) -> Text:
        selector = self._selectors.get(name)
        for choice in selector.values if selector else ():
            if choice.code == code:
                return choice.title
        return {"yes": Text("是", "yes"), "no": Text("否", "no")}.get(code, Text(code, code))

    # -- limits -----------------------------------------------------------------------------

    def limit(self, limit: Limit) -> Text:
        """A limit in words."""
        if isinstance(limit, Amount):
            return amount_words(limit)
        if isinstance(limit, FromParameter):
            return self._parameter(limit)
        if isinstance(limit, FromAttribute):
            return self._attribute(limit)
        if isinstance(limit, Agreed):
            fact = self.word("facts", limit.fact)
            return Text(f"“{fact.zh}”所定时间", f'the time given by "{fact.en}"')
        if isinstance(limit, ByClock):
            return _by_clock(limit)
        if isinstance(limit, Choose):
            return self._joined([self._case(case) for case in limit.cases], "；", "; ")
        parts = [self.limit(part) for part in limit.parts]
        if isinstance(limit, Sum):
            return self._joined(parts, " + ", " + ")
        joined = self._joined(parts, "、", ", ")
        first = isinstance(limit, Earliest)
        zh, en = ("先到者", "the earliest of") if first else ("后到者", "the latest of")
        return Text(f"{joined.zh}中{zh}", f"{en} {joined.en}")

    def _attribute(self, limit: FromAttribute) -> Text:
        selector = self._selectors.get(limit.attribute)
        usual = selector.title if selector else Text(limit.attribute, limit.attribute)
        name = _ATTRIBUTES.get(limit.attribute, usual)
        if limit.factor == 1 and limit.per_started is None and not limit.beyond:
            return name
        each = amount_words(Amount(limit.factor, limit.unit))
        beyond = number_text(limit.beyond) if limit.beyond else ""
        zh, en = name.zh, name.en
        if limit.beyond:
            zh, en = f"{zh}超过 {beyond} 的部分", f"{en} beyond {beyond}"
        if limit.per_started is None:
            return Text(f"{zh}每 1 计 {each.zh}", f"{each.en} for each 1 of {en}")
        step = number_text(limit.per_started)
        return Text(f"{zh}每起 {step} 计 {each.zh}", f"{each.en} for each started {step} of {en}")

    def parameter_title(self, name: str) -> Text:
        """The name of a parameter."""
        found = self._parameters.get(name)
        return found.title if found is not None else Text(name, name)

    def _parameter(self, limit: FromParameter) -> Text:
        parameter = self._parameters[limit.name]
        title = parameter.title
        if parameter.default is None or parameter.unit is None:
            return Text(f"合同约定（{title.zh}）", f"set by the contract ({title.en})")
        amount = amount_words(Amount(parameter.default, parameter.unit))
        return Text(
            f"合同约定（{title.zh}，默认 {amount.zh}）",
            f"set by the contract ({title.en}, default {amount.en})",
        )

    def _case(self, case: Case) -> Text:
        limit = self.limit(case.limit)
        parts = []
        if case.before_minute is not None:
            clock = clock_words(case.before_minute)
            known = Text(f"不晚于 {clock}", f"until {clock}") if case.is_inclusive else None
            parts.append(known or Text(f"{clock} 前", f"before {clock}"))
        if case.when.tests:
            parts.append(self.condition(case.when))
        if not parts:
            return Text(f"其他：{limit.zh}", f"otherwise {limit.en}")
        when = self._joined(parts, "，", ", ")
        return Text(f"{when.zh}，{limit.zh}", f"{when.en}: {limit.en}")

    @staticmethod
    def _joined(parts: list[Text], zh: str, en: str) -> Text:
        return Text(zh.join(one.zh for one in parts), en.join(one.en for one in parts))

    # -- anchors ----------------------------------------------------------------------------

    def anchor(self, anchor: Anchor) -> Text:
        """What starts or ends a promise, in words."""
        if isinstance(anchor, FactAnchor):
            return self._facts(anchor)
        if isinstance(anchor, DateAnchor):
            owner = self.word("subjects", anchor.owner)
            name = _ATTRIBUTES.get(anchor.attribute, Text(anchor.attribute, anchor.attribute))
            plus = amount_words(anchor.plus) if anchor.plus else None
            more = Text(f" + {plus.zh}", f" + {plus.en}") if plus else Text("", "")
            if anchor.owner == "subject":
                return Text(f"{name.zh}{more.zh}", f"{name.en}{more.en}")
            return Text(f"{owner.zh}的{name.zh}{more.zh}", f"{name.en} of the {owner.en}{more.en}")
        if isinstance(anchor, OutcomeAnchor):
            outcome = _OUTCOMES[anchor.outcome]
            name = self._promise_name(anchor.clause)
            return Text(f"“{name.zh}”{outcome.zh}", f'"{name.en}" {outcome.en}')
        parts = [self.anchor(part) for part in anchor.anchors]
        if isinstance(anchor, FirstKnown):
            return self._joined(parts, "，否则", ", else ")
        return self._joined(parts, "且", " and ")

    def _promise_name(self, name: str) -> Text:
        position = self.plan.positions.get(name)
        if position is not None:
            return self.plan.clauses[position].title or Text(name, name)
        return self.word("promises", name.partition("/")[0])

    def _facts(self, anchor: FactAnchor) -> Text:
        named = [self.word("facts", kind) for kind in anchor.kinds]
        joined = self._joined(named, "或", " or ")
        if anchor.attribute is not None:
            return Text(
                f"“{joined.zh}”所定的{anchor.attribute}", f'{anchor.attribute} of "{joined.en}"'
            )
        return joined


_TABLES = {
    "facts": "FACT_KINDS",
    "subjects": "SUBJECT_KINDS",
    "promises": "PROMISES",
    "reasons": "STOP_REASONS",
    "roles": "ROLES",
    "channels": "CHANNELS",
    "bases": "BASES",
    "grants": "GRANTS",
    "covered": "COVERED",
    "owers": "OWERS",
    "evidence": "EVIDENCE",
    "documents": "DOCUMENTS",
}
_OUTCOMES = {
    Outcome.STARTED: Text("开始", "started"),
    Outcome.DUE: Text("到期", "due"),
    Outcome.MET: Text("完成", "met"),
    Outcome.MISSED: Text("逾期", "missed"),
    Outcome.ENDED: Text("结束", "ended"),
}
_ATTRIBUTES = {
    "travel_minutes": Text("路途时间", "travel time"),
    "accepted_on": Text("验收日", "acceptance date"),
    "delivered_on": Text("交付日", "delivery date"),
    "handed_over_on": Text("移交日", "hand-over date"),
    "purchased_on": Text("购买日", "purchase date"),
    "installed_on": Text("安装日", "installation date"),
    "activated_on": Text("激活日", "activation date"),
    "factory_on": Text("出厂日", "factory date"),
    "starts_on": Text("起始日", "start date"),
    "ends_on": Text("终止日", "end date"),
    "expires_on": Text("到期日", "expiry date"),
}


def _between(test: Between, language: str) -> str:
    signs = (("≥", test.at_least), (">", test.above), ("≤", test.up_to), ("<", test.below))
    parts = [f"{sign} {number_text(bound)}" for sign, bound in signs if bound is not None]
    return (" 且 " if language == "zh" else " and ").join(parts)


def _day_of_month(day: int, months: int, clock: str) -> Text:
    which = Text("月底", "the last day") if day == 31 else Text(f"{day} 日", f"day {day}")
    if months == 0:
        return Text(f"当月{which.zh} {clock}", f"{clock} on {which.en} of the month")
    after = Text("次月", "the next month")
    if months > 1:
        after = Text(f"{months} 个月后的", f"the month {months} months later")
    return Text(f"{after.zh}{which.zh} {clock}", f"{clock} on {which.en} of {after.en}")


def _by_clock(limit: ByClock) -> Text:
    clock = clock_words(limit.minute)
    if limit.weekday is not None:
        return Text(
            f"下一个周{_WEEKDAYS_ZH[limit.weekday]} {clock}",
            f"{clock} on the next {_WEEKDAYS_EN[limit.weekday]}",
        )
    if limit.month_day is not None:
        return _day_of_month(limit.month_day, limit.months, clock)
    if limit.working:
        return Text(f"第 {limit.days} 个工作日 {clock}", f"{clock} on working day {limit.days}")
    if limit.days == 0:
        return Text(f"当日 {clock}", f"{clock} the same day")
    return Text(f"{limit.days} 天后 {clock}", f"{clock} {limit.days} day(s) later")
