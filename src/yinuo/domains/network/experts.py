"""Experts of the whole company by skill: whom somebody with a hard case could ask (SV-03)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import QuerySet

from yinuo.domains.network.candidates import certified_people, people_away
from yinuo.domains.network.models import Person, Skill
from yinuo.domains.network.qualification_types import SkillLevel
from yinuo.domains.network.words import folded

MOST_LOOKED_AT = 200
# From this level on a person solves hard cases by himself.
EXPERT_LEVEL = 4


@dataclass(frozen=True, slots=True)
class Expert:
    """Somebody who could be asked. `level` is that of the skill looked for, 0 without it."""

    person_id: int
    public_id: UUID
    name: str
    unit_name: str
    level: int
    skills: tuple[SkillLevel, ...]
    is_certified: bool
    is_away: bool


def experts_of(
    *, skill: str, text: str, product_line: str, at: datetime, but: Iterable[int], most: int
) -> list[Expert]:
    """Active people, the most suitable first: there, certified for the line, higher level, name.

    `skill` is part of a skill's name, `text` part of a person's name; without both those whose
    skill reaches level 4. `but` are people left out. The caller has checked who asks: names, units
    and skills of colleagues, nothing else, are told across units.
    """
    wanted = folded(skill)
    found = list(_people(wanted, text.strip(), list(but))[:MOST_LOOKED_AT])
    ids = [one.pk for one in found]
    day = at.astimezone(ZoneInfo(settings.TIME_ZONE)).date()
    certified = certified_people(ids, product_line, day) if product_line else frozenset()
    away, skills = people_away(at), _skills(ids)
    experts = [
        Expert(
            person_id=one.pk,
            public_id=one.public_id,
            name=one.name,
            unit_name=one.unit.name,
            level=_level(skills.get(one.pk, ()), wanted),
            skills=tuple(skills.get(one.pk, ())),
            is_certified=one.pk in certified,
            is_away=one.pk in away,
        )
        for one in found
    ]
    ranked = sorted(experts, key=lambda one: (one.is_away, not one.is_certified, -one.level))
    return ranked[:most]


def expert_by_id(public_id: UUID) -> Person | None:
    """An active person of the company who can sign in; None otherwise."""
    people = Person.objects.filter(active=True, user__is_active=True)
    return people.select_related("unit").filter(public_id=public_id).first()


def _people(skill: str, text: str, but: list[int]) -> QuerySet[Person]:
    people = Person.objects.filter(active=True, user__is_active=True).exclude(pk__in=but)
    if text:
        people = people.filter(name__icontains=text)
    held = Skill.objects.filter(name_key__contains=skill) if skill else Skill.objects.all()
    if skill or not text:
        enough = held if skill else held.filter(level__gte=EXPERT_LEVEL)
        people = people.filter(pk__in=enough.values("person_id"))
    return people.select_related("unit").order_by("name_key", "id")


def _skills(person_ids: list[int]) -> dict[int, list[SkillLevel]]:
    found: dict[int, list[SkillLevel]] = {}
    rows = Skill.objects.filter(person_id__in=person_ids).order_by("-level", "name_key")
    for person_id, name, level in rows.values_list("person_id", "name", "level"):
        found.setdefault(person_id, []).append(SkillLevel(name, level))
    return found


def _level(skills: Iterable[SkillLevel], wanted: str) -> int:
    """The level of the skill looked for; without one the highest a person has."""
    return max((one.level for one in skills if wanted in folded(one.name)), default=0)
