"""What each role may do: new roles, other names, other rights."""

from __future__ import annotations

import re
from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from yinuo.domains.network.models import Assignment, Role
from yinuo.domains.network.permissions import EVERY, Permission
from yinuo.domains.network.policies import require
from yinuo.domains.network.rights import as_words, ticked
from yinuo.domains.network.selectors import headquarters_id
from yinuo.domains.network.services.roles import require_administrator_left, take_turns
from yinuo.domains.network.types import Actor
from yinuo.platform.accounts.services import end_sessions
from yinuo.platform.errors import InvalidInput
from yinuo.platform.journal.work import stored, writing
from yinuo.platform.scoped import one_of

_CODE = re.compile(r"[a-z][a-z0-9_]{1,39}")
NAME_LENGTH = 40


def create_role(
    *,
    actor: Actor,
    code: str,
    name_zh: str,
    name_en: str,
    rights: Collection[str],
    now: datetime,
) -> Role:
    """A role for the whole company, with these rights by value.

    Raises Forbidden without `role:write` at headquarters, InvalidInput for a code that is taken or
    not written as codes are, empty names, unknown rights, and rights that the actor may not give.
    """
    _require_may_write(actor)
    problems = _problems(name_zh, name_en, rights)
    if not _CODE.fullmatch(code):
        problems["code"] = _("Use 2 to 40 small letters, digits and underscores, a letter first.")
    elif Role.objects.filter(code=code).exists():
        problems["code"] = _("There is a role with this code already.")
    problems |= _beyond(actor, frozenset(rights), is_own=False)
    if problems:
        raise InvalidInput(problems)
    with writing(actor=actor, now=now) as work:
        role = Role.objects.create(
            code=code,
            name_zh=name_zh.strip(),
            name_en=name_en.strip(),
            permissions=as_words(rights, ()),
        )
        work.audit("network.create_role", role, after={"code": code, "rights": role.permissions})
        return role


def edit_role(
    *,
    actor: Actor,
    role_id: object,
    version: int,
    name_zh: str,
    name_en: str,
    rights: Collection[str],
    now: datetime,
) -> Role:
    """Rename a role, and let it do other things; who else holds it signs in anew (R14).

    Rights nobody but an administrator gives are those the actor lacks; to a role that he holds
    himself not even he adds them (R08). Raises as `create_role`; IllegalMove when nobody would be
    left who can give roles, Conflict when somebody was faster.
    """
    _require_may_write(actor)
    role = one_of(Role.objects.all(), role_id)
    held = Assignment.objects.filter(role=role, person__user__isnull=False)
    holders = set(held.values_list("person__user_id", flat=True))
    added = frozenset(rights) - ticked(role.permissions)
    problems = _problems(name_zh, name_en, rights) | _beyond(
        actor, added, is_own=actor.user_id in holders
    )
    if problems:
        raise InvalidInput(problems)
    with writing(actor=actor, now=now) as work:
        take_turns()
        before = {"name": role.name_zh, "rights": role.permissions}
        words = as_words(rights, role.permissions)
        changes: dict[str, Any] = {
            "name_zh": name_zh.strip(),
            "name_en": name_en.strip(),
            "permissions": words,
        }
        changed = ticked(words) != ticked(role.permissions)
        stored(role, expected_version=version, changes=changes)
        require_administrator_left()
        if changed:
            for user_id in holders - {actor.user_id}:
                end_sessions(user_id=user_id)
        after = {"name": role.name_zh, "rights": words}
        work.audit("network.edit_role", role, before=before, after=after)
        return role


def _require_may_write(actor: Actor) -> None:
    """A role holds in every unit, so whoever writes it answers for headquarters."""
    require(actor, Permission.ROLE_WRITE, headquarters_id())


def _problems(name_zh: str, name_en: str, rights: Collection[str]) -> dict[str, str]:
    found = {
        field: _("Give a name of at most 40 characters.")
        for field, name in (("name_zh", name_zh), ("name_en", name_en))
        if not 0 < len(name.strip()) <= NAME_LENGTH
    }
    if not set(rights) <= {right.value for right in EVERY}:
        found["rights"] = _("Choose rights from the list.")
    return found


def _beyond(actor: Actor, added: frozenset[str], *, is_own: bool) -> dict[str, str]:
    unit = headquarters_id()
    lacked = [one for one in added & set(EVERY) if not actor.may(Permission(one), unit)]
    if not lacked:
        return {}
    if is_own:
        return {
            "rights": _("You hold this role yourself: somebody else must add rights that you lack.")
        }
    if not actor.may(Permission.ROLE_ASSIGN_ANY, unit):
        return {"rights": _("You can only give rights that you hold at headquarters.")}
    return {}
