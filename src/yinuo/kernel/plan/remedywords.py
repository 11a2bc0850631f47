"""Remedies put into words, Chinese and English."""

from __future__ import annotations

from decimal import Decimal

from yinuo.kernel.plan.limits import Amount
from yinuo.kernel.plan.periods import Period, PeriodKind
from yinuo.kernel.plan.remedies import Band, Extension, Grant, Money, Per, Price, Remedy
from yinuo.kernel.plan.text import EMPTY, Text
from yinuo.kernel.plan.wording import Wording, amount_words, number_text

PERIODS = {
    PeriodKind.DAY: Text("日", "day"),
    PeriodKind.WEEK: Text("周", "week"),
    PeriodKind.MONTH: Text("月", "month"),
    PeriodKind.QUARTER: Text("季度", "quarter"),
    PeriodKind.HALF_YEAR: Text("半年", "half year"),
    PeriodKind.YEAR: Text("年", "year"),
    PeriodKind.CONTRACT_MONTH: Text("合同月", "contract month"),
    PeriodKind.CONTRACT_QUARTER: Text("合同季度", "contract quarter"),
    PeriodKind.CONTRACT_HALF_YEAR: Text("合同半年", "contract half year"),
    PeriodKind.CONTRACT_YEAR: Text("合同年", "contract year"),
    PeriodKind.CONTRACT: Text("合同期", "contract"),
}
_SHORT_UNITS = {
    "%": Text("个百分点", "percentage point"),
    "points": Text("分", "point"),
    "times": Text("次", "time"),
    "hours": Text("小时", "hour"),
    "minutes": Text("分钟", "minute"),
    "days": Text("天", "day"),
}
_PER = {
    Per.CASE: Text("每例", "for each case"),
    Per.UNIT: Text("每台", "for each unit"),
}


def period_words(period: Period) -> Text:
    """`季度`, `quarter`; a rolling window and seasons say which."""
    if period.kind is PeriodKind.ROLLING and period.length is not None:
        length = amount_words(period.length)
        return Text(f"任意连续 {length.zh}", f"any {length.en}")
    if period.kind is PeriodKind.SEASON:
        names = [season.title or Text(season.code, season.code) for season in period.seasons]
        return Text("、".join(one.zh for one in names), " and ".join(one.en for one in names))
    return PERIODS[period.kind]


class RemedyWording:
    """Words for the remedies of one plan."""

    def __init__(self, words: Wording) -> None:
        self._words = words
        self._currency = words.plan.currency
        self._unit = ""

    def remedies(self, remedies: tuple[Remedy, ...], *, by_lateness: bool, unit: str = "") -> Text:
        """All remedies of a clause in one line; bands are of lateness or of a value in ``unit``."""
        self._unit = unit
        parts = [self.remedy(one, by_lateness=by_lateness) for one in remedies]
        return Text("；".join(one.zh for one in parts), "; ".join(one.en for one in parts))

    def remedy(self, remedy: Remedy, *, by_lateness: bool) -> Text:
        """One remedy: what it is, and what bounds it."""
        term = remedy.term
        if isinstance(term, Money):
            words = self._money(term, by_lateness)
            if remedy.bonus:
                words = Text(f"奖励 {words.zh}", f"bonus {words.en}")
        elif isinstance(term, Extension):
            words = _extension(term, self._unit)
        else:
            words = self._grant(term)
        return _joined([words, *self._bounds(remedy)], "，", ", ")

    def _bounds(self, remedy: Remedy) -> list[Text]:
        found: list[Text] = []
        if remedy.when.tests:
            when = self._words.condition(remedy.when)
            found.append(Text(f"当 {when.zh}", f"when {when.en}"))
        if remedy.unless is not None:
            unless = self._words.condition(remedy.unless)
            found.append(Text(f"除非 {unless.zh}", f"unless {unless.en}"))
        if remedy.grace is not None:
            grace = amount_words(remedy.grace)
            found.append(Text(f"宽限 {grace.zh}", f"grace {grace.en}"))
        if remedy.after_breaches > 1:
            count = remedy.after_breaches
            found.append(Text(f"自第 {count} 次起", f"from breach {count}"))
        if remedy.in_a_row > 1:
            count = remedy.in_a_row
            found.append(Text(f"连续 {count} 次时", f"after {count} in a row"))
        if remedy.least is not None:
            least = self._price(remedy.least)
            found.append(Text(f"不少于 {least.zh}", f"at least {least.en}"))
        for cap in remedy.caps:
            price = self._price(cap.price)
            over = EMPTY if cap.over is None else period_words(cap.over)
            more = Text(f"（{over.zh}累计）", f" ({over.en})") if over else EMPTY
            found.append(Text(f"上限 {price.zh}{more.zh}", f"at most {price.en}{more.en}"))
        return found

    def _money(self, term: Money, by_lateness: bool) -> Text:
        if term.bands:
            bands = [self._band(band, by_lateness) for band in term.bands]
            words = _joined(bands, "、", ", ")
        else:
            assert term.price is not None
            words = self._price(term.price)
        words = _with_step(words, term.per, term.step, term.short, self._unit)
        if term.pro_rata:
            words = Text(f"{words.zh}（按比例）", f"{words.en}, in proportion")
        if not term.by_unit:
            return words
        return Text(f"每台 {words.zh}", f"{words.en}, for each unit")

    def _band(self, band: Band, by_lateness: bool) -> Text:
        price = self._price(band.price)
        signs = (
            (">", band.above),
            ("≥", band.at_least),
            ("≤", band.up_to),
            ("<", band.below),
        )
        show = _length if by_lateness else number_text
        bounds = " ".join(f"{sign} {show(bound)}" for sign, bound in signs if bound is not None)
        return Text(f"{bounds}：{price.zh}", f"{bounds}: {price.en}")

    def _price(self, price: Price) -> Text:
        if price.amount is not None:
            shown = f"{number_text(price.amount)} {self._currency}"
            return Text(shown, shown)
        if price.parameter is not None:
            title = self._words.parameter_title(price.parameter)
            return Text(f"合同约定的{title.zh}", f"the contract's {title.en}")
        assert price.percent is not None
        assert price.base is not None
        base = self._words.word("bases", price.base.attribute)
        if price.over != 1:
            part = f"{number_text(price.percent / 100)}/{number_text(price.over)}"
            return Text(f"{base.zh}的 {part}", f"{part} of the {base.en}")
        percent = number_text(price.percent)
        return Text(f"{base.zh}的 {percent} %", f"{percent} % of the {base.en}")

    def _grant(self, term: Grant) -> Text:
        return term.text or self._words.word("grants", term.kind)


def _length(seconds: Decimal) -> str:
    """`4 h`, `1 d`: a bound of lateness in its largest whole unit."""
    for unit, name in ((86_400, "d"), (3600, "h"), (60, "min")):
        if seconds >= unit and seconds % unit == 0:
            return f"{number_text(seconds / unit)} {name}"
    return f"{number_text(seconds)} s"


def _extension(term: Extension, unit: str) -> Text:
    amount = amount_words(term.amount)
    of = {"contract": "合同", "warranty": "保修", "support": "支持"}.get(term.of, term.of)
    words = Text(f"{of}期延长 {amount.zh}", f"{term.of} extended by {amount.en}")
    return _with_step(words, term.per, term.step, term.short, unit)


def _with_step(
    words: Text, per: Per, step: Amount | None, short: Decimal = Decimal(1), unit: str = ""
) -> Text:
    if step is not None:
        length = amount_words(step)
        if per is Per.STARTED:
            return Text(
                f"每起算 {length.zh} {words.zh}", f"{words.en} for each started {length.en}"
            )
        return Text(f"每满 {length.zh} {words.zh}", f"{words.en} for each full {length.en}")
    if per is Per.PERCENT_SHORT:
        shown, named_unit = number_text(short), _SHORT_UNITS.get(unit, Text(unit, unit))
        zh, en = f"{shown} {named_unit.zh}".strip(), f"{shown} {named_unit.en}".strip()
        return Text(f"每差 {zh} {words.zh}", f"{words.en} for each {en} off")
    named = _PER.get(per)
    return words if named is None else Text(f"{named.zh} {words.zh}", f"{words.en} {named.en}")


def _joined(parts: list[Text], zh: str, en: str) -> Text:
    return Text(zh.join(one.zh for one in parts), en.join(one.en for one in parts))
