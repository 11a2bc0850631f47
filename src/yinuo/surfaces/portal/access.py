"""Who is asking: every page of the portal goes through here."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import nullcontext
from functools import wraps
from typing import Concatenate, ParamSpec, cast
from zoneinfo import ZoneInfo

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils import timezone

from yinuo.domains.customers.visitors import Visitor, get_visitor, reading
from yinuo.domains.network.actors import get_actor
from yinuo.platform.errors import SignInNeeded, YinuoError
from yinuo.surfaces.portal.errors import (
    BAD_REQUEST,
    FOR_CUSTOMERS,
    NOBODY,
    SIGNED_OUT,
    error_page,
    render_problem,
)

NUL = "%00"
SAFE = ("GET", "HEAD")
P = ParamSpec("P")
VisitorView = Callable[Concatenate[HttpRequest, Visitor, P], HttpResponseBase]
View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]


def visitors_only(view: VisitorView[P]) -> View[P]:
    """A view for signed-in contacts of customers, in the local time of their site.

    The visitor is read anew each time, so that one who lost his sign-in is out at once (R06).
    Somebody who works here gets a page that says so, whatever the address.
    """

    @wraps(view)
    def guarded(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        user_id = request.user.pk
        if user_id is None:
            return _sign_in_first(request)
        try:
            visitor = get_visitor(user_id)
        except SignInNeeded:
            return _no_visitor(request, user_id)
        if NUL in request.META.get("QUERY_STRING", ""):
            return render_problem(request, BAD_REQUEST)
        with timezone.override(ZoneInfo(visitor.zone)):
            try:
                with reading(visitor) if request.method in SAFE else nullcontext():
                    return view(request, visitor, *args, **kwargs)
            except YinuoError as error:
                return error_page(request, error)

    # The stubs type the result of `wraps` as a wrapper object; it is an ordinary view.
    return cast(View[P], guarded)


def _sign_in_first(request: HttpRequest) -> HttpResponseBase:
    if request.method == "GET":
        return redirect_to_login(request.get_full_path())
    return render_problem(request, SIGNED_OUT)


def _no_visitor(request: HttpRequest, user_id: int) -> HttpResponse:
    try:
        get_actor(user_id)
    except SignInNeeded:
        return render_problem(request, NOBODY)
    return render_problem(request, FOR_CUSTOMERS)
