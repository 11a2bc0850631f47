"""Which cover applies (保障判定): the answer with every candidate, and why each lost."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from yinuo.domains.assets.components import list_components
from yinuo.domains.assets.selectors import get_asset
from yinuo.domains.assets.types import ComponentRow
from yinuo.domains.contracts.candidates import Choosable, Explanation, Question, explain_cover
from yinuo.domains.customers.selectors import get_customer
from yinuo.domains.network.permissions import Permission
from yinuo.domains.network.policies import require
from yinuo.domains.network.types import Actor
from yinuo.surfaces.console import cover_words, words
from yinuo.surfaces.console.access import actor_of, page
from yinuo.surfaces.console.customer_file import asset_choices, site_choices
from yinuo.surfaces.console.errors import is_fragment
from yinuo.surfaces.console.forms import moment_field


class QuestionForm(forms.Form):
    """What is known of the case; everything but the customer may be left open."""

    customer = forms.CharField(widget=forms.HiddenInput)
    site = forms.ChoiceField(label=_("Site"), required=False)
    asset = forms.ChoiceField(label=_("Asset"), required=False)
    at = moment_field(_("As of"), _("%(zone)s; leave empty for now."))
    category = forms.ChoiceField(label=_("Category"), required=False)
    cause = forms.ChoiceField(label=_("Cause"), required=False)
    component = forms.ChoiceField(label=_("Component"), required=False)
    consumable = forms.BooleanField(label=_("A consumable"), required=False)
    tried = forms.ChoiceField(
        label=_("Tried so far"),
        required=False,
        widget=forms.Select,
        choices=list(cover_words.TRIED.items()),
    )

    def offer(self, name: str, choices: list[tuple[str, Any]]) -> None:
        """Let a field be chosen from these; what came in an address is offered too."""
        field: Any = self.fields[name]
        given = str(self.data.get(name, ""))
        known = {code for code, _name in choices}
        more = [(given, given)] if given and given not in known else []
        field.choices = [("", _("not named")), *choices, *more]


@require_GET
@page
def explain(request: HttpRequest) -> HttpResponse:
    """The cover of one thing with all candidates, as a page or as a fragment."""
    actor, now = actor_of(request), timezone.now()
    require(actor, Permission.CONTRACT_READ)
    asked = request.GET
    question = Question(
        customer_id=asked.get("customer", ""),
        site_id=asked.get("site") or None,
        asset_id=asked.get("asset") or None,
        at=_moment(asked) or now,
        category=asked.get("category", "")[:60],
        cause=asked.get("cause", "")[:60],
        component=asked.get("component", "")[:80],
        tried=asked.get("tried", ""),
        is_consumable="consumable" in asked,
    )
    explanation = explain_cover(actor, question)
    context: dict[str, Any] = {"explanation": explanation, "question": question}
    if is_fragment(request):
        return render(request, "console/cover/why.html", context | {"address": asked.urlencode()})
    context["customer"] = get_customer(actor, question.customer_id)
    context["asset"] = get_asset(actor, question.asset_id) if question.asset_id else None
    context["form"] = _form(actor, asked, explanation)
    return render(request, "console/cover/page.html", context)


def _moment(asked: Any) -> Any:
    form = QuestionForm(asked)
    form.is_valid()
    return form.cleaned_data.get("at")


def _form(actor: Actor, asked: Any, explanation: Explanation) -> QuestionForm:
    form = QuestionForm(asked)
    customer = asked.get("customer", "")
    form.offer("site", site_choices(actor, customer))
    form.offer("asset", asset_choices(actor, customer))
    form.offer("component", _components(actor, asked.get("asset")))
    form.offer("category", _choices(explanation.categories))
    form.offer("cause", _choices(explanation.causes))
    form.is_valid()
    return form


def _components(actor: Actor, asset_id: str | None) -> list[tuple[str, Any]]:
    """The parts on record with a serial number, the factory configuration marked."""
    if not asset_id:
        return []
    known = [one for one in list_components(actor, asset_id) if one.serial]
    return [(one.serial, " · ".join([one.name, one.serial, *_marks(one)])) for one in known]


def _marks(one: ComponentRow) -> list[str]:
    return [str(_("factory"))] if one.is_factory else []


def _choices(known: tuple[Choosable, ...]) -> list[tuple[str, Any]]:
    return [(one.code, words.in_language(one.title.zh, one.title.en)) for one in known]
