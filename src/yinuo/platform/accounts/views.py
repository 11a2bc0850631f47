"""Pages of sign-in. Only what the product offers: no sign-up, no address book of e-mails."""

from __future__ import annotations

from typing import Any

from allauth.account.views import LoginView, LogoutView
from allauth.usersessions.views import ListUserSessionsView
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from yinuo.platform.accounts.forms import EndSessionsForm
from yinuo.platform.accounts.services import is_set_up

TOO_MANY_REQUESTS = 429


class SignInView(LoginView):  # type: ignore[misc]
    """Sign-in; a refused attempt answers 429 with the time to wait."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The page, or the way to the set-up while nobody could sign in anyway."""
        if not is_set_up():
            return redirect(settings.SETUP_URL)
        response: HttpResponse = super().get(request, *args, **kwargs)
        return response

    def form_invalid(self, form: Any) -> HttpResponse:
        """The page again with what was typed, except the password."""
        response: HttpResponse = super().form_invalid(form)
        for error in form.errors.as_data().get("__all__", []):
            if error.code == "too_many_attempts":
                response.status_code = TOO_MANY_REQUESTS
                response.headers["Retry-After"] = str(error.params["seconds"])
        return response


class SignOutView(LogoutView):  # type: ignore[misc]
    """Sign-out; asks first, and only the sent form acts."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Ends the session and has the browser forget the pages of the one who leaves."""
        response: HttpResponse = super().post(request, *args, **kwargs)
        response.headers["Clear-Site-Data"] = '"cache"'
        return response


class SessionListView(ListUserSessionsView):  # type: ignore[misc]
    """The user's own sessions, each of which can be ended."""

    form_class = EndSessionsForm

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Adds `show_last_seen_at`: `limits` keeps that time, to the minute."""
        return {**super().get_context_data(**kwargs), "show_last_seen_at": True}
