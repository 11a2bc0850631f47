"""The request that a link is about, for whoever holds it."""

from __future__ import annotations

from uuid import UUID

from yinuo.domains.requests.models import Request
from yinuo.platform.errors import NotFound


def request_of_link(public_id: UUID) -> Request:
    """The request with this id, locked until the step ends; NotFound when it is gone.

    The caller has checked the secret, which stands for the right to know of this one request.
    """
    rows = Request.objects.select_for_update(of=("self",)).select_related("asset", "customer")
    found = rows.filter(public_id=public_id).first()
    if found is None:
        raise NotFound
    return found


def read_request_of_link(public_id: UUID) -> Request:
    """The same to be read only."""
    found = Request.objects.select_related("asset", "site").filter(public_id=public_id).first()
    if found is None:
        raise NotFound
    return found
