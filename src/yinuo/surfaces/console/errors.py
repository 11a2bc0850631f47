"""Every error as a page a person can act on, or as a note when only a fragment was asked for.

The text names what to do next and the request id, never a trace, SQL or a path (R30). A missing
and a forbidden object give the same page (R03).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _

from yinuo.platform.errors import Text, YinuoError
from yinuo.platform.web.request_id import current_request_id


@dataclass(frozen=True, slots=True)
class Problem:
    """What the page says: heading, what happened, what to do."""

    status: int
    title: Text
    advice: Text
    code: str


BAD_REQUEST = Problem(
    400,
    _("The address or the form is not right"),
    _("Go back and try again. What you typed is still in the form."),
    "bad_request",
)
SESSION_OVER = Problem(
    403,
    _("This form is no longer valid"),
    _("You were signed out or the page is old. Go back, reload the page and send it again."),
    "csrf",
)
SIGNED_OUT = Problem(
    401,
    _("You were signed out"),
    _("Sign in, then open the form again. What you typed is still there."),
    "signed_out",
)
SIGN_IN_NEEDED = Problem(
    401,
    _("You are not signed in as somebody who works here"),
    _("Sign out and in again. If it stays, ask your administrator: your person may be inactive."),
    "sign_in_needed",
)
FOR_STAFF = Problem(
    404,
    _("This page is for people who work here"),
    _("You are signed in as a customer. Your own requests are at the start page."),
    "not_found",
)
FORBIDDEN = Problem(
    403,
    _("You do not have the right to do this"),
    _("Ask your administrator if you need it for your work."),
    "forbidden",
)
NOT_FOUND = Problem(
    404,
    _("There is nothing here that you may see"),
    _("The address may be mistyped, or the page belongs to another unit."),
    "not_found",
)
CONFLICT = Problem(
    409,
    _("Somebody else was faster"),
    _("Go back and reload: the page shows the present state."),
    "conflict",
)
BROKEN = Problem(
    500,
    _("Something broke on our side"),
    _("It has been recorded. Try again; if it stays, tell your administrator the number below."),
    "server_error",
)

KNOWN = (BAD_REQUEST, SIGN_IN_NEEDED, FORBIDDEN, NOT_FOUND, CONFLICT)
BY_STATUS = {problem.status: problem for problem in KNOWN}


def is_fragment(request: HttpRequest) -> bool:
    """True when htmx asks for a part of a page."""
    return request.headers.get("HX-Request") == "true"


def render_problem(request: HttpRequest, problem: Problem) -> HttpResponse:
    """The page (or note) of a problem. It queries nothing, so it also works without a database."""
    template = "console/parts/problem.html" if is_fragment(request) else "console/error.html"
    context = {"problem": problem, "request_id": current_request_id()}
    return HttpResponse(render_to_string(template, context, request), status=problem.status)


def error_page(request: HttpRequest, error: YinuoError) -> HttpResponse:
    """The page of an expected error, with its own message."""
    known = BY_STATUS.get(error.status, BAD_REQUEST)
    title = known.title if error.status in (NOT_FOUND.status, 401) else error.message
    return render_problem(request, Problem(error.status, title, known.advice, error.code))


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Django's CSRF_FAILURE_VIEW."""
    return render_problem(request, SESSION_OVER)


def bad_request(request: HttpRequest, exception: Any = None) -> HttpResponse:
    """handler400."""
    return render_problem(request, BAD_REQUEST)


def permission_denied(request: HttpRequest, exception: Any = None) -> HttpResponse:
    """handler403."""
    return render_problem(request, FORBIDDEN)


def page_not_found(request: HttpRequest, exception: Any = None) -> HttpResponse:
    """handler404."""
    return render_problem(request, NOT_FOUND)


def server_error(request: HttpRequest) -> HttpResponse:
    """handler500."""
    return render_problem(request, BROKEN)
