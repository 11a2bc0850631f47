"""The error tree: each error has a stable code, a message in the reader's language and a status.

Messages say what to do next. They never carry SQL, paths or traces (R30).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Text = str | Promise


class YinuoError(Exception):
    """Base of every expected error. `details` is JSON-ready and safe to show."""

    code: ClassVar[str] = "error"
    status: ClassVar[int] = 400
    message: Text = _("This could not be done.")

    def __init__(
        self, message: Text | None = None, *, details: Mapping[str, Any] | None = None
    ) -> None:
        if message is not None:
            self.message = message
        self.details = dict(details or {})
        super().__init__(self.code)


class InvalidInput(YinuoError):
    """One or more fields are wrong. `fields` maps a field's name to what is wrong with it."""

    code = "invalid_input"
    status = 422
    message = _("Some entries need correcting.")

    def __init__(self, fields: Mapping[str, Text], message: Text | None = None) -> None:
        super().__init__(message)
        self.fields = dict(fields)


class NotFound(YinuoError):
    """Absent or not visible to the actor: the same answer for both (R03)."""

    code = "not_found"
    status = 404
    message = _("There is nothing here that you may see.")


class Forbidden(YinuoError):
    """The actor sees the object but may not do this."""

    code = "forbidden"
    status = 403
    message = _("You do not have the right to do this.")


class SignInNeeded(YinuoError):
    """No valid session or token."""

    code = "sign_in_needed"
    status = 401
    message = _("Sign in, or send a valid token.")


class Conflict(YinuoError):
    """Somebody else changed it meanwhile; `details` has both versions (R38)."""

    code = "stale_version"
    status = 409
    message = _("Somebody else changed this meanwhile. Compare both versions and decide.")


class IllegalMove(YinuoError):
    """The state machine does not allow this step from the present state (R39)."""

    code = "illegal_move"
    status = 409
    message = _("This step is not possible in the present state.")


class IdempotencyMismatch(YinuoError):
    """The same idempotency key came back with another content (R37)."""

    code = "idempotency_mismatch"
    status = 422
    message = _("This key was already used for another content. Use a new key.")


class IdempotencyKeyMissing(YinuoError):
    """A writing call came without its idempotency key (R37)."""

    code = "idempotency_key_missing"
    status = 400
    message = _("Send an Idempotency-Key header of 8 to 128 visible characters with every write.")
