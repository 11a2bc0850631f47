"""Deciding about a customer's objection to a pause."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from yinuo.domains.requests.claims import may_decide_claims
from yinuo.domains.requests.services.claiming import decide_objection
from yinuo.platform.errors import Forbidden, IllegalMove, InvalidInput
from yinuo.surfaces.console.access import actor_of, page

SOURCE, STANDS, WITHDRAWN = "console", "stands", "withdrawn"


@require_POST
@page
def decide(request: HttpRequest, request_id: UUID, fact_id: UUID) -> HttpResponse:
    """The objection stands, or it is withdrawn."""
    actor, said = actor_of(request), request.POST.get("say")
    if not may_decide_claims(actor, request_id):
        raise Forbidden
    try:
        if said not in (STANDS, WITHDRAWN):
            raise InvalidInput({"say": _("Choose one of those offered.")})
        decide_objection(
            actor=actor,
            request_id=request_id,
            pause_id=fact_id,
            stands=said == STANDS,
            reason=request.POST.get("reason", ""),
            source=SOURCE,
            now=timezone.now(),
        )
    except InvalidInput as error:
        messages.error(request, " ".join(map(str, error.fields.values())))
    except IllegalMove as error:
        messages.error(request, str(error.message))
    else:
        messages.success(request, _("Decided. The promises are computed anew."))
    return redirect("console:requests_one", request_id)
