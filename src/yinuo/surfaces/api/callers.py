"""Who calls: bearer token, the person behind it, the right this operation needs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from ninja.security import HttpBearer

from yinuo.domains.devices.services.registering import is_revoked
from yinuo.domains.network.actors import get_token_actor
from yinuo.domains.network.permissions import Permission
from yinuo.domains.network.types import Actor
from yinuo.platform.accounts.services.tokens import secret_hash
from yinuo.platform.errors import Forbidden, InvalidInput, SignInNeeded

LONGEST_NAME = 80


class DeviceRevoked(SignInNeeded):
    """The phone was taken away: the app erases what it holds (R54)."""

    code = "device_revoked"
    message = gettext_lazy("This phone was signed out. What it held is erased.")


@dataclass(frozen=True, slots=True)
class Call:
    """Who calls and when. The clock is read here, once, and passed down.

    `secret_hash` is the stored form of his token, by which a phone is known.
    """

    actor: Actor
    now: datetime
    secret_hash: bytes | None = None


class ApiRequest(HttpRequest):
    """A request that has passed BearerToken."""

    auth: Call


class BearerToken(HttpBearer):
    """Admits a call of one operation: valid token, the right held anywhere, known parameters.

    Where exactly the right is held is the policies' business; somebody who holds it nowhere
    learns nothing about objects from the refusal.
    """

    def __init__(self, right: Permission) -> None:
        super().__init__()
        self.right = right
        self.parameters: frozenset[str] = frozenset()

    def authenticate(self, request: HttpRequest, token: str) -> Call:
        """The call; raises SignInNeeded, DeviceRevoked for a phone that was taken away, Forbidden,
        or InvalidInput for an unknown parameter."""
        now = datetime.now(UTC)
        hashed = secret_hash(token)
        try:
            actor = get_token_actor(token, now)
        except SignInNeeded as error:
            if is_revoked(hashed):
                raise DeviceRevoked from error
            raise
        if not actor.may(self.right):
            raise Forbidden
        if unknown := request.GET.keys() - self.parameters:
            raise InvalidInput(
                {name[:LONGEST_NAME]: _("There is no such field.") for name in unknown}
            )
        return Call(actor, now, hashed)
