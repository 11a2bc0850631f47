"""The customer's word on a pause of his own request."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from yinuo.domains.customers.visitors import Visitor
from yinuo.domains.requests.services.claiming import answer_pause
from yinuo.platform.errors import IllegalMove, InvalidInput
from yinuo.surfaces.portal.access import visitors_only

OBJECT = "object"


@require_POST
@visitors_only
def answer(request: HttpRequest, visitor: Visitor, request_id: UUID, fact_id: UUID) -> HttpResponse:
    """Acknowledge the pause, or object and say why."""
    try:
        answer_pause(
            visitor=visitor,
            request_id=request_id,
            pause_id=fact_id,
            objects=request.POST.get("say") == OBJECT,
            reason=request.POST.get("reason", ""),
            now=timezone.now(),
        )
    except InvalidInput as error:
        messages.error(request, " ".join(map(str, error.fields.values())))
    except IllegalMove as error:
        messages.error(request, str(error.message))
    else:
        messages.success(request, _("Your answer is recorded."))
    return redirect("portal:request", request_id)
