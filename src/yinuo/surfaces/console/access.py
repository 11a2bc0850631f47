"""Who is asking: the actor behind a page, and the wrapper every console page goes through."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, cast

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponseBase

from yinuo.domains.network.actors import get_actor
from yinuo.domains.network.types import Actor
from yinuo.platform.errors import SignInNeeded, YinuoError
from yinuo.surfaces.console.errors import error_page

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


def page(
    view: Callable[Concatenate[HttpRequest, P], HttpResponseBase],
) -> Callable[Concatenate[HttpRequest, P], HttpResponseBase]:
    """A view for signed-in people; an expected error becomes its page or fragment."""

    @login_required
    @wraps(view)
    def guarded(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        try:
            return view(request, *args, **kwargs)
        except YinuoError as error:
            return error_page(request, error)

    # The stubs type login_required's result as a wrapper object; it is an ordinary view.
    return cast(Callable[Concatenate[HttpRequest, P], HttpResponseBase], guarded)
