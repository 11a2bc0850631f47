"""A measured figure says what it was made of, and a duty when it is due, in words of the trade."""

from __future__ import annotations

from tests.kernel.written import evaluated, evaluator, fact

from yinuo.kernel.evaluation import explain
from yinuo.kernel.plan.showing import clause_rows

CONTRACT = fact(
    "contract:1", "signed", "2026-01-01 00:00", starts_on="2026-04-01", ends_on="2026-05-01",
    units=250,
)  # fmt: skip


def explained(clause: str, facts: list, as_of: str = "2026-05-01 00:00"):
    evaluation = evaluated(clause, [CONTRACT, *facts], as_of)
    found = explain(evaluation, evaluation.obligations[0])
    return [line.zh for line in found], [line.en for line in found]


OUTAGES = [
    fact("outage:1", "outage_began", "2026-04-10 09:00"),
    fact("outage:1", "outage_ended", "2026-04-10 14:30"),
]


def test_an_availability_names_its_time_and_its_outages():
    clause = (
        "  - {id: a, kind: measure, promise: availability, figure: availability, facts: outage_began,"
        " until: outage_ended, period: month, target: {at_least: 99.9 %}}\n"
    )
    zh, en = explained(clause, OUTAGES)
    assert "实测 99.236111 %，要求 ≥ 99.9 %，共 1 例。" in zh
    assert "统计时间 30 天，停用 5 小时 30 分钟。" in zh
    assert "停用时段：2026-04-10 09:00–2026-04-10 14:30。" in zh
    assert zh[-1] == "状态：未达标。"
    assert "Measured 99.236111 %, target ≥ 99.9 %, 1 case." in en
    assert "Time measured 30 d, time down 5 h 30 min." in en


def test_time_in_a_calendar_is_said_in_hours():
    clause = (
        "  - {id: a, kind: measure, promise: availability, figure: availability, facts: outage_began,"
        " until: outage_ended, period: month, calendar: office, target: {at_least: 99.9 %}}\n"
    )
    zh, _ = explained(clause, OUTAGES)
    # 21 working days of 8 hours in April 2026; 09:00–12:00 and 13:30–14:30 were down
    assert "统计时间 168 小时，停用 4 小时。" in zh


def test_a_ratio_shows_what_was_divided():
    clause = (
        "  - {id: a, kind: measure, promise: fault_count, figure: ratio, facts: reported,"
        " out_of: {attribute: units, of: contract}, scale: 100, period: month, target: {at_most: 3}}\n"
    )
    zh, en = explained(clause, [fact("request:1", "reported", "2026-04-05 00:00")])
    assert "计算：1 / 250。" in zh
    assert "Computed from 1 / 250." in en


def test_a_duty_says_when_it_is_due_and_how_much_is_done():
    clause = (
        "  - {id: a, kind: recurring, promise: visit, done: visited, period: month, times: 2}\n"
    )
    zh, en = explained(clause, [fact("visit:1", "visited", "2026-04-05 00:00")], "2026-04-20 00:00")
    assert "到期：2026-04-30 24:00 (2026-05-01 00:00)。" in zh
    assert "已完成 1 次，应完成 2 次。" in zh
    assert "Done 1 of 2 times." in en


def test_the_table_of_clauses_speaks_both_languages():
    clauses = (
        "  - {id: a, kind: measure, promise: availability, figure: availability, facts: outage_began,"
        " until: outage_ended, period: month, shortest: 5 minutes, target: {at_least: 99.9 %},"
        " remedies: [{penalty: {amount: 100, per: unit_short}}]}\n"
        "  - {id: b, kind: recurring, promise: report, done: report_delivered, period: month,"
        " due_after_end: 5 days}\n"
        "  - {id: c, promise: on_site, applies_to: {level: serious, region: local}, start: reported,"
        " end: arrived, limit: {sum: [1 hour, {attribute: distance_km, each: 30 minutes,"
        " per_started: 50}]}}\n"
    )
    a, b, c = clause_rows(evaluator(clauses).plan)
    assert a["limit"].zh == "月：可用率 ≥ 99.9 %，短于 5 分钟 的不计"
    assert a["limit"].en == "month: availability ≥ 99.9 %, shorter than 5 minutes not counted"
    assert a["remedies"].zh == "每差 1 个百分点 100 CNY"
    assert a["remedies"].en == "100 CNY for each 1 percentage point off"
    assert b["limit"].zh == "每月 1 次，期末后 5 天内"
    assert c["applies_to"].zh == "级别：serious；区域：local"
    assert c["limit"].zh == "1 小时 + 距离(公里)每起 50 计 30 分钟"
