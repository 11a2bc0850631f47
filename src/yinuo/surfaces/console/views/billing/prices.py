"""Price lists: what each entry costs, and publishing a file as the next version."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from yinuo.domains.billing.comparing import EntryChange, compare_price_lists
from yinuo.domains.billing.pricing import price_list_of
from yinuo.domains.billing.selectors import (
    get_price_list,
    get_price_list_source,
    list_price_lists,
    list_versions_of,
)
from yinuo.domains.billing.services import publish_price_list
from yinuo.domains.billing.types import PriceListRow
from yinuo.domains.network.permissions import Permission
from yinuo.domains.network.policies import require
from yinuo.domains.network.types import Actor
from yinuo.kernel.plan.text import Text
from yinuo.kernel.pricing import PriceList
from yinuo.kernel.pricing.showing import entry_rows
from yinuo.planfile.pricelists import CheckedPrices, check_price_list, load_price_list
from yinuo.platform.errors import IdempotencyMismatch, InvalidInput
from yinuo.platform.files.serving import document_response
from yinuo.surfaces.assets.problems import take_problems
from yinuo.surfaces.console.access import actor_of, page
from yinuo.surfaces.console.editing import UNPROCESSABLE, KeptForm, save_once
from yinuo.surfaces.console.sent_files import (
    file_field,
    findings,
    renewed_if_old,
    sent_file,
    text_field,
)
from yinuo.surfaces.console.views.lists import Listing

CHECK = "check"
PASTED = "prices.yaml"


class PriceListForm(KeptForm):
    """A price list file, uploaded or pasted. What was uploaded stands in the text afterwards."""

    file = file_field(gettext_lazy("Price list file"))
    source = text_field(gettext_lazy("Text of the price list"))


@require_GET
@page
def prices(request: HttpRequest) -> HttpResponse:
    """The newest published version of each price list."""
    actor = actor_of(request)
    require(actor, Permission.PRICE_READ)
    context = {
        "list": Listing(tuple(list_price_lists(actor)), "", "", ""),
        "may_publish": actor.may(Permission.PRICE_PUBLISH),
    }
    return render(request, "console/lists/prices.html", context)


@require_GET
@page
def one(request: HttpRequest, price_list_id: UUID) -> HttpResponse:
    """A published version: every entry with its price in words, what changed, its versions."""
    actor = actor_of(request)
    require(actor, Permission.PRICE_READ)
    version = get_price_list(actor, price_list_id)
    list_ = price_list_of(version.id)
    versions = list_versions_of(actor, version.code)
    older = next((row for row in versions if row.number < version.number), None)
    context = {
        "version": version,
        "prices": list_,
        "rows": entry_rows(list_),
        "versions": versions,
        "older": older,
        "changes": compare_price_lists(price_list_of(older.id), list_) if older else (),
        "may_publish": actor.may(Permission.PRICE_PUBLISH),
    }
    return render(request, "console/billing/price_list.html", context)


@require_GET
@page
def source(request: HttpRequest, price_list_id: UUID) -> HttpResponse:
    """The file a version was published from."""
    actor = actor_of(request)
    require(actor, Permission.PRICE_READ)
    version = get_price_list(actor, price_list_id)
    text = get_price_list_source(actor, price_list_id)
    name = f"{version.code}-{version.number}.yaml"
    return document_response(text.encode(), name, "application/yaml; charset=utf-8")


@require_http_methods(["GET", "POST"])
@page
def publish(request: HttpRequest) -> HttpResponse:
    """Check a price list file and publish it; mistakes are shown with their place."""
    actor = actor_of(request)
    require(actor, Permission.PRICE_PUBLISH)
    if request.method == "GET":
        return _screen(request, PriceListForm(initial=_begin_with(request, actor)))
    form, checked = _checked(request)
    if form.errors or checked.price_list is None or request.POST.get("do") == CHECK:
        fine = not form.errors and checked.price_list is not None
        return _screen(request, form, checked, 200 if fine else UNPROCESSABLE)

    def save() -> UUID:
        text, name, now = form.data["source"], checked.source, timezone.now()
        made = publish_price_list(actor=actor, source=text, source_name=name, now=now)
        return made.public_id

    try:
        made = save_once(form, "console.prices.publish", save, actor)
    except InvalidInput as error:
        take_problems(form, error)
        return _screen(request, form, checked, UNPROCESSABLE)
    except IdempotencyMismatch:
        form.renew()
        form.add_error(
            None, _("Another text was published from this page. Send it again if meant.")
        )
        return _screen(request, form, checked, UNPROCESSABLE)
    return redirect("console:prices_one", made)


def shipped_price_lists() -> dict[str, Path]:
    """The price list files that come with the product, by code."""
    return {file.stem: file for file in sorted(settings.PRICES_FOLDER.glob("*.yaml"))}


def _begin_with(request: HttpRequest, actor: Actor) -> dict[str, str]:
    """The text to begin with: a version's (`from`), a shipped list's (`shipped`), or none."""
    if version := request.GET.get("from", ""):
        return {"source": get_price_list_source(actor, version)}
    shipped = request.GET.get("shipped", "")
    if shipped in shipped_price_lists():
        return {"source": shipped_price_lists()[shipped].read_text(encoding="utf-8")}
    return {}


def _shipped_titles() -> list[tuple[str, Text]]:
    files = shipped_price_lists().items()
    return [(code, load_price_list(file.read_bytes(), file.name).title) for code, file in files]


def _checked(request: HttpRequest) -> tuple[PriceListForm, CheckedPrices]:
    """The form with the text that counts, and what the check says of it."""
    sent = sent_file(request, PASTED)
    form = PriceListForm(sent.data, request.FILES)
    renewed_if_old(form)
    if sent.problems:
        return form, CheckedPrices(sent.name, None, sent.problems)
    return form, check_price_list(sent.data["source"], sent.name)


def _screen(
    request: HttpRequest,
    form: PriceListForm,
    checked: CheckedPrices | None = None,
    status: int = 200,
) -> HttpResponse:
    text = str(form["source"].value() or "")
    context = {
        "form": form,
        "checked": checked,
        "findings": findings(checked.problems if checked else (), text),
        "back": reverse("console:prices"),
        **(_beside_the_last(actor_of(request), checked.price_list) if checked else {}),
        "shipped": _shipped_titles() if not form["source"].value() else [],
    }
    return render(request, "console/billing/publish.html", context, status=status)


def _beside_the_last(actor: Actor, list_: PriceList | None) -> dict[str, Any]:
    """What publishing this would change."""
    if list_ is None:
        return {}
    versions = list_versions_of(actor, list_.code)
    last: PriceListRow | None = versions[0] if versions else None
    changes: tuple[EntryChange, ...] = ()
    if last is not None:
        changes = compare_price_lists(price_list_of(last.id), list_)
    return {"older": last, "changes": changes, "rows": entry_rows(list_)}
