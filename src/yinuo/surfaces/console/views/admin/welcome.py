"""Where an invitation leads: somebody chooses his password and is signed in."""

from __future__ import annotations

from typing import cast

from allauth.account.internal.flows.login import perform_login
from allauth.account.models import Login
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from yinuo.platform.accounts.services import accept_invitation, find_invited
from yinuo.platform.errors import InvalidInput, YinuoError
from yinuo.surfaces.console.editing import UNPROCESSABLE
from yinuo.surfaces.console.errors import error_page
from yinuo.surfaces.console.views.admin.forms import WelcomeForm

INVITATION = "invitation"


@never_cache
@sensitive_post_parameters("password", "password_again")
@require_http_methods(["GET", "POST"])
def welcome(request: HttpRequest) -> HttpResponse:
    """The page while the invitation is good, 404 afterwards."""
    # In the query, because paths are written to the log.
    secret = request.GET.get(INVITATION, "")
    form = WelcomeForm(request.POST if request.method == "POST" else None)
    try:
        user = find_invited(secret, timezone.now())
        if form.is_valid():
            password = form.cleaned_data["password"]
            user = accept_invitation(secret=secret, password=password, now=timezone.now())
            login = Login(user=user, redirect_url=settings.LOGIN_REDIRECT_URL)
            return cast(HttpResponse, perform_login(request, login))
    except InvalidInput as refused:
        for name, problem in refused.fields.items():
            form.add_error(name, str(problem))
    except YinuoError as error:
        return error_page(request, error)
    context = {"form": form, "username": user.username}
    status = UNPROCESSABLE if form.errors else 200
    return render(request, "console/admin/welcome.html", context, status=status)
