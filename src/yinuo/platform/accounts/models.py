"""Tables of accounts."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _
from uuid_utils.compat import uuid7

from yinuo.platform.accounts.names import USERNAME_LENGTH, fold, username_validator


def new_public_id() -> uuid.UUID:
    """A fresh UUIDv7: the only identity that leaves the database."""
    return uuid7()


class UserManager(BaseUserManager["User"]):
    """Finds users by the folded spelling of their name."""

    def get_by_natural_key(self, username: str | None) -> User:
        """The user of that name, in any case and width; `User.DoesNotExist` when absent."""
        return self.get(username=fold(username or ""))


class User(AbstractBaseUser):
    """A person or machine that signs in. What it may do is decided by roles, never by this row."""

    id = models.BigAutoField(primary_key=True)
    public_id = models.UUIDField(default=new_public_id, unique=True, editable=False)
    username = models.CharField(
        _("user name"), max_length=USERNAME_LENGTH, unique=True, validators=[username_validator]
    )
    display_name = models.CharField(_("name"), max_length=80)
    email = models.EmailField(_("e-mail"), max_length=254, blank=True, default="")
    language = models.CharField(_("language"), max_length=10, default="zh-hans")
    is_active = models.BooleanField(default=True)
    # Part of every session's fingerprint: raising it ends all sessions of the user (R14).
    session_epoch = models.IntegerField(default=0)
    created_at = models.DateTimeField()

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(username=Lower("username")) & ~Q(username=""),
                name="accounts_user_username_folded",
            ),
            models.CheckConstraint(
                condition=Q(email=Lower("email")), name="accounts_user_email_folded"
            ),
            models.UniqueConstraint(
                fields=["email"], condition=~Q(email=""), name="accounts_user_email_unique"
            ),
        ]

    def __str__(self) -> str:
        return self.username

    def clean(self) -> None:
        """Fold the names, so that forms validate what will be stored."""
        self.username = fold(self.username)
        self.email = fold(self.email)

    def get_full_name(self) -> str:
        """The name people read."""
        return self.display_name

    def get_session_auth_hash(self) -> str:
        """The fingerprint a session must carry: password and epoch (R14)."""
        return salted_hmac(
            "yinuo.platform.accounts.session",
            f"{self.session_epoch}:{self.password}",
            algorithm="sha256",
        ).hexdigest()
