"""The customer's word on a pause as told to us, and deciding about his objection."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from yinuo.domains.requests.claims import may_decide_claims
from yinuo.domains.requests.services.claiming import ToldAnswer, decide_objection, note_answer
from yinuo.platform.errors import Forbidden, IllegalMove, InvalidInput
from yinuo.surfaces.console.access import actor_of, page

SOURCE, STANDS, WITHDRAWN = "console", "stands", "withdrawn"
# What the customer said elsewhere.
ACKNOWLEDGES, OBJECTS = "acknowledges", "objects"


@require_POST
@page
def decide(request: HttpRequest, request_id: UUID, fact_id: UUID) -> HttpResponse:
    """What the customer said elsewhere; or his objection stands, or it is withdrawn."""
    actor, said = actor_of(request), request.POST.get("say")
    if not may_decide_claims(actor, request_id):
        raise Forbidden
    try:
        if said in (ACKNOWLEDGES, OBJECTS):
            _note(request, request_id, fact_id)
        elif said in (STANDS, WITHDRAWN):
            decide_objection(
                actor=actor,
                request_id=request_id,
                pause_id=fact_id,
                stands=said == STANDS,
                reason=request.POST.get("reason", ""),
                source=SOURCE,
                now=timezone.now(),
            )
        else:
            raise InvalidInput({"say": _("Choose one of those offered.")})
    except InvalidInput as error:
        messages.error(request, " ".join(map(str, error.fields.values())))
    except (IllegalMove, Forbidden) as error:
        messages.error(request, str(error.message))
    else:
        messages.success(request, _("Recorded. The promises are computed anew."))
    return redirect("console:requests_one", request_id)


def _note(request: HttpRequest, request_id: UUID, fact_id: UUID) -> None:
    """What the customer said by phone, letter or mail."""
    sent = request.POST
    note_answer(
        actor=actor_of(request),
        request_id=request_id,
        pause_id=fact_id,
        answer=ToldAnswer(
            objects=sent.get("say") == OBJECTS,
            said_by=sent.get("said_by", ""),
            how=sent.get("how", ""),
            reason=sent.get("reason", ""),
        ),
        source=SOURCE,
        now=timezone.now(),
    )
