"""Which call-backs an actor sees: those of the requests he sees."""

from __future__ import annotations

from django.db.models import QuerySet

from yinuo.domains.feedback.models import CallBack
from yinuo.domains.network.types import Actor
from yinuo.domains.requests.policies import visible_requests


def visible_call_backs(actor: Actor) -> QuerySet[CallBack]:
    """Call-backs of visible requests."""
    return CallBack.objects.filter(request__in=visible_requests(actor))
