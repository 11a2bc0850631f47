"""The first page of an empty installation: organisation and first administrator (R18)."""

from __future__ import annotations

from typing import cast

from allauth.account.internal.flows.login import perform_login
from allauth.account.models import Login
from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from yinuo.domains.network.services import found_company
from yinuo.platform.accounts.addresses import client_address, limit_key
from yinuo.platform.accounts.models import User
from yinuo.platform.accounts.services import NewUser, complete_setup, is_set_up
from yinuo.platform.accounts.throttle import (
    give_back_attempt,
    setup_code_buckets,
    take_or_refuse,
)
from yinuo.platform.errors import InvalidInput, NotFound, YinuoError
from yinuo.surfaces.console.errors import error_page

# The first unit's short code; it can be changed afterwards like any other.
HEADQUARTERS_CODE = "HQ"
TOO_MANY_REQUESTS = 429


class SetupForm(forms.Form):
    """Code from the console, organisation, and the person who will administer it."""

    code = forms.CharField(
        label=_("One-time code"),
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    organisation = forms.CharField(label=_("Organisation"), max_length=80)
    name = forms.CharField(
        label=_("Your name"),
        max_length=80,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    username = forms.CharField(
        label=_("User name"),
        max_length=64,
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none"}),
    )
    password = forms.CharField(
        label=_("Password"),
        help_text=_("12 to 128 characters; not a common password and not your name."),
        max_length=128,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    password_again = forms.CharField(
        label=_("Password again"),
        max_length=128,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def clean_password_again(self) -> str:
        """Both spellings agree: nobody could help the only administrator after a slip."""
        again: str = self.cleaned_data["password_again"]
        if again != self.cleaned_data.get("password", again):
            raise ValidationError(_("You must type the same password each time."))
        return again


@never_cache
@sensitive_post_parameters("code", "password", "password_again")
@require_http_methods(["GET", "POST"])
def set_up(request: HttpRequest) -> HttpResponse:
    """The set-up page while no user exists, 404 ever after."""
    if is_set_up():
        raise Http404
    form = SetupForm(request.POST if request.method == "POST" else None)
    status = 200
    if form.is_valid():
        try:
            return _complete(request, form)
        except NotFound as taken:
            raise Http404 from taken
        except InvalidInput as refused:
            for name, problem in refused.fields.items():
                form.add_error("name" if name == "display_name" else name, str(problem))
        except YinuoError as error:
            return error_page(request, error)
        except ValidationError as too_many:
            form.add_error(None, too_many)
            status = TOO_MANY_REQUESTS
    return render(request, "accounts/setup.html", {"form": form}, status=status)


def _complete(request: HttpRequest, form: SetupForm) -> HttpResponse:
    """Found the company and sign its administrator in. Errors: see `complete_setup`."""
    data = form.cleaned_data
    now = timezone.now()
    buckets = setup_code_buckets(limit_key(client_address(request)))
    take_or_refuse(buckets, now=now)

    def found(user: User) -> None:
        found_company(
            name=data["organisation"],
            code=HEADQUARTERS_CODE,
            admin_name=data["name"],
            user_id=user.pk,
            now=now,
        )

    administrator = NewUser(data["username"], data["name"], data["password"])
    try:
        user = complete_setup(code=data["code"], administrator=administrator, found=found, now=now)
    except InvalidInput as refused:
        if "code" not in refused.fields:
            give_back_attempt(buckets)
        raise
    give_back_attempt(buckets)
    login = Login(user=user, redirect_url=settings.LOGIN_REDIRECT_URL)
    return cast(HttpResponse, perform_login(request, login))
