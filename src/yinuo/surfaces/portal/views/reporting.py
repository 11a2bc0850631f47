"""Reporting a fault: the form, what would follow, and sending it once."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from yinuo.domains.assets.types import AssetRow
from yinuo.domains.assets.visitors import assets_of, find_asset_of
from yinuo.domains.customers.visitors import Visitor, number_of, sites_of
from yinuo.domains.requests.services.visiting import (
    OwnReport,
    preview_for_visitor,
    report_by_customer,
)
from yinuo.domains.requests.types import Word
from yinuo.platform.errors import IdempotencyKeyMissing, IdempotencyMismatch, InvalidInput, NotFound
from yinuo.platform.identifiers import parse_public_id
from yinuo.surfaces.assets.languages import in_language
from yinuo.surfaces.portal.access import visitors_only
from yinuo.surfaces.portal.forms import ReportForm, one_time_key
from yinuo.surfaces.portal.once import sent_once

UNPROCESSABLE = 422
ROUTE = "portal.report"
# More than anybody looks through in a list; the page of devices has a search.
MOST_CHOICES = 100
LOOK = "look"
# What the service calls a field of the intake.
FIELD_OF = {
    "caller_phone": "phone",
    "caller_name": None,
    "customer_id": None,
    "kind": None,
    "channel": None,
    "category": None,
    "reported_at": None,
}


@require_http_methods(["GET", "POST"])
@visitors_only
def report(request: HttpRequest, visitor: Visitor) -> HttpResponseBase:
    """The form, and sending it. What was typed stays when something is wrong."""
    now = timezone.now()
    if request.method == "POST":
        return _send(request, visitor, now)
    asset_id = request.GET.get("asset", "")
    initial = {"asset_id": asset_id, "phone": number_of(visitor)}
    return _screen(request, visitor, _form(visitor, asset_id, initial=initial), now)


@require_GET
@visitors_only
def follows(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """Levels and due times for what is chosen so far; a part of the form's page."""
    return render(request, "portal/parts/follows.html", _follows(request.GET, visitor))


def _send(request: HttpRequest, visitor: Visitor, now: datetime) -> HttpResponseBase:
    form = _form(visitor, request.POST.get("asset_id", ""), request.POST)
    if request.POST.get("do") == LOOK:
        return _screen(request, visitor, _unjudged(request, visitor), now)
    if form.is_valid():
        try:
            made = sent_once(
                request,
                visitor,
                route=ROUTE,
                key=form.cleaned_data["key"],
                act=lambda: (
                    report_by_customer(visitor=visitor, report=form.report(), now=now).public_id
                ),
                now=now,
            )
        except InvalidInput as error:
            for name, message in error.fields.items():
                form.add_error(FIELD_OF.get(name, name), str(message))
        except IdempotencyMismatch:
            form = _unjudged(request, visitor)
            form.add_error(
                None, _("This report was sent before. Send it again to make another one.")
            )
        except IdempotencyKeyMissing:
            form = _unjudged(request, visitor)
            form.add_error(None, _("This page was too old. Look at it and send it again."))
        else:
            return redirect("portal:request", made)
    elif "key" in form.errors:
        form = _unjudged(request, visitor)
        form.add_error(None, _("This page was too old. Look at it and send it again."))
    return _screen(request, visitor, form, now, UNPROCESSABLE)


def _unjudged(request: HttpRequest, visitor: Visitor) -> ReportForm:
    """The form as typed, with a fresh key and no complaints yet."""
    posted = request.POST.copy()
    posted["key"] = one_time_key()
    form = _form(visitor, posted.get("asset_id", ""), posted)
    form.full_clean()
    form.errors.clear()
    return form


def _form(
    visitor: Visitor, asset_id: object, posted: Any = None, *, initial: Any = None
) -> ReportForm:
    return ReportForm(
        posted,
        assets=[(str(row.public_id), _named(row)) for row in _choices(visitor, asset_id)],
        sites=[(str(site.public_id), site.name) for site in sites_of(visitor)],
        initial=initial or {},
    )


def _choices(visitor: Visitor, asset_id: object) -> list[AssetRow]:
    """The newest devices, and the one chosen on the page of devices wherever it stands."""
    rows = list(assets_of(visitor, limit=MOST_CHOICES).items)
    chosen = parse_public_id(asset_id)
    if chosen is None or any(row.public_id == chosen for row in rows):
        return rows
    found = find_asset_of(visitor, chosen)
    return [found, *rows] if found else rows


def _named(row: AssetRow) -> str:
    parts = (row.name, row.serial or row.model, row.site_name)
    return " · ".join(part for part in parts if part)


def _screen(
    request: HttpRequest, visitor: Visitor, form: ReportForm, now: datetime, status: int = 200
) -> HttpResponse:
    typed = {name: form[name].value() or "" for name in ("asset_id", "site_id", "level")}
    context = {"visitor": visitor, "here": "report", "form": form, **_follows(typed, visitor)}
    return render(request, "portal/report.html", context, status=status)


def _follows(typed: Any, visitor: Visitor) -> dict[str, Any]:
    """`cover`, `levels`, `level` and `dues` for what is chosen; a foreign id is as none."""
    chosen = {name: typed.get(name, "") for name in ("asset_id", "site_id", "level")}
    try:
        preview = preview_for_visitor(
            visitor=visitor, report=OwnReport(symptom="", **chosen), now=timezone.now()
        )
    except NotFound:
        return {}
    return {
        "cover": preview.cover,
        "levels": [_in_language(one) for one in preview.levels],
        "level": chosen["level"],
        "level_codes": ",".join(one.code for one in preview.levels),
        "dues": preview.dues,
    }


def _in_language(one: Word) -> dict[str, str]:
    return {
        "code": one.code,
        "label": in_language(one.title_zh, one.title_en),
        "definition": in_language(one.definition_zh, one.definition_en),
    }
