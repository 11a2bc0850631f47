"""The chain of an emergency plan as data: steps, gate and who may approve (BP-04 to BP-07)."""

from __future__ import annotations

import pytest
from tests.plans.test_bad_plans import RESPOND

from yinuo.kernel.emergency import (
    Act,
    ChainState,
    Deciders,
    Place,
    Standing,
    acts_at,
    after,
    approver_standing,
    is_gate_open,
    skips,
)
from yinuo.kernel.plan.emergency import SetbackKind
from yinuo.planfile import check_text

HEAD = """plan: trial
title: Trial
version: "1"
selectors:
  level: {values: [high, low]}
"""
CLAUSES = f"clauses:\n{RESPOND}"
TWO = """emergency:
  applies_to: {level: high}
  steps:
    - {code: a, kind: write, title: A, roles: technician}
    - {code: b, kind: approve, title: B, roles: quality, limit: 5 minutes}
"""
SIX = """emergency:
  steps:
    - {code: a, kind: write, title: A, roles: technician}
    - {code: b, kind: consent, title: B, roles: technician}
    - {code: c, kind: do, title: C, roles: quality, fact: completed}
    - {code: d, kind: approve, title: D, roles: quality, stand_in: technician, superior: leadership}
    - {code: e, kind: release, title: E, roles: parts_manager}
    - {code: f, kind: depart, title: F, roles: technician}
"""


def chain(text):
    checked = check_text(HEAD + text + CLAUSES)
    assert checked.plan is not None, checked.problems
    return checked.plan.emergency


def walked(chain, *acts):
    place = Place()
    for act in acts:
        place = after(place, act, chain)
        assert place is not None, act
    return place


@pytest.mark.req("BP-04")
def test_another_vendors_two_steps_run_as_data():
    two = chain(TWO)
    place = walked(two, Act.SUBMITTED)
    assert place.step(two).code == "b"
    assert not is_gate_open(place, two)
    done = walked(two, Act.SUBMITTED, Act.APPROVED)
    assert done.state is ChainState.UNDER_WAY
    assert is_gate_open(done, two)
    assert done.step(two) is None
    assert acts_at(done, two) == (Act.CLOSED, Act.WITHDRAWN)


@pytest.mark.req("BP-07")
def test_the_gate_opens_with_the_last_approval_and_not_before():
    six = chain(SIX)
    before = walked(six, Act.SUBMITTED, Act.AGREED, Act.DONE)
    assert not is_gate_open(before, six)
    assert after(before, Act.RELEASED, six) is None
    approved = after(before, Act.APPROVED, six)
    assert is_gate_open(approved, six)
    assert skips(six.steps, approved.position, has_parts=False)
    assert not skips(six.steps, approved.position, has_parts=True)
    gone = after(after(approved, Act.SKIPPED, six), Act.DEPARTED, six)
    assert gone.state is ChainState.UNDER_WAY


@pytest.mark.req("BP-07")
def test_declined_and_returned_lead_back_to_the_writing():
    six = chain(SIX)
    declined = walked(six, Act.SUBMITTED, Act.DECLINED)
    assert (declined.state, declined.position) == (ChainState.DECLINED, 0)
    assert acts_at(declined, six) == (Act.SUBMITTED, Act.WITHDRAWN)
    returned = walked(six, Act.SUBMITTED, Act.AGREED, Act.DONE, Act.RETURNED)
    assert returned.state is ChainState.RETURNED
    assert not is_gate_open(returned, six)
    again = after(returned, Act.SUBMITTED, six)
    assert again.step(six).code == "b"


@pytest.mark.req("BP-07")
def test_nothing_happens_out_of_turn_or_after_the_end():
    six = chain(SIX)
    assert after(Place(), Act.APPROVED, six) is None
    assert after(Place(), Act.CLOSED, six) is None
    withdrawn = walked(six, Act.SUBMITTED, Act.WITHDRAWN)
    assert not any(after(withdrawn, act, six) for act in Act)
    assert not is_gate_open(withdrawn, six)


@pytest.mark.req("BP-07", "R08")
@pytest.mark.parametrize(
    ("person", "writers", "who", "standing"),
    [
        (8, {7}, Deciders({8}), Standing.HOLDER),
        (7, {7}, Deciders({7, 8}), None),
        (9, {7}, Deciders({8}, away={8}, stand_ins={9}), Standing.STAND_IN),
        (9, {7}, Deciders({8}, stand_ins={9}), None),
        # The only holder wrote it: his stand-in would decide for him, those above do.
        (9, {7}, Deciders({7}, away={7}, stand_ins={9}, superiors={5}), None),
        (5, {7}, Deciders({7}, away={7}, stand_ins={9}, superiors={5}), Standing.SUPERIOR),
        (7, {7}, Deciders({8}, away={8}, stand_ins={7}, superiors={7}), None),
        (5, {7}, Deciders({7, 8}, superiors={5}), None),
        (5, {7}, Deciders((), superiors={5}), Standing.SUPERIOR),
    ],
)
def test_nobody_approves_his_own_plan_nor_does_his_stand_in(person, writers, who, standing):
    assert approver_standing(person, writers, who) is standing


@pytest.mark.req("BP-09")
def test_who_is_told_of_setbacks_is_data_with_usual_ones():
    assert chain(TWO).told_of(SetbackKind.TOO_HARD) == ("technical_supervisor",)
    own = chain(TWO + "  setbacks: {too_hard: expert, decides: quality}\n")
    assert own.told_of(SetbackKind.TOO_HARD) == ("expert",)
    assert own.decided_by == ("quality",)
    assert own.told_of(SetbackKind.WRONG_SKILL)[0] == "project_manager"


WRITE = "    - {code: a, kind: write, title: A, roles: technician}\n"


@pytest.mark.req("BP-04")
@pytest.mark.parametrize(
    ("steps", "code", "line"),
    [
        ("    - {code: a, kind: approve, title: A, roles: technician}\n", "one_of", 8),
        (WRITE + WRITE.replace("code: a", "code: b"), "one_of", 8),
        (WRITE + WRITE, "duplicate_id", 8),
        (WRITE + "    - {code: b, kind: approve, title: B, roles: nobody}\n", "unknown_word", 9),
        (WRITE + "    - {code: b, kind: nod, title: B, roles: quality}\n", "unknown_word", 9),
        (WRITE + "    - {code: b, kind: do, title: B}\n", "missing_key", 9),
        (
            WRITE + "    - {code: b, kind: do, title: B, roles: quality, stand_in: expert}\n",
            "one_of",
            9,
        ),
        (
            WRITE
            + "    - {code: b, kind: depart, title: B, roles: quality}\n"
            + "    - {code: c, kind: approve, title: C, roles: quality}\n",
            "bad_value",
            9,
        ),
        (
            WRITE + "    - {code: b, kind: do, title: B, roles: quality, limit: 2 working hours}\n",
            "no_calendar",
            9,
        ),
    ],
)
def test_a_chain_that_cannot_run_is_refused_at_its_place(steps, code, line):
    text = HEAD + "emergency:\n  steps:\n" + steps + CLAUSES
    found = [(one.code, one.line) for one in check_text(text).problems]
    assert (code, line) in found
