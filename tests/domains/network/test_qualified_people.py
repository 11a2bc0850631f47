"""Who may do what until when: certificates, skills, hours and absences as hard rules."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.factories import Company, Member, make_company, make_member, make_unit
from tests.factories.qualified import demand, make_absence, make_certificate

from yinuo.domains.network.candidates import candidates_for
from yinuo.domains.network.qualification_types import (
    Capacity,
    CertificateData,
    Demand,
    Rule,
    SkillLevel,
    UnitReach,
    Validity,
)
from yinuo.domains.network.qualified import (
    get_capacity,
    get_certificate,
    page_certificates,
    qualification_for,
)
from yinuo.domains.network.services import (
    claim_warnings,
    deactivate_person,
    edit_certificate,
    set_capacity,
    set_reach,
    withdraw_certificate,
)
from yinuo.domains.network.shifts import is_at_work, parse_shift, shown_shift, work_ends_at
from yinuo.platform.errors import Conflict, Forbidden, IllegalMove, InvalidInput, NotFound
from yinuo.platform.positions import Position

SHANGHAI = ZoneInfo("Asia/Shanghai")
# Tuesday of story 4.
REPORTED = datetime(2026, 3, 10, 10, 5, tzinfo=SHANGHAI)
NOW = REPORTED.astimezone(UTC)


@pytest.fixture
def company(db: None) -> Company:
    return make_company()


@pytest.fixture
def manager(company: Company) -> Member:
    return make_member(company.administrator, company.headquarters, ["service_manager"])


@pytest.fixture
def engineer(company: Company) -> Member:
    return make_member(company.administrator, company.headquarters, ["technician"])


def asked(manager: Member, company: Company, at: datetime = REPORTED, line: str = "服务器"):
    what = Demand(
        unit_id=company.headquarters.pk,
        starts_at=at,
        ends_at=at + timedelta(hours=2),
        product_line=line,
        needs=qualification_for(line),
    )
    return candidates_for(manager.actor, what)


def rules(manager: Member, company: Company, engineer: Member, **more: object) -> list[Rule]:
    found = {one.person_id: one for one in asked(manager, company, **more)}  # type: ignore[arg-type]
    return [one.rule for one in found[engineer.person.pk].obstacles]


def give(manager: Member, engineer: Member, **what: object) -> None:
    engineer.person.refresh_from_db()
    set_capacity(
        actor=manager.actor,
        person_id=engineer.person.public_id,
        version=engineer.person.version,
        capacity=Capacity(**what),  # type: ignore[arg-type]
        now=NOW,
    )


@pytest.mark.req("B-34", "SV-02")
def test_an_expired_certificate_makes_no_candidate_from_the_day_after_its_last(
    company: Company, manager: Member, engineer: Member
) -> None:
    demand(manager, person_certified=True)
    row = make_certificate(manager, engineer.person, until=date(2026, 3, 1))
    last_day = datetime(2026, 3, 1, 20, 0, tzinfo=SHANGHAI)
    assert rules(manager, company, engineer, at=last_day) == []
    assert rules(manager, company, engineer, at=last_day + timedelta(hours=5)) == [Rule.CERTIFICATE]
    # Work that lasts into the day after its last one.
    assert rules(manager, company, engineer, at=last_day + timedelta(hours=3)) == [Rule.CERTIFICATE]
    assert claim_warnings(today=date(2026, 1, 29), now=NOW) == []
    assert [one.id for one in claim_warnings(today=date(2026, 1, 30), now=NOW)] == [row.pk]
    assert claim_warnings(today=date(2026, 1, 31), now=NOW) == []


@pytest.mark.req("B-34")
def test_a_certificate_for_another_line_or_withdrawn_counts_for_nothing(
    company: Company, manager: Member, engineer: Member
) -> None:
    demand(manager, person_certified=True)
    make_certificate(manager, engineer.person, line="台式机")
    assert rules(manager, company, engineer) == [Rule.CERTIFICATE]
    row = make_certificate(manager, engineer.person, line=" 服 务器")
    assert rules(manager, company, engineer) == []
    withdraw_certificate(
        actor=manager.actor, certificate_id=row.public_id, version=1, reason="年审未过", now=NOW
    )
    assert rules(manager, company, engineer) == [Rule.CERTIFICATE]
    assert get_certificate(manager.actor, row.public_id).validity(NOW.date()) is Validity.WITHDRAWN


@pytest.mark.req("SV-02")
def test_a_unit_without_its_own_certificate_sends_nobody(
    company: Company, manager: Member, engineer: Member
) -> None:
    demand(manager, unit_certified=True)
    assert rules(manager, company, engineer) == [Rule.UNIT_CERTIFICATE]
    make_certificate(manager, company.headquarters)
    assert rules(manager, company, engineer) == []


@pytest.mark.req("B-30")
def test_skill_tools_hours_and_absence_each_name_themselves(
    company: Company, manager: Member, engineer: Member
) -> None:
    demand(manager, skills={"RAID": 3}, tools=("串口线",))
    give(manager, engineer, skills=(SkillLevel("raid", 2),), shift=parse_shift("6-7 09:00-18:00"))
    make_absence(manager, engineer.person, NOW - timedelta(hours=1), NOW + timedelta(minutes=1))
    assert rules(manager, company, engineer) == [
        Rule.SKILL,
        Rule.TOOLS,
        Rule.ABSENCE,
        Rule.SHIFT,
    ]
    give(
        manager,
        engineer,
        skills=(SkillLevel("RAID", 3),),
        tools=("串口线", "扳手"),
        shift=parse_shift("1-5 10:05-18:00"),
    )
    assert rules(manager, company, engineer) == [Rule.ABSENCE]
    # Half-open: whoever is back at that instant can go.
    assert rules(manager, company, engineer, at=REPORTED + timedelta(minutes=1)) == []


def test_whoever_left_or_holds_no_right_to_perform_is_not_asked_at_all(
    company: Company, manager: Member, engineer: Member
) -> None:
    assert {one.person_id for one in asked(manager, company)} == {
        manager.person.pk,
        engineer.person.pk,
    }
    engineer.person.refresh_from_db()
    deactivate_person(
        actor=company.administrator.actor,
        person_id=engineer.person.public_id,
        version=engineer.person.version,
        now=NOW,
    )
    assert {one.person_id for one in asked(manager, company)} == {manager.person.pk}


@pytest.mark.req("SV-02", "R06")
def test_a_centre_asks_its_own_people_and_those_above_never_a_sister_s(
    company: Company, manager: Member, engineer: Member
) -> None:
    admin = company.administrator
    centre, sister = (make_unit(admin, company.headquarters, code) for code in ("CD", "SH"))
    own, theirs = (make_member(admin, one, ["technician"]) for one in (centre, sister))
    local = make_member(admin, centre, ["service_manager"])
    what = Demand(centre.pk, REPORTED, REPORTED + timedelta(hours=1))
    found = {one.person_id for one in candidates_for(local.actor, what)}
    assert {own.person.pk, engineer.person.pk} <= found
    assert theirs.person.pk not in found
    with pytest.raises(Forbidden):
        candidates_for(local.actor, Demand(sister.pk, REPORTED, REPORTED + timedelta(hours=1)))
    hidden = make_certificate(manager, theirs.person)
    with pytest.raises(NotFound):
        get_certificate(local.actor, hidden.public_id)
    assert page_certificates(local.actor).items == ()
    with pytest.raises(NotFound):
        get_capacity(local.actor, theirs.person.public_id)


def test_many_people_cost_no_more_statements_than_few(
    company: Company, manager: Member, engineer: Member
) -> None:
    demand(manager, person_certified=True, unit_certified=True, skills={"RAID": 1})
    with CaptureQueriesContext(
        connection,
    ) as few:
        asked(manager, company)
    for _ in range(5):
        make_member(company.administrator, company.headquarters, ["technician"])
    with CaptureQueriesContext(connection) as many:
        asked(manager, company)
    assert len(many) == len(few)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("1-5 08:30-12:00 13:30-18:00", "1-5 08:30-12:00 13:30-18:00"),
        ("１，３ ８：３０－９：００", "1,3 08:30-09:00"),
        ("7 22:00-06:00", "7 22:00-06:00"),
        ("1-2 00:00-24:00", "1-2 00:00-24:00"),
        ("", ""),
    ],
)
def test_hours_are_read_as_people_write_them(text: str, shown: str) -> None:
    assert shown_shift(parse_shift(text)) == shown


@pytest.mark.parametrize(
    "text",
    [
        *("每天", "8 09:00-10:00", "5-1 09:00-10:00", "1 09:00", "1 25:00-26:00", "1 09:00-10:75"),
        *("1 09:00-12:00 11:00-13:00", "7 22:00-06:00\n1 05:00-06:00", "1 " * 5000),
    ],
)
def test_hours_that_are_none_or_overlap_are_refused(text: str) -> None:
    with pytest.raises(InvalidInput):
        parse_shift(text)


@pytest.mark.req("B-30")
@pytest.mark.parametrize(
    ("shift", "at", "ends"),
    [
        ("1-7 22:00-06:00", "10 02:00", "10 06:00"),
        ("1-7 22:00-06:00", "10 23:00", "11 06:00"),
        ("1-7 22:00-06:00", "10 20:00", "11 06:00"),
        ("1-7 00:00-06:00 22:00-24:00", "10 02:00", "10 06:00"),
        ("1-7 00:00-06:00 22:00-24:00", "10 23:00", "11 06:00"),
        ("1-5 08:30-12:00 13:30-18:00", "10 09:00", "10 18:00"),
        ("1-5 08:30-12:00 13:30-18:00", "10 12:30", "10 18:00"),
    ],
)
def test_work_ends_with_the_hours_that_go_on_breaks_included(
    shift: str, at: str, ends: str
) -> None:
    moment, end = (
        datetime.strptime(f"2026-03-{each}", "%Y-%m-%d %H:%M").replace(tzinfo=SHANGHAI)
        for each in (at, ends)
    )
    assert work_ends_at(parse_shift(shift), moment, SHANGHAI) == end
    assert work_ends_at(parse_shift("3 09:00-10:00"), moment, SHANGHAI) is None


@pytest.mark.req("G16")
def test_a_night_shift_belongs_to_the_day_it_begins_on() -> None:
    night = parse_shift("7 22:00-06:00")
    monday = datetime(2026, 3, 9, 5, 59, tzinfo=SHANGHAI)
    assert is_at_work(night, monday, SHANGHAI)
    assert not is_at_work(night, monday + timedelta(minutes=1), SHANGHAI)
    assert not is_at_work(night, monday - timedelta(days=1), SHANGHAI)


@pytest.mark.parametrize(
    "change",
    [
        {"kind": " "},
        {"issuer": ""},
        {"valid_until": date(2019, 12, 31)},
        {"warn_days": 400},
        {"product_line": "长" * 61},
    ],
)
def test_a_certificate_that_says_nothing_is_refused(
    manager: Member, engineer: Member, change: dict[str, object]
) -> None:
    row = make_certificate(manager, engineer.person)
    good = {"kind": "认证", "issuer": "厂家", "valid_from": date(2020, 1, 1)}
    data = CertificateData(**{**good, "valid_until": date(2026, 1, 1), **change})  # type: ignore[arg-type]
    who = {"actor": manager.actor, "certificate_id": row.public_id, "now": NOW}
    with pytest.raises(InvalidInput):
        edit_certificate(**who, version=1, data=data)  # type: ignore[arg-type]
    good_data = CertificateData(**good, valid_until=date(2026, 1, 1))  # type: ignore[arg-type]
    with pytest.raises(Conflict):
        edit_certificate(**who, version=7, data=good_data)  # type: ignore[arg-type]
    withdraw_certificate(**who, version=1, reason="遗失")  # type: ignore[arg-type]
    with pytest.raises(IllegalMove):
        edit_certificate(**who, version=2, data=good_data)  # type: ignore[arg-type]


def test_two_absences_of_one_person_do_not_overlap(manager: Member, engineer: Member) -> None:
    make_absence(manager, engineer.person, NOW, NOW + timedelta(days=2))
    make_absence(manager, engineer.person, NOW + timedelta(days=2), NOW + timedelta(days=3))
    with pytest.raises(InvalidInput):
        make_absence(manager, engineer.person, NOW + timedelta(days=1), NOW + timedelta(days=9))
    with pytest.raises(InvalidInput):
        make_absence(manager, engineer.person, NOW, NOW)


@pytest.mark.req("R58")
def test_where_somebody_lives_is_told_only_to_who_may_change_it(
    company: Company, manager: Member, engineer: Member
) -> None:
    home = Position(Decimal("31.230400"), Decimal("121.473700"))
    give(manager, engineer, home=home)
    reader = make_member(company.administrator, company.headquarters, ["quality"])
    assert get_capacity(manager.actor, engineer.person.public_id).home == home
    assert get_capacity(reader.actor, engineer.person.public_id).home is None
    with pytest.raises(NotFound):
        give(reader, engineer)


def test_a_distance_needs_a_position(company: Company) -> None:
    unit = company.headquarters
    who = {"actor": company.administrator.actor, "unit_id": unit.public_id, "now": NOW}
    with pytest.raises(InvalidInput):
        set_reach(**who, version=1, reach=UnitReach(reach_km=80))  # type: ignore[arg-type]
    place = Position(Decimal("31.2"), Decimal("121.4"))
    reach = UnitReach(areas=("上海市", " 上海市"), position=place, reach_km=80)
    unit = set_reach(**who, version=1, reach=reach)  # type: ignore[arg-type]
    assert (unit.areas, unit.reach_km) == (["上海市"], 80)
