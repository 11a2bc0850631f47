"""The one table of a request's moves: what may follow what, also late and while waiting."""

from __future__ import annotations

from itertools import product

import pytest

from yinuo.kernel.states import ENDED, REQUEST_STEPS, RequestState, Standing, replay, step_of

S = RequestState


def after(*kinds: str) -> Standing:
    found = replay(kinds)
    assert found.stuck_at is None, kinds[found.stuck_at]
    return found.standing


@pytest.mark.req("R39")
def test_the_usual_way_leads_from_new_to_archived() -> None:
    way = ["reported", "responded", "remote_started", "remote_ended", "on_site_decided"]
    way += ["departed", "arrived", "restored", "confirmed_by_customer", "archived"]
    states = [after(*way[: place + 1]).state.value for place in range(len(way))]
    assert states == [
        *("new", "answered", "remote", "remote", "remote"),
        *("remote", "on_site", "restored", "confirmed", "archived"),
    ]


@pytest.mark.req("R39")
@pytest.mark.parametrize("kind", ["restored", "confirmed_by_customer", "archived", "reopened"])
def test_nothing_is_restored_or_closed_before_anybody_answered(kind: str) -> None:
    assert Standing().after(kind) is None


@pytest.mark.req("R39")
@pytest.mark.parametrize("end", [S.CANCELLED, S.MERGED])
def test_a_cancelled_or_merged_request_does_not_move_again(end: RequestState) -> None:
    moved = [
        kind for kind in REQUEST_STEPS if (to := Standing(end).after(kind)) and to.state != end
    ]
    assert moved == []


@pytest.mark.parametrize("state", [S.NEW, S.ANSWERED, S.REMOTE, S.ON_SITE, S.REOPENED, S.RESTORED])
def test_waiting_leads_back_to_where_it_began(state: RequestState) -> None:
    waiting = Standing(state).after("paused")
    assert waiting == Standing(S.WAITING, state)
    assert waiting.after("resumed") == Standing(state)
    assert waiting.after("paused") is None, "one thing is waited for at a time"


def test_what_happens_while_waiting_moves_what_it_returns_to() -> None:
    assert after("responded", "paused", "arrived") == Standing(S.WAITING, S.ON_SITE)
    assert after("responded", "paused", "arrived", "resumed") == Standing(S.ON_SITE)
    assert after("responded", "paused", "restored") == Standing(S.RESTORED), "restored ends waiting"


def test_nothing_is_resumed_that_does_not_wait() -> None:
    assert [state for state in S if Standing(state).after("resumed")] == []


def test_a_second_crew_may_depart_before_the_answer_and_arrive_after_the_restoration() -> None:
    assert after("departed", "arrived").state is S.ON_SITE
    assert after("responded", "restored", "arrived", "restored").state is S.RESTORED
    assert not Standing(S.RESTORED).offers("arrived"), "taken, but not asked for"


def test_whatever_the_table_does_not_name_moves_nothing() -> None:
    plan_facts = ("standby_delivered", "report_delivered", "some_word_of_a_plan")
    for state, kind in product(S, plan_facts):
        if state is not S.WAITING:
            expected = None if state in (S.CANCELLED, S.MERGED) else Standing(state)
            assert Standing(state).after(kind) == expected


@pytest.mark.req("R39")
def test_every_state_can_be_reached_and_left_unless_it_is_an_end() -> None:
    targets = {to for step in REQUEST_STEPS.values() for to in step.moves.values()}
    assert targets | {S.NEW} == set(S)
    left = {at for step in REQUEST_STEPS.values() for at, to in step.moves.items() if at != to}
    assert left | {S.CANCELLED, S.MERGED, S.WAITING} == set(S)
    assert ENDED - left == {S.CANCELLED, S.MERGED}
    assert step_of("resumed").moves, "waiting is left by going on"


def test_the_place_of_the_first_impossible_fact_is_named() -> None:
    found = replay(["responded", "restored", "remote_started", "archived"])
    assert (found.standing.state, found.stuck_at) == (S.RESTORED, 2)
