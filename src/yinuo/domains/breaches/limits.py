"""How much a person may waive of one breach, by the roles he holds in its unit."""

from __future__ import annotations

import tomllib
from decimal import Decimal
from functools import cache
from pathlib import Path

from yinuo.domains.breaches.models import Authority
from yinuo.domains.breaches.types import AuthorityRow
from yinuo.domains.network.selectors import list_roles
from yinuo.domains.network.standing import roles_at
from yinuo.domains.network.types import Actor

_FILE = Path(__file__).resolve().parent / "data" / "authority.toml"
_NOTHING = Decimal("0.00")


def limit_of(actor: Actor, unit_id: int) -> Decimal | None:
    """The most the actor may waive of one breach of the unit: of his roles the largest.

    None is no limit, zero nothing.
    """
    if actor.person_id is None:
        return _NOTHING
    limits = _limits()
    found = [limits.get(role, _NOTHING) for role in roles_at(actor.person_id, unit_id)]
    if any(one is None for one in found):
        return None
    return max((one for one in found if one is not None), default=_NOTHING)


def list_limits() -> list[AuthorityRow]:
    """Every role with what it may waive of one breach; limits are no secret."""
    set_here = {row.role: row for row in Authority.objects.all()}
    limits = _limits()
    return [
        AuthorityRow(
            role.code,
            role.name_zh,
            role.name_en,
            limits.get(role.code, _NOTHING),
            set_here[role.code].version if role.code in set_here else 0,
        )
        for role in list_roles()
    ]


def _limits() -> dict[str, Decimal | None]:
    """Limits by role: the shipped ones, replaced by those that were set here."""
    return _shipped() | dict(Authority.objects.values_list("role", "most"))


@cache
def _shipped() -> dict[str, Decimal | None]:
    data = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    return {role: None if said == "unlimited" else Decimal(said) for role, said in data.items()}
