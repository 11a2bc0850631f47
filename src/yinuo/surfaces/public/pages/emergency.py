"""The page of an emergency plan: arrival, lead, work and cost, and the customer's yes or no."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils import timezone

from yinuo.domains.emergency.page import plan_of_link
from yinuo.domains.emergency.services import answer_plan
from yinuo.platform.errors import NotFound
from yinuo.platform.links.types import Link
from yinuo.surfaces.public.forms import AnswerForm
from yinuo.surfaces.public.pages.page import Document, PublicPage


def _look(link: Link) -> Mapping[str, Any]:
    plan = plan_of_link(link, timezone.now())
    missing = [one for one in plan.setbacks if one.kind == "missing"]
    return {"plan": plan, "zone": plan.zone, "missing": missing}


def _act(link: Link, form: AnswerForm, now: datetime) -> None:
    typed = form.cleaned_data
    name = " ".join(typed["name"].split())
    answer_plan(link=link, name=name, outcome=typed["outcome"], reason=typed["reason"], now=now)


def _make(link: Link, language: str, now: datetime) -> Document:
    raise NotFound


EMERGENCY = PublicPage(template="public/emergency.html", look=_look, act=_act, make=_make)
