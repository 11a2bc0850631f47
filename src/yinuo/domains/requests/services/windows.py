"""Having the pauses of a request looked at once something was said about them."""

from __future__ import annotations

from collections.abc import Iterable

from yinuo.domains.requests.models import PauseLook, Request
from yinuo.kernel.states import PAUSED
from yinuo.platform.journal.work import Work

ABOUT_PAUSES = (PAUSED, "pause_acknowledged", "pause_objected", "pause_objection_upheld")


def look_at_pauses_of(request: Request, kinds: Iterable[str], work: Work) -> None:
    """Wake a worker for this request when facts of these kinds begin a pause or answer one.

    How long the customer may object is worked out there, from the facts as they stand then.
    """
    if any(kind in ABOUT_PAUSES for kind in kinds):
        PauseLook.objects.update_or_create(request=request, defaults={"look_at": work.now})
