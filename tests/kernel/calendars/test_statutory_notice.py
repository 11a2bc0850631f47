"""A year of statutory days read from its notice, checked, and put into the table."""

from __future__ import annotations

from datetime import date

import pytest

from yinuo.kernel.calendars import StatutoryYear, YearProblem, with_years, year_problems
from yinuo.planfile.holidays import load_statutory_table
from yinuo.planfile.statutory_notice import UnreadableNotice, read_notice

# The facts of 2026 in the form in which a notice states them.
NOTICE_2026 = """一、元旦：1月1日（周四）至3日（周六）放假调休，共3天。1月4日（周日）上班。
二、春节：2月15日（腊月二十八、周日）至23日（正月初七、周一）放假调休，共9天。2月14日（周六）、2月28日（周六）上班。
三、清明节：4月4日（周六）至6日（周一）放假，共3天。
四、劳动节：5月1日（周五）至5日（周二）放假调休，共5天。5月9日（周六）上班。
五、端午节：6月19日（周五）至21日（周日）放假，共3天。
六、中秋节：9月25日（周五）至27日（周日）放假，共3天。
七、国庆节：10月1日（周四）至7日（周三）放假调休，共7天。9月20日（周日）、10月10日（周六）上班。
"""


@pytest.mark.req("B-03")
def test_a_notice_gives_the_days_that_the_shipped_table_holds() -> None:
    table = load_statutory_table()
    read = read_notice(NOTICE_2026, 2026)
    assert read.off == {day for day in table.holidays if day.year == 2026}
    assert read.worked == {day for day in table.makeup if day.year == 2026}
    assert not year_problems(read)


@pytest.mark.parametrize(
    ("text", "off", "worked"),
    [
        ("2027-05-01 to 2027-05-03 off", ["0501", "0502", "0503"], []),
        ("2027-05-01 - 2027-05-02 off\n2027-05-08 works", ["0501", "0502"], ["0508"]),
        ("1月1日放假1天", ["0101"], []),
        ("5月1日、2日、3日休息；5/8补班", ["0501", "0502", "0503"], ["0508"]),
        ("2027年9月30日至10月2日放假", ["0930", "1001", "1002"], []),
        ("各部门要安排好值班。", [], []),
        ("", [], []),
    ],
)
def test_statements_are_read_in_either_way_of_writing(
    text: str, off: list[str], worked: list[str]
) -> None:
    read = read_notice(text, 2027)
    assert sorted(f"{day:%m%d}" for day in read.off) == off
    assert sorted(f"{day:%m%d}" for day in read.worked) == worked


@pytest.mark.parametrize(
    "text",
    ["2月30日放假", "2月3日", "5日放假", "1月5日至3日放假", "1月1日至6月1日放假", "5月1日放假上班"],
)
def test_a_statement_that_cannot_be_right_is_named(text: str) -> None:
    with pytest.raises(UnreadableNotice) as refused:
        read_notice(f"1月1日放假。{text}。", 2027)
    assert refused.value.statement == text


def test_a_year_names_what_cannot_be_right_day_by_day() -> None:
    off = {date(2027, 1, 1), date(2027, 5, 1), date(2026, 12, 31)}
    worked = {date(2027, 5, 1), date(2027, 5, 5)}
    assert year_problems(StatutoryYear(2027, frozenset(off), frozenset(worked))) == (
        (YearProblem.OTHER_YEAR, date(2026, 12, 31)),
        (YearProblem.OFF_AND_WORKED, date(2027, 5, 1)),
        (YearProblem.WORKED_ON_WEEKDAY, date(2027, 5, 5)),
        (YearProblem.NOT_OFF, date(2027, 10, 1)),
    )


def test_a_year_put_in_replaces_that_year_alone() -> None:
    table = load_statutory_table()
    day, worked = date(2026, 7, 1), date(2026, 7, 4)
    changed = with_years(table, [StatutoryYear(2026, frozenset({day}), frozenset({worked}))])
    assert {one for one in changed.holidays if one.year == 2026} == {day}
    assert {one for one in changed.makeup if one.year == 2026} == {worked}
    assert {one for one in changed.holidays if one.year != 2026} == {
        one for one in table.holidays if one.year != 2026
    }
    assert changed.published_years == table.published_years
