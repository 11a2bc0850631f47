"""Who is asking: the actor behind a page, and the wrapper every console page goes through."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import nullcontext
from functools import wraps
from typing import Concatenate, ParamSpec, cast

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect

from yinuo.domains.customers.visitors import get_visitor
from yinuo.domains.network.actors import get_actor
from yinuo.domains.network.reading import reading
from yinuo.domains.network.types import Actor
from yinuo.platform.errors import SignInNeeded, YinuoError
from yinuo.surfaces.console.errors import (
    BAD_REQUEST,
    FOR_STAFF,
    SIGNED_OUT,
    error_page,
    is_fragment,
    render_problem,
)

NUL = "%00"
SAFE = ("GET", "HEAD")
_KEPT = "_yinuo_actor"
P = ParamSpec("P")


def actor_of(request: HttpRequest) -> Actor:
    """The actor of this request, looked up once. Errors: SignInNeeded without an active person."""
    kept = getattr(request, _KEPT, None)
    if kept is None:
        user_id = request.user.pk
        if user_id is None:
            raise SignInNeeded
        kept = get_actor(user_id)
        setattr(request, _KEPT, kept)
    return cast(Actor, kept)


def user_of(request: HttpRequest) -> int:
    """The id of the account that is signed in: what belongs to it alone is kept under it."""
    return cast(int, request.user.pk)


def page(
    view: Callable[Concatenate[HttpRequest, P], HttpResponseBase],
) -> Callable[Concatenate[HttpRequest, P], HttpResponseBase]:
    """A view for signed-in people; an expected error becomes its page or fragment."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return _sign_in_first(request)
        if NUL in request.META.get("QUERY_STRING", ""):
            # The database stores no such character, so nothing can be found by it either.
            return render_problem(request, BAD_REQUEST)
        try:
            # Before the view, so that whoever does not work here learns nothing from any address.
            actor = actor_of(request)
            with reading(actor) if request.method in SAFE else nullcontext():
                return view(request, *args, **kwargs)
        except SignInNeeded as error:
            return _no_person(request, error)
        except YinuoError as error:
            return error_page(request, error)

    # The stubs type the result of `wraps` as a wrapper object; it is an ordinary view.
    return cast(Callable[Concatenate[HttpRequest, P], HttpResponseBase], guarded)


def _no_person(request: HttpRequest, error: SignInNeeded) -> HttpResponseBase:
    """A customer's contact is led to his own pages; nobody else has any."""
    try:
        get_visitor(request.user.pk or 0)
    except SignInNeeded:
        return error_page(request, error)
    if request.path == settings.LOGIN_REDIRECT_URL:
        return redirect(settings.VISITOR_HOME)
    return render_problem(request, FOR_STAFF)


def _sign_in_first(request: HttpRequest) -> HttpResponseBase:
    """To the sign-in and back here; a form or fragment has no page of its own to come back to."""
    if request.method == "GET" and not is_fragment(request):
        return redirect_to_login(request.get_full_path())
    response = render_problem(request, SIGNED_OUT)
    if is_fragment(request):
        response["HX-Refresh"] = "true"
    return response
