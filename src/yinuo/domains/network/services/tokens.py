"""API tokens that people make for themselves; each gives at most what its holder may do (R16)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.utils.translation import gettext as _

from yinuo.domains.network.permissions import Permission
from yinuo.domains.network.types import Actor
from yinuo.platform.accounts.models import ApiToken
from yinuo.platform.accounts.services import create_token, revoke_token
from yinuo.platform.accounts.services.tokens import check_scopes
from yinuo.platform.errors import Forbidden, InvalidInput
from yinuo.platform.journal.work import writing

NAME_LENGTH = 80


def issue_token(
    *, actor: Actor, name: str, scopes: Sequence[str], days: int, now: datetime
) -> tuple[ApiToken, str]:
    """A token for the actor himself, good for `days`, and its secret, shown once.

    Raises InvalidInput for a bad name, no or unknown scopes, or a life beyond 366 days.
    """
    if actor.user_id is None:
        raise Forbidden
    if not name.strip() or len(name.strip()) > NAME_LENGTH:
        raise InvalidInput({"name": _("Give a name of at most 80 characters.")})
    words = check_scopes(scopes, Permission)
    with writing(actor=actor, now=now) as work:
        token, secret = create_token(
            user_id=actor.user_id,
            name=name.strip(),
            scopes=words,
            expires_at=now + timedelta(days=days),
            now=now,
        )
        content = {"name": token.name, "scopes": words, "expires_at": token.expires_at.isoformat()}
        work.audit("token.create", token, after=content)
        return token, secret


def withdraw_token(*, actor: Actor, token_id: UUID, now: datetime) -> None:
    """End one of the actor's own tokens at once. Raises NotFound for anybody else's."""
    if actor.user_id is None:
        raise Forbidden
    with writing(actor=actor, now=now) as work:
        token = revoke_token(public_id=token_id, user_id=actor.user_id, now=now)
        work.audit("token.revoke", token, after={"name": token.name})
