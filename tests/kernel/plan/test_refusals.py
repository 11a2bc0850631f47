"""A plan that cannot be kept, measured or understood is refused with its place and the reason."""

import time

import pytest
from tests.kernel.written import CLAUSE_LINE, HEAD, codes

from yinuo.planfile import check_text

SIMPLE = "  - {id: a, promise: respond, start: reported, end: responded, limit: 30 minutes}\n"


def deadline(extra: str) -> str:
    return f"  - {{id: a, promise: respond, start: reported, end: responded, {extra}}}\n"


@pytest.mark.parametrize(
    ("clauses", "code"),
    [
        (deadline("limit: 0 minutes"), "zero_limit"),
        (deadline("limit: 4 parsecs"), "unknown_unit"),
        (deadline("limit: 4"), "no_unit"),
        (deadline("limit: soon"), "bad_amount"),
        (deadline("limit: 1.5 months"), "bad_amount"),
        (deadline("limit: 24-4 hours"), "bad_range"),
        (deadline("limit: 900 years"), "too_long"),
        (deadline("limit: 3 working days"), "no_calendar"),
        (deadline("limit: {at: '12:00', day: 1, working: yes}"), "no_calendar"),
        (deadline("limit: {parameter: hours}"), "unknown_name"),
        (deadline("limit: {summ: [1 hour, 2 hours]}"), "unknown_key"),
        (deadline("limit: {at: '25:00'}"), "bad_time"),
        (deadline("limit: 1 hour, applies_to: {level: terrible}"), "unknown_value"),
        (deadline("limit: 1 hour, applies_to: {colour: red}"), "unknown_selector"),
        (deadline("limit: 1 hour, applies_to: {level: {above: 3}}"), "bad_condition"),
        (deadline("limit: 1 hour, calendar: offce"), "unknown_name"),
        (deadline("limit: 1 hour, escalation: nightly"), "unknown_name"),
        (deadline("limit: 1 hour, stops: [boredom]"), "unknown_word"),
        (deadline("limit: 1 hour, subject: reqest"), "unknown_word"),
        (deadline("limt: 1 hour"), "unknown_key"),
        ("  - {id: a, promise: respond, start: repoted, end: responded, limit: 1 hour}\n", "unknown_word"),
        ("  - {id: a, promise: respond, end: responded, limit: 1 hour}\n", "missing_key"),
        ("  - {id: a, kind: deadlne, promise: respond}\n", "unknown_word"),
        ("  - {id: a b, promise: respond, start: reported, end: closed, limit: 1 hour}\n", "bad_value"),
        (deadline("limit: 1 hour, remedies: [{penalty: {percent: 1 %}}]"), "no_base"),
        (deadline("limit: 1 hour, remedies: [{penalty: {percent: 1 %, of: contract.wealth}}]"), "unknown_word"),
        (deadline("limit: 1 hour, remedies: [{penalty: {percent: 1 %, of: contract.total}, cap: {percent: 120 %, of: contract.total}}]"), "cap_above_base"),
        (deadline("limit: 1 hour, remedies: [{penalty: {amount: 100}, cap: {amount: 50}}]"), "cap_below_step"),
        (deadline("limit: 1 hour, remedies: [{grant: voucher, cap: {amount: 50}}]"), "bad_cap"),
        (deadline("limit: 1 hour, remedies: [{penalty: {amount: -5}}]"), "bad_value"),
        (deadline("limit: 1 hour, remedies: [{penalty: {amount: 5, percent: 1 %, of: total}}]"), "one_of"),
        ("  - {id: m, kind: measure, figure: share, period: month, target: {at_least: 95 %}}\n", "unmeasurable"),
        ("  - {id: m, kind: measure, figure: share, of: nothing, period: month, target: {at_least: 95 %}}\n", "unknown_name"),
        ("  - {id: m, kind: measure, figure: count, facts: stopped, period: fortnight, target: {at_most: 2}}\n", "unknown_word"),
        ("  - {id: r, kind: recurring, done: visited}\n", "missing_key"),
        ("  - {id: w, kind: warranty, covers: parts, start: {date: sold_on}, term: 2 working days}\n", "no_calendar"),
        ("  - {id: w, kind: warranty, covers: parts, start: {date: sold_on}, term: 0 years}\n", "zero_limit"),
    ],
)  # fmt: skip
def test_nonsense_is_refused_where_it_stands(clauses, code):
    found = codes(clauses)
    assert [one[0] for one in found] == [code]
    assert found[0][1] == CLAUSE_LINE


def test_column_points_at_the_wrong_word():
    line = deadline("limit: 30 minuts")
    [(code, _, column)] = codes(line)
    assert code == "unknown_unit"
    assert line[column - 1 :].startswith("30 minuts")


@pytest.mark.parametrize(
    ("clauses", "hint"),
    [
        (deadline("limit: 1 huor"), 'did you mean "hour"'),
        (deadline("limt: 1 hour"), 'did you mean "limit"'),
        (deadline("limit: 1 hour, applies_to: {levl: serious}"), 'did you mean "level"'),
        (deadline("limit: 1 hour, applies_to: {level: serios}"), 'did you mean "serious"'),
        (deadline("limit: 1 hour, calendar: ofice"), 'did you mean "office"'),
    ],
)
def test_the_nearest_word_is_offered(clauses, hint):
    assert any(hint in one.message for one in check_text(HEAD + clauses).errors)


def test_every_mistake_of_a_file_is_found_at_once():
    text = deadline("limit: 0 hours, calendar: nowhere") + SIMPLE.replace("id: a", "id: b").replace(
        "30", "x"
    )
    assert len(check_text(HEAD + text).errors) == 3


def test_two_clauses_that_tie_are_an_error_with_both_names():
    text = """\
  - {id: by_level, promise: on_site, applies_to: {level: serious}, start: reported, end: arrived, limit: 4 hours}
  - {id: by_region, promise: on_site, applies_to: {region: far}, start: reported, end: arrived, limit: 9 hours}
"""
    [problem] = check_text(HEAD + text).errors
    assert (problem.code, problem.clause) == ("tie", "by_region")
    assert "by_level" in problem.message


@pytest.mark.parametrize("change", ["rank: 1, ", "slot: night, "])
def test_a_rank_or_a_slot_resolves_a_tie(change):
    text = f"""\
  - {{id: by_level, promise: on_site, applies_to: {{level: serious}}, start: reported, end: arrived, limit: 4 hours}}
  - {{id: by_region, promise: on_site, {change}applies_to: {{region: far}}, start: reported, end: arrived, limit: 9 hours}}
"""
    assert codes(text) == []


def test_fallbacks_in_a_circle_are_refused():
    text = """\
  - {id: one, promise: restore, start: {clause: two, outcome: missed}, end: restored, limit: 1 hour}
  - {id: two, promise: standby, start: {clause: one, outcome: missed}, end: standby_delivered, limit: 1 hour}
"""
    assert [code for code, _, _ in codes(text)] == ["circular", "circular"]


def test_a_clause_that_another_always_beats_is_a_warning():
    text = """\
  - {id: always, promise: on_site, rank: 5, start: reported, end: arrived, limit: 4 hours}
  - {id: never, promise: on_site, applies_to: {level: serious}, start: reported, end: arrived, limit: 2 hours}
"""
    checked = check_text(HEAD + text)
    assert [(one.code, one.clause) for one in checked.warnings] == [("unreachable", "never")]
    assert checked.plan is not None


@pytest.mark.parametrize(
    "week",
    ["{mon: []}", "{mon: closed}", "{mon-fri: [09:00-09:00]}", "{mon: [09:00-12:00, 11:00-13:00]}"],
)
def test_a_calendar_that_never_opens_or_overlaps_is_refused(week):
    text = (
        f"plan: p\ntitle: t\nversion: 1\ncalendars:\n  odd: {{week: {week}}}\nclauses:\n" + SIMPLE
    )
    [problem] = check_text(text).errors
    assert problem.line == 5
    assert problem.code in ("empty_calendar", "bad_window", "overlapping_windows")


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"plan: \xff\xfe\n", "not_utf8"),
        (b"", "empty_file"),
        (b"plan: [", "not_yaml"),
        (b"plan: &a x\ntitle: *a\n", "alias"),
        (b"plan: !!python/object:os.system x\n", "tag"),
        (b"plan: a\nplan: b\n", "duplicate_key"),
        (b"a: 1\n---\nb: 2\n", "several_documents"),
        (b"[" * 4000, "too_deep"),
        (b"plan: a\x00b\n", "not_yaml"),
    ],
)
def test_files_that_are_no_plain_yaml_are_refused(data, code):
    found = check_text(data).errors
    assert [one.code for one in found] == [code]


def test_bombs_and_crowds_are_refused_quickly():
    bomb = "a: &a [x,x]\n" + "\n".join(f"b{n}: &b{n} [*a,*a]" for n in range(50))
    crowd = HEAD + "".join(
        f"  - {{id: c{n}, promise: other, slot: s{n}, start: reported, end: closed, limit: 1 hour}}\n"
        for n in range(10_000)
    )
    short_crowd = "plan: p\nclauses:\n" + "- {id: a}\n" * 10_000
    started = time.perf_counter()
    assert check_text(bomb).errors[0].code == "alias"
    assert check_text(crowd).errors[0].code == "too_large"
    assert check_text(short_crowd).errors[0].code == "too_many_items"
    assert time.perf_counter() - started < 5


def test_a_non_utf8_byte_is_shown_with_its_place():
    [problem] = check_text("plan: x\ntitle: 服".encode("gbk")).errors
    assert (problem.code, problem.line) == ("not_utf8", 2)


def test_a_key_written_one_level_too_high_is_told_where_it_belongs():
    clause = deadline("limit: 1 hour, penalty: {amount: 100}")
    [problem] = check_text(HEAD + clause).errors
    assert problem.message == 'a deadline clause has no key "penalty"; it belongs under "remedies"'
