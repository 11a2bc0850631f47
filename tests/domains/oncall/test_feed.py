"""One's own duty as a calendar feed: what is in it, who gets it, when it ends."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import Client
from tests.factories import Member, make_company, make_member
from tests.factories.duty import make_rota, rotate

from yinuo.domains.network.services import deactivate_person
from yinuo.domains.oncall.feeds import feed_of, issue_feed
from yinuo.domains.oncall.models import Turn
from yinuo.domains.oncall.services import cover_turn
from yinuo.domains.oncall.types import Rhythm
from yinuo.platform.errors import NotFound

# 2026-10-08 is the first working day after the holiday.
NOW = datetime(2026, 10, 8, 0, 0, tzinfo=UTC)


def unfolded(content: bytes) -> list[str]:
    assert all(len(line) <= 75 for line in content.split(b"\r\n"))
    return content.decode().replace("\r\n ", "").split("\r\n")


@pytest.fixture
def duty(db: None) -> tuple[Member, ...]:
    company = make_company()
    admin, unit = company.administrator, company.headquarters
    manager = make_member(admin, unit, ["engineering_manager"])
    one, two = (make_member(admin, unit, ["technician"]) for _ in range(2))
    rota = make_rota(manager, unit, "值班，夜间；技术热线与很长很长很长的名称")
    rotate(manager, rota, [one], date(2026, 10, 7), 2, Rhythm.DAY)
    return manager, one, two, admin


@pytest.mark.req("B-60")
def test_a_feed_has_each_stretch_of_duty_in_utc_and_nothing_of_office_hours(
    duty: tuple[Member, ...],
) -> None:
    _, one, two, _ = duty
    lines = unfolded(feed_of(one.person.public_id, now=NOW))
    begins = [line.partition(":")[2] for line in lines if line.startswith("DTSTART")]
    ends = [line.partition(":")[2] for line in lines if line.startswith("DTEND")]
    assert list(zip(begins, ends, strict=True)) == [
        ("20261007T000000Z", "20261007T143000Z"),  # the holiday, whole
        ("20261008T000000Z", "20261008T003000Z"),
        ("20261008T040000Z", "20261008T053000Z"),
        ("20261008T100000Z", "20261008T143000Z"),
    ]
    uids = [line for line in lines if line.startswith("UID:")]
    assert len(set(uids)) == len(uids)
    assert b"DTSTART" not in feed_of(two.person.public_id, now=NOW)


@pytest.mark.req("B-60")
def test_a_cover_moves_from_one_feed_to_the_other(duty: tuple[Member, ...]) -> None:
    manager, one, two, _ = duty
    turn = Turn.objects.latest("period")
    cover_turn(
        actor=manager.actor,
        turn_id=turn.public_id,
        version=1,
        person_id=two.person.public_id,
        starts_at=turn.period.lower,
        ends_at=turn.period.upper,
        reason="调班",
        now=NOW - timedelta(days=3),
    )
    assert b"DTSTART:20261008" not in feed_of(one.person.public_id, now=NOW)
    assert feed_of(two.person.public_id, now=NOW).count(b"BEGIN:VEVENT") == 3


@pytest.mark.req("B-60", "R15")
def test_the_link_works_without_sign_in_until_a_newer_one_or_the_person_leaves(
    duty: tuple[Member, ...],
) -> None:
    _, one, _, admin = duty
    now = datetime.now(UTC)
    first = issue_feed(actor=one.actor, now=now)
    client = Client()
    found = client.get(f"/l/{first}/duty.ics")
    assert (found.status_code, found.headers["Content-Type"]) == (
        200,
        "text/calendar; charset=utf-8",
    )
    assert found.content.startswith(b"BEGIN:VCALENDAR\r\n")
    # It is no document with a page, and changes nothing.
    assert client.get(f"/l/{first}/").status_code == 404
    assert client.post(f"/l/{first}/duty.ics").status_code == 405
    second = issue_feed(actor=one.actor, now=now)
    assert client.get(f"/l/{first}/duty.ics").status_code == 410
    assert client.get(f"/l/{second}/duty.ics").status_code == 200
    assert client.get(f"/l/{'A' * 22}/duty.ics").status_code == 404
    one.person.refresh_from_db()
    deactivate_person(
        actor=admin.actor,
        person_id=one.person.public_id,
        version=one.person.version,
        now=now,
    )
    assert client.get(f"/l/{second}/duty.ics").status_code == 404
    with pytest.raises(NotFound):
        feed_of(one.person.public_id, now=now)
