"""Promise bars show how much of the promised time is gone, what is left, and where the clock stood."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from django.utils.translation import override

from yinuo.domains.obligations.types import FactView, ObligationView
from yinuo.surfaces.console.promises import promise_bars

START = datetime(2026, 5, 1, 15, 10, tzinfo=UTC)
SOMETHING = UUID("019d0000-0000-7000-8000-000000000001")


def promise(
    state: str = "running", *, ended: timedelta | None = None, late: int = 0, title: str = "响应"
) -> ObligationView:
    """A promise of 100 minutes from START."""
    return ObligationView(
        public_id=SOMETHING,
        subject_type="request",
        subject_id=SOMETHING,
        clause="respond",
        title_zh=title,
        title_en="Response",
        state=state,
        started_at=START,
        due_at=START + timedelta(minutes=100),
        ended_at=START + ended if ended is not None else None,
        late_seconds=late,
        provisional=False,
    )


def fact(kind: str, minutes: int, reason: str = "waiting_for_part") -> FactView:
    """A fact so many minutes after START."""
    at = START + timedelta(minutes=minutes)
    return FactView(SOMETHING, kind, at, at, "console", {"reason": reason}, "李娜")


@pytest.mark.parametrize(
    ("minutes", "tone", "share"),
    [
        (0, "calm", "0.00%"),
        (75, "calm", "75.00%"),
        (76, "soon", "76.00%"),
        (100, "soon", "100.00%"),
        (101, "over", "100.00%"),
    ],
)
def test_the_last_quarter_is_amber_and_the_due_instant_itself_is_in_time(
    minutes: int, tone: str, share: str
) -> None:
    (bar,) = promise_bars([promise()], [], START + timedelta(minutes=minutes))
    assert (bar.tone, bar.share) == (tone, share)


def test_a_missed_promise_that_was_never_fulfilled_keeps_running_over() -> None:
    (bar,) = promise_bars([promise("missed", late=60)], [], START + timedelta(minutes=101))
    assert bar.is_open
    assert bar.tone == "over"


@pytest.mark.parametrize(
    ("kept", "words"),
    [
        (promise("met", ended=timedelta(minutes=12)), "按时，提前 1 小时 28 分"),
        (promise("missed", ended=timedelta(minutes=180), late=4800), "超时 1 小时 20 分"),
        (promise("void"), "不再适用"),
    ],
)
def test_an_ended_promise_says_its_result(kept: ObligationView, words: str) -> None:
    with override("zh-hans"):
        (bar,) = promise_bars([kept], [], START + timedelta(days=9))
    assert bar.result == words
    assert not bar.is_open


def test_pauses_are_hatched_where_they_were_and_an_open_one_reaches_now() -> None:
    facts = [fact("paused", 60), fact("resumed", 20), fact("paused", 10)]
    stops = {"respond": frozenset({"waiting_for_part"})}
    (bar,) = promise_bars([promise("paused")], facts, START + timedelta(minutes=70), stops)
    assert [(one.start, one.width) for one in bar.pauses] == [
        ("10.00%", "10.00%"),
        ("60.00%", "10.00%"),
    ]


def test_waiting_for_what_the_clause_does_not_allow_is_not_hatched() -> None:
    facts = [fact("paused", 10, reason="waiting_for_customer")]
    stops = {"respond": frozenset({"waiting_for_part"})}
    (bar,) = promise_bars([promise()], facts, START + timedelta(minutes=70), stops)
    assert bar.pauses == ()


def test_open_promises_lead_and_void_ones_come_last() -> None:
    met = promise("met", ended=timedelta(minutes=1), title="已兑现")
    void = promise("void", title="不再适用")
    running = promise(title="进行中")
    with override("zh-hans"):
        bars = promise_bars([void, met, running], [], START)
    assert [bar.title for bar in bars] == ["进行中", "已兑现", "不再适用"]
