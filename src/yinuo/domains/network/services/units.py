"""The tree of service units."""

from __future__ import annotations

import re
from datetime import datetime

from django.utils.translation import gettext as _

from yinuo.domains.network import policies
from yinuo.domains.network.models import FormerName, ServiceUnit
from yinuo.domains.network.permissions import Permission
from yinuo.domains.network.types import Actor
from yinuo.platform.errors import InvalidInput
from yinuo.platform.journal.work import stored, writing
from yinuo.platform.sorting import pinyin_key

_CODE = re.compile(r"[A-Z0-9]{2,8}")
LOWEST_LEVEL = 3


def create_unit(
    *, actor: Actor, parent_id: object, code: str, name: str, now: datetime
) -> ServiceUnit:
    """Add a unit below a visible one. Levels: 1 headquarters, 2 centre, 3 partner.

    Raises InvalidInput for a bad or taken code, an empty name, or a parent of level 3.
    """
    parent = policies.unit_for(actor, parent_id, Permission.UNIT_WRITE)
    code = code.strip().upper()
    problems = _problems(code, name)
    if parent.level >= LOWEST_LEVEL:
        problems["parent"] = _("A partner has no units below it.")
    if problems:
        raise InvalidInput(problems)
    with writing(actor=actor, now=now) as work:
        unit = ServiceUnit.objects.create(
            code=code,
            name=name.strip(),
            name_key=pinyin_key(name),
            level=parent.level + 1,
            parent=parent,
            path="-",
        )
        unit.path = f"{parent.path}{unit.pk}/"
        unit.save(update_fields=["path"])
        work.audit("unit.create", unit, after={"code": code, "name": name, "parent": parent.code})
        return unit


def edit_unit(
    *, actor: Actor, unit_id: object, version: int, name: str, active: bool, now: datetime
) -> ServiceUnit:
    """Rename a unit, close or reopen it; a closed unit grants its people nothing.

    Papers issued before keep the name it had.
    """
    unit = policies.unit_for(actor, unit_id, Permission.UNIT_WRITE)
    if problems := _problems(unit.code, name, but=unit):
        raise InvalidInput(problems)
    if not active and unit.parent_id is None:
        raise InvalidInput({"active": _("Headquarters cannot be closed.")})
    with writing(actor=actor, now=now) as work:
        called, before = unit.name, {"name": unit.name, "active": unit.active}
        changes = {"name": name.strip(), "name_key": pinyin_key(name), "active": active}
        stored(unit, expected_version=version, changes=changes)
        if name.strip() != called:
            FormerName.objects.create(unit=unit, name=called, until=now)
        work.audit("unit.edit", unit, before=before, after={"name": name, "active": active})
        return unit


def _problems(code: str, name: str, *, but: ServiceUnit | None = None) -> dict[str, str]:
    problems: dict[str, str] = {}
    if not _CODE.fullmatch(code):
        problems["code"] = _("Use 2 to 8 capital letters or digits.")
    elif but is None and ServiceUnit.objects.filter(code=code).exists():
        problems["code"] = _("This code is already taken.")
    if not name.strip() or len(name) > 120:
        problems["name"] = _("Give a name of at most 120 characters.")
    return problems
