"""Measures put into words: what is computed, in which unit, against which target."""

from __future__ import annotations

from yinuo.kernel.plan.clauses import Figure, Measure, Target
from yinuo.kernel.plan.plan import Plan
from yinuo.kernel.plan.remedywords import period_words
from yinuo.kernel.plan.text import Text
from yinuo.kernel.plan.wording import amount_words, number_text, target_words

FIGURES = {
    Figure.SHARE: Text("占比", "share"),
    Figure.MEAN: Text("平均值", "mean"),
    Figure.COUNT: Text("次数", "count"),
    Figure.SUM: Text("合计", "sum"),
    Figure.LARGEST: Text("最大值", "largest"),
    Figure.SMALLEST: Text("最小值", "smallest"),
    Figure.PERCENTILE: Text("分位值", "percentile"),
    Figure.AVAILABILITY: Text("可用率", "availability"),
    Figure.DOWNTIME: Text("停用时间", "downtime"),
    Figure.REPEATS: Text("重复次数", "repeats"),
    Figure.POINTS: Text("得分", "points"),
    Figure.MTBF: Text("平均无故障时间", "time between failures"),
    Figure.RATIO: Text("比值", "ratio"),
    Figure.GROWTH: Text("用量", "growth"),
}
_UNITS = {
    "minutes": Text("分钟", "minutes"),
    "hours": Text("小时", "hours"),
    "days": Text("天", "days"),
    "times": Text("次", "times"),
    "points": Text("分", "points"),
}
_SIGNS = {"at_least": "≥", "above": ">", "at_most": "≤", "below": "<"}


def unit_words(unit: str) -> Text:
    """A unit of figures in both languages; one of the plan's own as it is."""
    return _UNITS.get(unit, Text(unit, unit))


def figure_words(clause: Measure) -> Text:
    """What is computed: `availability`; a percentile says which."""
    named = FIGURES[clause.figure]
    if clause.percentile is None:
        return named
    which = number_text(clause.percentile)
    return Text(f"第 {which} 百分{named.zh}", f"{named.en} {which}")


def measure_words(clause: Measure, plan: Plan) -> Text:
    """A measure in one line: period, figure, target, and what it leaves out."""
    period, figure, unit = (
        period_words(clause.period),
        figure_words(clause),
        unit_words(clause.unit),
    )
    target = _target(clause, plan)
    zh, en = f"{figure.zh} {target.zh}", f"{figure.en} {target.en}"
    if clause.unit:
        zh, en = f"{zh} {unit.zh}", f"{en} {unit.en}"
    if clause.scale != 1:
        scale = number_text(clause.scale)
        zh, en = f"每 {scale} 的{zh}", f"{en}, per {scale}"
    if clause.group_by:
        names = ", ".join(clause.group_by)
        zh, en = f"{zh}（按 {names} 分别统计）", f"{en}, for each {names}"
    if clause.shortest is not None:
        length = amount_words(clause.shortest)
        zh, en = f"{zh}，短于 {length.zh} 的不计", f"{en}, shorter than {length.en} not counted"
    if clause.each_started is not None:
        length = amount_words(clause.each_started)
        zh, en = (
            f"{zh}，每次不足 {length.zh} 按 {length.zh} 计",
            f"{en}, each in started {length.en}",
        )
    return Text(f"{period.zh}：{zh}", f"{period.en}: {en}")


def _target(clause: Measure, plan: Plan) -> Text:
    fixed = target_words(clause.target)
    parts = [Text(fixed, fixed)] if clause.target != Target() else []
    parameters = {one.name: one for one in plan.parameters}
    for key, name in clause.bounds:
        title, sign = parameters[name].title, _SIGNS[key]
        usual = parameters[name].default
        default = "" if usual is None else number_text(usual)
        zh = f"，默认 {default}" if default else ""
        en = f", default {default}" if default else ""
        parts.append(
            Text(
                f"{sign} 合同约定（{title.zh}{zh}）", f"{sign} set by the contract ({title.en}{en})"
            )
        )
    return Text(" ".join(one.zh for one in parts), " ".join(one.en for one in parts))
