"""Who calls: bearer token, the person behind it, the right this operation needs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja.security import HttpBearer

from yinuo.domains.network.actors import get_token_actor
from yinuo.domains.network.permissions import Permission
from yinuo.domains.network.types import Actor
from yinuo.platform.errors import Forbidden, InvalidInput

LONGEST_NAME = 80


@dataclass(frozen=True, slots=True)
class Call:
    """Who calls and when. The clock is read here, once, and passed down."""

    actor: Actor
    now: datetime


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
        """The call; raises SignInNeeded, Forbidden, or InvalidInput for an unknown parameter."""
        now = datetime.now(UTC)
        actor = get_token_actor(token, now)
        if not actor.may(self.right):
            raise Forbidden
        if unknown := request.GET.keys() - self.parameters:
            raise InvalidInput(
                {name[:LONGEST_NAME]: _("There is no such field.") for name in unknown}
            )
        return Call(actor, now)
