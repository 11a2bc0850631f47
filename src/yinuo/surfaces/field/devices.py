"""The devices of the signed-in person: register this one, list and revoke (R54)."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from yinuo.domains.devices.selectors import list_own_devices
from yinuo.domains.devices.services import register_device, revoke_device
from yinuo.domains.network.actors import get_actor
from yinuo.domains.network.reading import reading
from yinuo.domains.network.types import Actor
from yinuo.platform.accounts.whose import account_mark
from yinuo.platform.errors import NotFound, SignInNeeded, YinuoError

NAME_LENGTH = 80


def _answered(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """For the app's script: an expected error is JSON with its code and message."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, _actor(request), *args, **kwargs)
        except YinuoError as error:
            said = {"code": error.code, "message": str(error.message)}
            return JsonResponse({"error": said}, status=error.status)

    return guarded


def _actor(request: HttpRequest) -> Actor:
    if request.user.pk is None:
        raise SignInNeeded
    return get_actor(request.user.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@_answered
def this_device(request: HttpRequest, actor: Actor) -> HttpResponse:
    """GET: who is signed in, and the token a form needs. POST: registers the device that asks and
    gives the secret its calls carry, once."""
    person = {"id": str(actor.person_public_id), "name": actor.name}
    known = {"person": person, "account": account_mark(request)}
    if request.method != "POST":
        return JsonResponse({**known, "csrf": get_token(request)})
    name = request.POST.get("name", "").strip()[:NAME_LENGTH]
    device, secret = register_device(actor=actor, name=name, now=timezone.now())
    answer = {**known, "device_id": str(device.public_id), "secret": secret}
    return JsonResponse(answer, status=201)


@require_safe
def devices(request: HttpRequest) -> HttpResponseBase:
    """One's own devices."""
    try:
        actor = _actor(request)
    except SignInNeeded:
        if request.user.is_authenticated:
            return redirect(settings.LOGIN_REDIRECT_URL)
        return redirect_to_login(request.get_full_path())
    with reading(actor):
        rows = list_own_devices(actor)
    return render(request, "field/devices.html", {"devices": rows})


@require_POST
def revoke(request: HttpRequest, device_id: UUID) -> HttpResponse:
    """Ends a device; at its next word with the server it erases what it holds."""
    try:
        revoke_device(actor=_actor(request), device_id=device_id, now=timezone.now())
    except SignInNeeded:
        return redirect_to_login(settings.LOGIN_REDIRECT_URL)
    except NotFound:
        return render(request, "field/devices.html", {"devices": (), "is_gone": True}, status=404)
    return redirect("field:devices")
