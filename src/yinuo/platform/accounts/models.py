"""Tables of accounts."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from yinuo.platform.accounts.names import USERNAME_LENGTH, fold, username_validator
from yinuo.platform.identifiers import new_public_id


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


class ApiToken(models.Model):
    """A bearer token. Only its hash is kept, so that no reader of the table can use it."""

    id = models.BigAutoField(primary_key=True)
    public_id = models.UUIDField(default=new_public_id, unique=True, editable=False)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="tokens")
    name = models.CharField(_("name"), max_length=80)
    secret_hash = models.BinaryField(max_length=32, unique=True)
    scopes = ArrayField(models.CharField(max_length=80))
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    # A day, not an instant: one write a day and token, not one a call.
    last_used_on = models.DateField(null=True)
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("created_at")), name="accounts_token_expires_later"
            ),
            models.CheckConstraint(
                condition=Q(scopes__len__gt=0), name="accounts_token_has_a_scope"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Invitation(models.Model):
    """Lets a user choose a password once. Only the hash is kept; using it deletes the row."""

    user = models.OneToOneField(User, on_delete=models.CASCADE, primary_key=True, related_name="+")
    secret_hash = models.BinaryField(max_length=32, unique=True)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.user_id)


class AttemptBucket(models.Model):
    """How many failed attempts a key has left, shared by all processes (see `throttle`)."""

    key = models.BinaryField(max_length=32, primary_key=True)
    # Until then earlier attempts are still being paid off, one per interval.
    busy_until = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return bytes(self.key).hex()


class SetupCode(models.Model):
    """The one-time code that admits the first administrator. At most one row."""

    id = models.SmallIntegerField(primary_key=True, default=1)
    code_hash = models.BinaryField(max_length=32)
    created_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(id=1), name="accounts_setup_code_single"),
        ]

    def __str__(self) -> str:
        return "set-up code"
