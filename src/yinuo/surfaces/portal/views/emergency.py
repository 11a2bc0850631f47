"""The emergency plan of the customer's own request: what happens next, and his yes or no."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from yinuo.domains.customers.visitors import Visitor
from yinuo.domains.emergency.services import answer_for_customer
from yinuo.domains.emergency.visitors import OwnChain, chain_for_visitor
from yinuo.platform.errors import Conflict, IllegalMove, InvalidInput, NotFound
from yinuo.surfaces.portal.access import visitors_only

LONGEST_VERSION = 9


@require_http_methods(["GET", "POST"])
@visitors_only
def plan(request: HttpRequest, visitor: Visitor, request_id: UUID) -> HttpResponse:
    """The chain with arrival, lead, work and cost; a POST is the customer's answer."""
    chain = chain_for_visitor(visitor, request_id)
    if chain is None:
        raise NotFound
    if request.method == "POST":
        _answer(request, visitor, chain)
        return redirect("portal:emergency", request_id)
    context = {"visitor": visitor, "here": "start", "chain": chain}
    return render(request, "portal/emergency.html", context)


def _answer(request: HttpRequest, visitor: Visitor, chain: OwnChain) -> None:
    given = request.POST.get("version", "")
    is_number = given.isascii() and given.isdigit() and len(given) <= LONGEST_VERSION
    try:
        answer_for_customer(
            visitor=visitor,
            plan_id=chain.public_id,
            version=int(given) if is_number else 0,
            outcome=request.POST.get("outcome", ""),
            reason=request.POST.get("reason", ""),
            now=timezone.now(),
        )
    except InvalidInput as error:
        messages.error(request, " ".join(map(str, error.fields.values())))
    except Conflict:
        messages.error(request, _("The plan changed meanwhile. Read it again, then answer."))
    except IllegalMove as error:
        messages.error(request, str(error.message))
    else:
        messages.success(request, _("Your answer is recorded."))
