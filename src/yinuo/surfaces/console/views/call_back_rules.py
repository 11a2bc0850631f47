"""The rules by which customers to be phoned back are drawn."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from yinuo.domains.feedback.sampling import list_rules, units_to_rule
from yinuo.domains.feedback.services import add_rule, change_rule, end_rule
from yinuo.domains.network.permissions import Permission
from yinuo.domains.network.policies import require
from yinuo.platform.errors import NotFound
from yinuo.surfaces.console.access import actor_of, page
from yinuo.surfaces.console.after_forms import RuleForm
from yinuo.surfaces.console.editing import FormPage, Link, form_page, posted


@require_GET
@page
def rules(request: HttpRequest) -> HttpResponse:
    """What share of whom is phoned back."""
    actor = actor_of(request)
    context = {
        "rules": list_rules(actor),
        "may_write": actor.may(Permission.CALL_BACK_RULE),
    }
    return render(request, "console/after/rules.html", context)


@require_http_methods(["GET", "POST"])
@page
def rule(request: HttpRequest) -> HttpResponse:
    """Add a rule; the address may name one whose share is changed, or that is taken away."""
    actor = actor_of(request)
    require(actor, Permission.CALL_BACK_RULE)
    named = request.GET.get("of")
    row = next((one for one in list_rules(actor) if str(one.public_id) == named), None)
    if named is not None and (row is None or not row.may_write):
        raise NotFound
    initial: dict[str, Any] = {"percent": row.percent, "version": row.version} if row else {}
    form = RuleForm(posted(request), initial=initial, units=None if row else units_to_rule(actor))

    def save() -> UUID:
        typed, now = form.cleaned_data, timezone.now()
        if row is not None:
            named = {"actor": actor, "rule_id": row.public_id, "version": typed["version"]}
            if typed["ends"]:
                return end_rule(**named, now=now).public_id
            return change_rule(**named, percent=form.percent(), now=now).public_id
        return add_rule(
            actor=actor,
            unit_id=typed["unit_id"],
            kind=typed["kind"],
            category=typed["category"],
            percent=form.percent(),
            now=now,
        ).public_id

    return form_page(
        request,
        FormPage(
            title=row.unit_name if row else _("New rule"),
            form=form,
            route=f"console.callbacks.rule.{row.public_id if row else 'new'}",
            save=save,
            done=lambda _made: _back().address,
            back=_back(),
        ),
    )


def _back() -> Link:
    return Link(reverse("console:callbacks_rules"), _("Rules of call-backs"))
