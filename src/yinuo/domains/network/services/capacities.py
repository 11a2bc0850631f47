"""What a unit serves, and what a person brings: skills, tools, hours, home."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from yinuo.domains.network import policies
from yinuo.domains.network.models import Person, ServiceUnit, Skill
from yinuo.domains.network.permissions import Permission
from yinuo.domains.network.qualification_models import HIGHEST_LEVEL, LEAST_LEVEL
from yinuo.domains.network.qualification_types import (
    Capacity,
    ServiceMode,
    SkillLevel,
    UnitReach,
)
from yinuo.domains.network.shifts import checked_shift
from yinuo.domains.network.types import Actor
from yinuo.domains.network.words import folded, kept_words
from yinuo.platform.errors import InvalidInput
from yinuo.platform.journal.work import stored, writing
from yinuo.platform.scoped import one_of

MOST_SKILLS = 60
FARTHEST_REACH = 2_000


def set_reach(
    *, actor: Actor, unit_id: object, version: int, reach: UnitReach, now: datetime
) -> ServiceUnit:
    """Say whom a unit serves, with what and how.

    Raises InvalidInput for a distance without the unit's own position, Conflict, NotFound.
    """
    unit = policies.unit_for(actor, unit_id, Permission.UNIT_WRITE)
    changes = _reach_columns(reach)
    with writing(actor=actor, now=now) as work:
        before = {name: _plain(getattr(unit, name)) for name in changes}
        stored(unit, expected_version=version, changes=changes)
        after = {name: _plain(value) for name, value in changes.items()}
        work.audit("unit.set_reach", unit, before=before, after=after)
        return unit


def set_capacity(
    *, actor: Actor, person_id: object, version: int, capacity: Capacity, now: datetime
) -> Person:
    """Say what a person can do, with which tools, in which hours, from where.

    Raises InvalidInput for a level outside 1 to 5, a skill named twice, hours that overlap.
    """
    person = qualifiable_person(actor, person_id)
    skills = checked_skills(capacity.skills)
    changes = {
        "tools": kept_words(capacity.tools, "tools"),
        "shift": [list(one) for one in checked_shift(capacity.shift)],
        "home_latitude": capacity.home.latitude if capacity.home else None,
        "home_longitude": capacity.home.longitude if capacity.home else None,
    }
    with writing(actor=actor, now=now) as work:
        stored(person, expected_version=version, changes=changes)
        Skill.objects.filter(person=person).delete()
        Skill.objects.bulk_create(
            Skill(person=person, name=one.name, name_key=folded(one.name), level=one.level)
            for one in skills
        )
        # Where somebody lives stays out of the trail.
        after = {
            "skills": {one.name: one.level for one in skills},
            "tools": changes["tools"],
            "shift": changes["shift"],
        }
        work.audit("person.set_capacity", person, after=after)
        return person


def grant_skill(
    *, actor: Actor, person_id: object, skill: SkillLevel, source: str, now: datetime
) -> Person:
    """Add a skill that somebody was taught; one he has at a higher level stays as it is.

    `source` says in the trail where it comes from. Raises NotFound out of the actor's reach.
    """
    person = qualifiable_person(actor, person_id)
    (given,) = checked_skills([skill])
    key = folded(given.name)
    with writing(actor=actor, now=now) as work:
        Person.objects.select_for_update().get(pk=person.pk)
        present = Skill.objects.filter(person=person, name_key=key).first()
        if present is not None and present.level >= given.level:
            return person
        Skill.objects.update_or_create(
            person=person, name_key=key, defaults={"name": given.name, "level": given.level}
        )
        person.refresh_from_db(fields=["version"])
        # A form that lists his skills and is open elsewhere must not take this one away.
        stored(person, expected_version=None, changes={})
        after = {"skill": given.name, "level": given.level, "source": source}
        work.audit("person.grant_skill", person, after=after)
        return person


def checked_skills(skills: Iterable[SkillLevel]) -> Sequence[SkillLevel]:
    """The skills with trimmed names. Raises InvalidInput on `skills`."""
    found = [SkillLevel(one.name.strip(), one.level) for one in skills]
    names = [folded(one.name) for one in found]
    problem = ""
    if any(not one.name or len(one.name) > 60 for one in found) or len(found) > MOST_SKILLS:
        problem = _("Name each skill with at most 60 characters, and at most 60 of them.")
    elif any(not LEAST_LEVEL <= one.level <= HIGHEST_LEVEL for one in found):
        problem = _("A level is a number from 1 to 5.")
    elif len(set(names)) < len(names):
        problem = _("A skill is named twice.")
    if problem:
        raise InvalidInput({"skills": problem})
    return found


def qualifiable_person(actor: Actor, public_id: object) -> Person:
    """The person, if the actor may say what he can do; NotFound otherwise."""
    allowed = actor.units_for(Permission.QUALIFICATION_WRITE)
    return one_of(policies.visible_people(actor).filter(unit_id__any=allowed), public_id)


def _reach_columns(reach: UnitReach) -> dict[str, object]:
    problems: dict[str, str] = {}
    if reach.reach_km is not None and reach.position is None:
        problems["reach_km"] = _("A distance needs the unit's own position.")
    elif reach.reach_km is not None and not 1 <= reach.reach_km <= FARTHEST_REACH:
        problems["reach_km"] = _("Give a distance from 1 to 2,000 km.")
    if not set(reach.service_modes) <= set(ServiceMode):
        problems["service_modes"] = _("There is no such way of service.")
    if problems:
        raise InvalidInput(problems)
    return {
        "areas": kept_words(reach.areas, "areas"),
        "product_lines": kept_words(reach.product_lines, "product_lines"),
        "service_modes": sorted(set(reach.service_modes)),
        "latitude": reach.position.latitude if reach.position else None,
        "longitude": reach.position.longitude if reach.position else None,
        "reach_km": reach.reach_km,
    }


def _plain(value: object) -> object:
    return value if isinstance(value, list | int | None) else str(value)
