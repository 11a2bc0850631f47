"""What `yinuo token …` does once the database is reached; imported after Django is set up."""

from __future__ import annotations

import argparse
import sys
from datetime import timedelta

from django.utils import timezone

from yinuo.domains.network.permissions import Permission
from yinuo.domains.network.types import SYSTEM
from yinuo.platform.accounts.models import User
from yinuo.platform.accounts.names import fold
from yinuo.platform.accounts.services import create_token, list_tokens, revoke_token
from yinuo.platform.accounts.services.tokens import check_scopes
from yinuo.platform.errors import InvalidInput, NotFound
from yinuo.platform.identifiers import parse_public_id
from yinuo.platform.journal.work import writing
from yinuo.surfaces.cli.exits import CLEAN, USAGE, RefusedError


def create(options: argparse.Namespace) -> int:
    """Make a token and print it alone on standard output. Errors: RefusedError."""
    try:
        scopes = check_scopes(options.scope, Permission)
    except InvalidInput as error:
        hint(f"yinuo token: unknown scope: {error.fields['scopes']}")
        hint("A scope is `*`, a whole resource like `request:*`, a whole action like `*:read`, or:")
        hint("\n".join(f"  {permission}" for permission in Permission))
        return USAGE
    user = _user(options.user)
    now = timezone.now()
    with writing(actor=SYSTEM, now=now) as work:
        token, secret = create_token(
            user_id=user.pk,
            name=options.name,
            scopes=scopes,
            expires_at=now + timedelta(days=options.days),
            now=now,
        )
        content = {"name": token.name, "scopes": scopes, "expires_at": token.expires_at.isoformat()}
        work.audit("token.create", token, after={"user": str(user.public_id), **content})
    hint(f"Token {token.public_id} works until {token.expires_at:%Y-%m-%d %H:%M} UTC.")
    hint("Keep it now: it is not shown again.")
    print(secret)
    return CLEAN


def list_live(options: argparse.Namespace) -> int:
    """List a user's tokens that still work, newest first, without secrets. Errors: RefusedError."""
    for token in list_tokens(user_id=_user(options.user).pk, now=timezone.now()):
        used = token.last_used_on or "never used"
        until = f"{token.expires_at:%Y-%m-%d}"
        print(token.public_id, until, used, ",".join(token.scopes), token.name, sep="\t")
    return CLEAN


def revoke(options: argparse.Namespace) -> int:
    """End a token at once. Errors: RefusedError."""
    identity = parse_public_id(options.id)
    now = timezone.now()
    try:
        if identity is None:
            raise NotFound
        with writing(actor=SYSTEM, now=now) as work:
            token = revoke_token(public_id=identity, now=now)
            work.audit("token.revoke", token, after={"name": token.name})
    except NotFound:
        raise RefusedError(f"there is no token {options.id}") from None
    hint(f"Token {identity} is revoked.")
    return CLEAN


ACTIONS = {"create": create, "list": list_live, "revoke": revoke}


def hint(text: str) -> None:
    """A line for the person, beside what a script reads."""
    print(text, file=sys.stderr)


def _user(username: str) -> User:
    """The active user of that name. Errors: RefusedError."""
    user = User.objects.filter(username=fold(username), is_active=True).first()
    if user is None:
        raise RefusedError(f"there is no active user {username}")
    return user
