"""A change of level acts from its instant; time already counted is kept, breaches stay."""

from datetime import timedelta

from tests.kernel.written import at, evaluated, fact, only

from yinuo.kernel.evaluation import State

ON_SITE = """\
  - {id: serious, promise: on_site, applies_to: {level: serious}, start: reported, end: arrived, limit: 4 hours}
  - {id: general, promise: on_site, applies_to: {level: general}, start: reported, end: arrived, limit: 24 hours}
"""
CALL = fact("request:1", "reported", "2026-05-01 09:00", level="general")


def raised(when: str):
    return fact("request:1", "classified", when, level="serious")


def test_the_time_counted_before_a_rise_counts_for_the_shorter_limit():
    one = only(evaluated(ON_SITE, [CALL, raised("2026-05-01 10:00")], "2026-05-01 11:00"))
    assert (one.clause_id, one.due_at) == ("serious", at("2026-05-01 13:00"))
    assert one.changed_at == at("2026-05-01 10:00")


def test_a_rise_after_the_shorter_limit_is_due_at_the_change_not_before():
    one = only(evaluated(ON_SITE, [CALL, raised("2026-05-01 20:00")], "2026-05-01 21:00"))
    assert (one.due_at, one.late_by) == (at("2026-05-01 20:00"), timedelta(hours=1))


def test_before_the_change_nothing_is_known_of_it():
    with_change = evaluated(ON_SITE, [CALL, raised("2026-05-01 20:00")], "2026-05-01 19:59")
    without = evaluated(ON_SITE, [CALL], "2026-05-01 19:59")
    assert with_change.obligations == without.obligations


def test_a_fall_after_the_breach_leaves_the_breach():
    call = fact("request:1", "reported", "2026-05-01 09:00", level="serious")
    fallen = fact("request:1", "classified", "2026-05-01 15:00", level="general")
    one = only(evaluated(ON_SITE, [call, fallen], "2026-05-01 16:00"))
    assert (one.clause_id, one.state, one.due_at) == (
        "serious",
        State.MISSED,
        at("2026-05-01 13:00"),
    )


def test_a_fall_before_the_due_time_gives_the_longer_limit_from_the_start():
    call = fact("request:1", "reported", "2026-05-01 09:00", level="serious")
    fallen = fact("request:1", "classified", "2026-05-01 12:00", level="general")
    one = only(evaluated(ON_SITE, [call, fallen], "2026-05-01 16:00"))
    assert (one.clause_id, one.due_at) == ("general", at("2026-05-02 09:00"))


def test_a_promise_that_ended_before_the_change_stays_as_it_was():
    came = fact("request:1", "arrived", "2026-05-01 18:00")
    one = only(evaluated(ON_SITE, [CALL, came, raised("2026-05-01 20:00")], "2026-05-02 21:00"))
    assert (one.clause_id, one.state) == ("general", State.MET)


def test_a_level_stated_later_holds_from_the_call():
    call = fact("request:1", "reported", "2026-05-01 09:00")
    one = only(evaluated(ON_SITE, [call, raised("2026-05-01 09:40")], "2026-05-01 10:00"))
    assert one.due_at == at("2026-05-01 13:00")


def test_time_counted_in_one_calendar_is_kept_in_the_other():
    clauses = ON_SITE.replace("limit: 24 hours", "limit: 16 hours, calendar: office")
    call = fact("request:1", "reported", "2026-05-06 11:00", level="general")
    one = only(evaluated(clauses, [call, raised("2026-05-06 14:00")], "2026-05-06 14:30"))
    assert one.due_at == at("2026-05-06 16:30")  # 1.5 h of 4 h were counted before the change


def test_at_least_so_much_is_left_after_a_change():
    clauses = ON_SITE.replace("limit: 4 hours", "limit: 4 hours, at_least_after_change: 2 hours")
    one = only(evaluated(clauses, [CALL, raised("2026-05-01 20:00")], "2026-05-01 21:00"))
    assert one.due_at == at("2026-05-01 22:00")


def test_a_change_to_a_level_without_the_promise_ends_it():
    head_clause = ON_SITE.splitlines()[0] + "\n"
    call = fact("request:1", "reported", "2026-05-01 09:00", level="serious")
    fallen = fact("request:1", "classified", "2026-05-01 10:00", level="general")
    one = only(evaluated(head_clause, [call, fallen], "2026-05-02 16:00"))
    assert (one.state, one.ended_at) == (State.VOID, at("2026-05-01 10:00"))


RULES = """\
  - {id: raise, kind: level_change, applies_to: {level: general}, start: reported, limit: 3 hours, unless: restored, sets: {level: serious}}
"""


def test_a_rule_raises_the_level_unless_the_fix_came_first():
    evaluation = evaluated(ON_SITE + RULES, [CALL], "2026-05-01 12:30")
    assert [one.occurred_at for one in evaluation.derived] == [at("2026-05-01 12:00")]
    assert only(evaluation).due_at == at("2026-05-01 13:00")
    fixed = fact("request:1", "restored", "2026-05-01 11:59")
    kept = evaluated(ON_SITE + RULES, [CALL, fixed], "2026-05-01 12:30")
    assert (kept.derived, only(kept).clause_id) == ((), "general")


def test_a_missed_promise_may_raise_the_level():
    rule = """\
  - {id: up, kind: level_change, start: {clause: respond, outcome: missed}, sets: {level: serious}}
  - {id: respond, promise: respond, start: reported, end: responded, limit: 30 minutes}
"""
    evaluation = evaluated(ON_SITE + rule, [CALL], "2026-05-01 10:00")
    assert only(evaluation, "serious").due_at == at("2026-05-01 13:00")


def test_the_region_of_a_site_holds_for_its_requests():
    clause = "  - {id: far, promise: on_site, applies_to: {region: far}, start: reported, end: arrived, limit: 9 hours}\n"
    facts = [
        fact("site:1", "registered", "2026-01-01 00:00", region="far"),
        fact("asset:1", "installed", "2026-01-01 00:00", site="site:1"),
        fact("request:1", "reported", "2026-05-01 09:00", asset="asset:1"),
    ]
    assert only(evaluated(clause, facts, "2026-05-01 10:00")).clause_id == "far"


def test_the_more_specific_clause_and_the_higher_rank_win():
    clauses = """\
  - {id: any, promise: on_site, start: reported, end: arrived, limit: 1 hour}
  - {id: level, promise: on_site, applies_to: {level: serious}, start: reported, end: arrived, limit: 2 hours}
  - {id: both, promise: on_site, applies_to: {level: serious, region: far}, start: reported, end: arrived, limit: 3 hours}
  - {id: distant, promise: on_site, rank: 1, applies_to: {distance_km: {above: 100}}, start: reported, end: arrived, limit: 4 hours}
"""

    def winner(**attrs):
        return only(
            evaluated(
                clauses,
                [fact("request:1", "reported", "2026-05-01 09:00", **attrs)],
                "2026-05-01 09:30",
            )
        ).clause_id

    assert winner() == "any"
    assert winner(level="serious") == "level"
    assert winner(level="serious", region="far") == "both"
    assert winner(level="serious", region="far", distance_km=100) == "both"
    assert winner(level="serious", region="far", distance_km=101) == "distant"


def test_a_change_before_the_intake_opens_has_nothing_counted_before_it():
    clauses = ON_SITE.replace("limit: 4 hours", "limit: 4 hours, intake: office")
    clauses = clauses.replace("limit: 24 hours", "limit: 24 hours, intake: office")
    call = fact("request:1", "reported", "2026-05-06 19:00", level="general")
    facts = [call, raised("2026-05-06 22:00")]
    one = only(evaluated(clauses, facts, "2026-05-07 09:00"))
    assert (one.started_at, one.due_at) == (at("2026-05-07 08:30"), at("2026-05-07 12:30"))


def test_a_second_change_keeps_only_what_was_counted_since_the_intake_opened():
    clauses = ON_SITE.replace("limit: 4 hours", "limit: 4 hours, intake: office")
    clauses = clauses.replace("limit: 24 hours", "limit: 24 hours, intake: office")
    call = fact("request:1", "reported", "2026-05-06 19:00", level="serious")
    fallen = fact("request:1", "classified", "2026-05-06 22:00", level="general")
    facts = [call, fallen, raised("2026-05-07 09:30")]
    one = only(evaluated(clauses, facts, "2026-05-07 09:40"))
    assert one.due_at == at("2026-05-07 12:30")  # 1 h of 4 h was counted from 08:30
