"""The wish that units be asked for a request by themselves: routing takes it up."""

from __future__ import annotations

from django.db import transaction
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

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
