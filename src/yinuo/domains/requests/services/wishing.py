"""The wish that units be asked for a request by themselves: routing takes it up."""

from __future__ import annotations

from django.db import transaction
from django.db.models import QuerySet
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from yinuo.domains.requests.models import Request

TASK = "routing.offer_wanted"


def wished(mode: str) -> dict[str, str]:
    """The column of a request for which units are to be asked in this way; none for no way.

    A worker is called at once; should the call be lost, the run of every minute finds the wish.
    """
    if not mode:
        return {}
    task = app.configure_task(TASK, queueing_lock=TASK, allow_unknown=True)
    try:
        # A refusal of the queue must not end the step around it.
        with transaction.atomic():
            task.defer()
    except AlreadyEnqueued:
        pass
    return {"offer_as": mode}


def wished_ids(at_most: int) -> list[int]:
    """Internal ids of requests for which units are still to be asked, the oldest first."""
    return list(_wishes().order_by("id").values_list("pk", flat=True)[:at_most])


def locked_wish(pk: int) -> Request | None:
    """The request, locked until the step ends; None when it is worked on or no longer wished."""
    return _wishes().select_for_update(of=("self",), skip_locked=True).filter(pk=pk).first()


def drop_wish(pk: int) -> None:
    """Units are not asked for it any more."""
    _wishes().filter(pk=pk).update(offer_as="")


def _wishes() -> QuerySet[Request]:
    return Request.objects.exclude(offer_as="")
