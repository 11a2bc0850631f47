"""Creating users, changing passwords, and ending every session that should not outlive a change."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from allauth.usersessions.models import UserSession
from django.contrib.auth.hashers import make_password
from django.contrib.auth.password_validation import validate_password
from django.contrib.sessions.models import Session
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext as _

from yinuo.platform.accounts.models import User
from yinuo.platform.accounts.names import fold
from yinuo.platform.errors import InvalidInput, NotFound


@dataclass(frozen=True, slots=True)
class NewUser:
    """What a user is made of. `password` None makes a user who signs in by token only."""

    username: str
    display_name: str
    password: str | None = field(repr=False)
    email: str = ""
    language: str = "zh-hans"


def create_user(new: NewUser, *, now: datetime) -> User:
    """Create an active user.

    Errors: `InvalidInput` with the fields `username`, `display_name`, `email`, `password` that
    break a rule: badly formed, taken (in any case or width), or a password R11 refuses.
    """
    user = User(
        username=fold(new.username),
        display_name=new.display_name.strip(),
        email=fold(new.email),
        language=new.language,
        created_at=now,
    )
    _check(user, new.password)
    user.password = make_password(new.password)
    try:
        with transaction.atomic():
            user.save(force_insert=True)
    except IntegrityError:  # taken by somebody between the check and now: say which name
        _check(user, new.password)
        raise
    return user


def _check(user: User, password: str | None) -> None:
    problems: dict[str, str] = {}
    try:
        user.full_clean(exclude=["password"], validate_constraints=False)
    except ValidationError as error:
        problems = {name: " ".join(texts) for name, texts in error.message_dict.items()}
    # By hand, because Django blames a conditional constraint on no field.
    if user.email and User.objects.filter(email=user.email).exists():
        problems["email"] = _("This address belongs to another account.")
    if password is not None:
        try:
            validate_password(password, user)
        except ValidationError as error:
            problems["password"] = " ".join(error.messages)
    if problems:
        raise InvalidInput(problems)


def change_password(user: User, password: str) -> None:
    """Give `user` another password and end all of the user's sessions.

    A view that wants to keep its own session renews it afterwards with
    `update_session_auth_hash`. The rules of R11 are the form's or `create_user`'s business.
    """
    user.password = make_password(password)
    with transaction.atomic():
        User.objects.filter(pk=user.pk).update(password=user.password)
        end_sessions(user_id=user.pk)
    user.refresh_from_db(fields=["password", "session_epoch"])


def deactivate_user(*, user_id: int) -> None:
    """Switch the account off: no sign-in, no session, no token works any more.

    Errors: `NotFound`. That the last administrator stays is the network domain's rule (R08).
    """
    with transaction.atomic():
        if not User.objects.filter(pk=user_id).update(is_active=False):
            raise NotFound
        end_sessions(user_id=user_id)


def reactivate_user(*, user_id: int) -> None:
    """Switch the account on again. Earlier sessions stay ended. Errors: `NotFound`."""
    if not User.objects.filter(pk=user_id).update(is_active=True):
        raise NotFound


def end_sessions(*, user_id: int) -> None:
    """End every session of the user, on all servers, with their next request (R14).

    To be called in the same transaction as a change of the user's roles.
    """
    User.objects.filter(pk=user_id).update(session_epoch=F("session_epoch") + 1)
    listed = UserSession.objects.filter(user_id=user_id)
    Session.objects.filter(session_key__in=listed.values("session_key")).delete()
    listed.delete()
