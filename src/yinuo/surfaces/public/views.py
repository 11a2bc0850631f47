"""The page behind a link: GET shows, POST acts once, and each end says what happened.

Robots and mail scanners follow links and fetch them twice: a GET changes nothing of the business.
Unknown, malformed and unregistered secrets get one and the same page.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Any
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from yinuo.domains.feedback.services import complain_by_link
from yinuo.domains.feedback.surveys import LINK_PURPOSE, survey_of_link
from yinuo.domains.network.naming import company_name
from yinuo.domains.oncall.feeds import PURPOSE, feed_of
from yinuo.platform.accounts.throttle import NoAttemptLeftError
from yinuo.platform.errors import InvalidInput, NotFound, YinuoError
from yinuo.platform.files.serving import document_response
from yinuo.platform.links.services import find_link, open_link, use_link
from yinuo.platform.links.types import Link, Standing
from yinuo.surfaces.assets.languages import is_chinese
from yinuo.surfaces.assets.problems import take_problems
from yinuo.surfaces.public import limits
from yinuo.surfaces.public.forms import AnswerForm, ComplaintForm
from yinuo.surfaces.public.pages import PAGES
from yinuo.surfaces.public.pages.page import PublicPage

CONFLICT, GONE, UNPROCESSABLE, TOO_MANY_REQUESTS = 409, 410, 422, 429
# `no-referrer` would have browsers send forms with the origin `null`, which the token check
# refuses; this one never carries a path, so no secret leaves in a header either.
REFERRER = "strict-origin"
ROBOTS = "noindex, nofollow, noarchive"
View = Callable[[HttpRequest, str], HttpResponse]


def _guarded(view: View) -> View:
    """Headers of every answer, the page of an expected error included."""

    @wraps(view)
    def guarded(request: HttpRequest, secret: str) -> HttpResponse:
        response = _answer(view, request, secret)
        response.headers["Referrer-Policy"] = REFERRER
        response.headers["X-Robots-Tag"] = ROBOTS
        response.headers["Cache-Control"] = "private, no-store"
        return response

    return guarded


def _answer(view: View, request: HttpRequest, secret: str) -> HttpResponse:
    try:
        try:
            return view(request, secret)
        except NotFound:
            limits.count_unknown(request, timezone.now())
            return _shown(request, "unknown", NotFound.status)
    except NoAttemptLeftError as refusal:
        return _wait(request, refusal)
    except YinuoError as error:
        return _shown(request, "problem", error.status, problem=error.message)


@require_http_methods(["GET", "HEAD", "POST"])
@_guarded
def page(request: HttpRequest, secret: str) -> HttpResponse:
    """What the link is about, with the form while it is open; and the answer, once."""
    now = timezone.now()
    link, its = _known(secret, now)
    if request.method == "POST":
        return _answered(request, secret, link, its, now)
    return _screen(request, secret, link, its, its.form(), now)


@require_safe
@_guarded
def document(request: HttpRequest, secret: str) -> HttpResponse:
    """The document in the reader's language, as long as the page shows it."""
    now = timezone.now()
    link, its = _known(secret, now)
    if not _is_readable(link, now):
        return _closed(request, link)
    limits.count_document(link, now)
    made = its.make(link, "zh" if is_chinese() else "en", now)
    return document_response(made.content, made.name, made.media_type)


@require_http_methods(["GET", "HEAD", "POST"])
@_guarded
def complaint(request: HttpRequest, secret: str) -> HttpResponse:
    """Complain about the request of a survey, as long as its page can be read."""
    now = timezone.now()
    link = open_link(LINK_PURPOSE, secret, now)
    if not _is_readable(link, now):
        return _closed(request, link)
    form = ComplaintForm(request.POST if request.method == "POST" else None)
    context = {"link": link, "form": form, "secret": secret, "survey": survey_of_link(link)}
    if not form.is_bound:
        return _shown(request, "complaint", 200, **context)
    limits.count_complaint(link, now)
    if form.is_valid():
        try:
            made = complain_by_link(link=link, data=form.complaint(), now=now)
        except InvalidInput as error:
            take_problems(form, error)
        else:
            return _shown(request, "complaint", 200, **context, made=made.number)
    return _shown(request, "complaint", UNPROCESSABLE, **context)


@require_safe
@_guarded
def duty_calendar(request: HttpRequest, secret: str) -> HttpResponse:
    """One's own on-call duty, for a calendar that looks again from time to time."""
    now = timezone.now()
    link = open_link(PURPOSE, secret, now)
    if link.standing is not Standing.OPEN:
        return _closed(request, link)
    limits.count_document(link, now)
    content = feed_of(link.owner.public_id, now=now)
    return document_response(content, "duty.ics", "text/calendar; charset=utf-8")


def _known(secret: str, now: datetime) -> tuple[Link, PublicPage]:
    link = find_link(secret, now)
    if link.purpose not in PAGES:
        raise NotFound
    return link, PAGES[link.purpose]


def _answered(
    request: HttpRequest, secret: str, link: Link, its: PublicPage, now: datetime
) -> HttpResponse:
    limits.count_answer(link, now)
    form = its.form(request.POST)
    if link.standing is Standing.OPEN and form.is_valid():
        typed = form.cleaned_data
        try:
            link = use_link(
                purpose=link.purpose,
                secret=secret,
                used_by=typed["name"],
                outcome=typed["outcome"],
                act=lambda opened: its.act(opened, form, now),
                now=now,
            )
        except InvalidInput as error:
            take_problems(form, error)
        else:
            if link.outcome == typed["outcome"]:
                return redirect("public:link", secret)
    status = UNPROCESSABLE if link.standing is Standing.OPEN else CONFLICT
    return _screen(request, secret, link, its, form, now, status)


def _screen(
    request: HttpRequest,
    secret: str,
    link: Link,
    its: PublicPage,
    form: AnswerForm,
    now: datetime,
    status: int = 200,
) -> HttpResponse:
    if not _is_readable(link, now):
        return _closed(request, link)
    context = {"link": link, "form": form, "secret": secret, **its.look(link)}
    with timezone.override(ZoneInfo(context["zone"])):
        return _rendered(request, its.template, status, context)


def _is_readable(link: Link, now: datetime) -> bool:
    """An answered document stays readable as long as the link would have lived."""
    if link.standing is Standing.USED:
        return now < link.expires_at
    return link.standing is Standing.OPEN


def _closed(request: HttpRequest, link: Link) -> HttpResponse:
    return _shown(request, "closed", GONE, link=link)


def _wait(request: HttpRequest, refusal: NoAttemptLeftError) -> HttpResponse:
    seconds = math.ceil(refusal.wait.total_seconds())
    response = _shown(request, "wait", TOO_MANY_REQUESTS, seconds=seconds)
    response.headers["Retry-After"] = str(seconds)
    return response


def _shown(request: HttpRequest, name: str, status: int, **context: Any) -> HttpResponse:
    return _rendered(request, f"public/{name}.html", status, context)


def _rendered(
    request: HttpRequest, template: str, status: int, context: dict[str, Any]
) -> HttpResponse:
    return render(request, template, {**context, "company": company_name()}, status=status)
