"""What the demo company's units serve and its people can do: one certificate ends soon."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from yinuo.domains.contracts.services.warning import warn_of_certificates
from yinuo.domains.network import services as network
from yinuo.domains.network.qualification_types import (
    Capacity,
    CertificateData,
    QualificationData,
    ServiceMode,
    SkillLevel,
    UnitReach,
)
from yinuo.domains.network.selectors import list_people, list_units
from yinuo.domains.network.shifts import parse_shift
from yinuo.domains.network.types import Actor, PersonRow
from yinuo.platform.positions import Position

OFFICE = "1-5 08:30-12:00 13:30-18:00"
ROUND_THE_CLOCK = "1-7 00:00-24:00"
# Unit: areas, position, reach.
_REACHES: Mapping[str, tuple[tuple[str, ...], str, str, int]] = {
    "HQ": ((), "31.224300", "121.475000", 1500),
    "SH": (("上海市", "苏州市", "昆山市", "东海市"), "31.228800", "121.440200", 300),
    "CD": (("成都市", "眉山市"), "30.657200", "104.065800", 260),
    "LZ": (("兰州市",), "36.061100", "103.834300", 200),
}
# Person: skills, tools, hours, home.
_PEOPLE: Mapping[str, tuple[dict[str, int], tuple[str, ...], str, str, str]] = {
    "陈大勇": ({"防火墙": 4, "交换机": 3}, ("串口线", "笔记本"), OFFICE, "31.199000", "121.436000"),
    "罗毅": ({"服务器": 3, "RAID": 3}, ("串口线",), ROUND_THE_CLOCK, "30.640000", "104.050000"),
    "欧阳晓峰": (
        {"防火墙": 5, "服务器": 4, "RAID": 4, "交换机": 4},
        ("串口线", "笔记本"),
        ROUND_THE_CLOCK,
        "31.240000",
        "121.490000",
    ),
    "石磊": ({"服务器": 2, "交换机": 3}, ("梯子",), OFFICE, "31.250000", "121.400000"),
    "谢志强": ({"防火墙": 3, "RAID": 5}, (), OFFICE, "31.210000", "121.500000"),
}
# Holder (a person, else a unit by its code), product line, days until its last day.
_CERTIFICATES = (
    ("陈大勇", "防火墙", 21),
    ("罗毅", "服务器", -8),
    ("欧阳晓峰", "服务器", 300),
    ("欧阳晓峰", "防火墙", 120),
    ("谢志强", "防火墙", 260),
    ("马成龙", "服务器", 240),
    ("SH", "防火墙", 400),
    ("CD", "服务器", 210),
    ("LZ", "服务器", 15),
)
_DEMANDS = (
    QualificationData("防火墙", (SkillLevel("防火墙", 3),), True, False, ("串口线",), 120),
    QualificationData("服务器", (SkillLevel("服务器", 2),), True, False, (), 150),
    QualificationData("阵列卡", (SkillLevel("RAID", 3),), False, False, (), 150),
)


def qualify_people(actor: Actor, now: datetime) -> None:
    """Reaches, skills, certificates, an absence, demands; and the warning that is due."""
    today = now.date()
    units = {one.code: one for one in list_units(actor)}
    people = {one.name: one for one in list_people(actor)}
    for code, (areas, latitude, longitude, reach_km) in _REACHES.items():
        reach = UnitReach(
            areas=areas,
            position=Position(Decimal(latitude), Decimal(longitude)),
            reach_km=reach_km,
            service_modes=(ServiceMode.PHONE, ServiceMode.ON_SITE),
        )
        unit = units[code]
        network.set_reach(
            actor=actor, unit_id=unit.public_id, version=unit.version, reach=reach, now=now
        )
    for name in _PEOPLE:
        _bring(actor, people[name], now)
    for holder, line, days in _CERTIFICATES:
        who: dict[str, Any] = (
            {"person_id": people[holder].public_id}
            if holder in people
            else {"unit_id": units[holder].public_id}
        )
        data = _certificate(line, today + timedelta(days=days))
        network.add_certificate(actor=actor, **who, data=data, now=now)
    for demand in _DEMANDS:
        network.set_qualification(actor=actor, data=demand, now=now)
    network.add_absence(
        actor=actor,
        person_id=people["石磊"].public_id,
        kind="training",
        starts_at=now - timedelta(days=1),
        ends_at=now + timedelta(days=3),
        note="厂家培训",
        now=now,
    )
    warn_of_certificates(now=now)


def _bring(actor: Actor, person: PersonRow, now: datetime) -> None:
    skills, tools, hours, latitude, longitude = _PEOPLE[person.name]
    capacity = Capacity(
        skills=tuple(SkillLevel(name, level) for name, level in skills.items()),
        tools=tools,
        shift=parse_shift(hours),
        home=Position(Decimal(latitude), Decimal(longitude)),
    )
    network.set_capacity(
        actor=actor,
        person_id=person.public_id,
        version=person.version,
        capacity=capacity,
        now=now,
    )


def _certificate(line: str, until: date) -> CertificateData:
    return CertificateData(
        kind="厂家服务认证",
        issuer="知微科技培训中心",
        product_line=line,
        number=f"ZW-{until:%y%m%d}",
        valid_from=until - timedelta(days=1095),
        valid_until=until,
    )
