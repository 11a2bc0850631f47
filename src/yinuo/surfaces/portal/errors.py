"""Errors as pages a customer can act on; no trace, and foreign looks like absent (R03, R30)."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from yinuo.platform.errors import Text, YinuoError
from yinuo.platform.web.request_id import current_request_id


@dataclass(frozen=True, slots=True)
class Problem:
    """What the page says: heading and what to do. `way_out` is where its button leads."""

    status: int
    title: Text
    advice: Text
    way_out: str = "/my/"


NOT_FOUND = Problem(
    404,
    _("There is nothing here that you may see"),
    _("The address may be mistyped. Your requests are on your first page."),
)
BAD_REQUEST = Problem(
    400,
    _("The address or the form is not right"),
    _("Go back and try again. What you typed is still in the form."),
)
SIGNED_OUT = Problem(
    401,
    _("You were signed out"),
    _("Sign in, then open the form again. What you typed is still there."),
)
NOBODY = Problem(
    401,
    _("Your sign-in is not in use any more"),
    _("Ask the company that serves you for a new invitation, or sign out."),
)
FOR_CUSTOMERS = Problem(
    404,
    _("This page is for customers"),
    _("You are signed in as somebody who works here. Your own pages are at the start page."),
    way_out="/",
)


def render_problem(request: HttpRequest, problem: Problem) -> HttpResponse:
    """The page of a problem; it asks the database nothing."""
    context = {"problem": problem, "request_id": current_request_id()}
    return render(request, "portal/error.html", context, status=problem.status)


def error_page(request: HttpRequest, error: YinuoError) -> HttpResponse:
    """The page of an expected error."""
    if error.status == NOT_FOUND.status:
        return render_problem(request, NOT_FOUND)
    return render_problem(request, Problem(error.status, error.message, BAD_REQUEST.advice))
