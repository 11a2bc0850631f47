"""Headquarters, units and people with roles, accounts and tokens."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import count

from yinuo.domains.network.actors import get_actor
from yinuo.domains.network.models import Person, ServiceUnit
from yinuo.domains.network.services import (
    assign_role,
    create_person,
    create_unit,
    edit_unit,
    found_company,
    link_user,
)
from yinuo.domains.network.types import Actor
from yinuo.platform.accounts.models import User
from yinuo.platform.accounts.services import NewUser, create_user
from yinuo.platform.accounts.services.tokens import create_token

_serial = count(1)
MONTH = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody with an account. `actor` is read anew, so it always has his present rights."""

    person: Person
    user: User

    @property
    def actor(self) -> Actor:
        return get_actor(self.user.pk)

    def token(self, *scopes: str, lives: timedelta = MONTH, made_at: datetime | None = None) -> str:
        """A bearer token of his, for every scope unless some are named."""
        now = made_at or datetime.now(UTC)
        _, secret = create_token(
            user_id=self.user.pk,
            name="test",
            scopes=scopes or ["*"],
            expires_at=now + lives,
            now=now,
        )
        return secret


@dataclass(frozen=True, slots=True)
class Company:
    """Headquarters and its administrator."""

    headquarters: ServiceUnit
    administrator: Member


def make_user(display_name: str, password: str | None = None) -> User:
    """An account; without password it can only use tokens, which keeps tests fast."""
    new = NewUser(f"user{next(_serial)}", display_name, password)
    return create_user(new, now=datetime.now(UTC))


def make_company(name: str = "星桥设备", code: str = "HQ") -> Company:
    """An installation just set up: headquarters, standard roles, the administrator."""
    user = make_user("管理员")
    person = found_company(
        name=name, code=code, admin_name="管理员", user_id=user.pk, now=datetime.now(UTC)
    )
    return Company(person.unit, Member(person, user))


def make_unit(by: Member, parent: ServiceUnit, code: str = "", name: str = "") -> ServiceUnit:
    """A unit below `parent`."""
    code = code or f"U{next(_serial)}"
    return create_unit(
        actor=by.actor,
        parent_id=parent.public_id,
        code=code,
        name=name or code,
        now=datetime.now(UTC),
    )


def rename(by: Member, unit: ServiceUnit, name: str = "") -> None:
    """Give a unit another name."""
    unit.refresh_from_db()
    edit_unit(
        actor=by.actor,
        unit_id=unit.public_id,
        version=unit.version,
        name=name or f"{unit.name}（更名）",
        active=unit.active,
        now=datetime.now(UTC),
    )


def make_member(
    by: Member, unit: ServiceUnit, roles: Sequence[str], name: str = "", password: str | None = None
) -> Member:
    """Somebody of `unit` who holds these roles there and can sign in."""
    now = datetime.now(UTC)
    user = make_user(name or f"员工{next(_serial)}", password)
    person = create_person(
        actor=by.actor, unit_id=unit.public_id, name=name or user.display_name, now=now
    )
    link_user(actor=by.actor, person_id=person.public_id, user_id=user.pk, now=now)
    for role in roles:
        assign_role(
            actor=by.actor,
            person_id=person.public_id,
            role_code=role,
            unit_id=unit.public_id,
            now=now,
        )
    return Member(person, user)
