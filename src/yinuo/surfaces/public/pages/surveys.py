"""The page of a survey: how satisfied the customer was with one request, answered once."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from yinuo.domains.feedback.services import answer_survey
from yinuo.domains.feedback.surveys import survey_of_link
from yinuo.platform.errors import NotFound
from yinuo.platform.links.types import Link
from yinuo.surfaces.assets.opinions import OPINIONS
from yinuo.surfaces.public.forms import ROOM, AnswerForm
from yinuo.surfaces.public.pages.page import Document, PublicPage


class SurveyForm(AnswerForm):
    """How satisfied, by whom, and what should be better."""

    reason = forms.CharField(
        label=_("What should we do better?"),
        required=False,
        max_length=ROOM,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    outcome = forms.ChoiceField(
        label=_("How satisfied were you with our service?"),
        choices=list(OPINIONS.items()),
        error_messages={"required": _("Choose one."), "invalid_choice": _("Choose one.")},
        widget=forms.RadioSelect,
    )


def _look(link: Link) -> Mapping[str, Any]:
    survey = survey_of_link(link)
    return {"survey": survey, "said": OPINIONS.get(link.outcome, ""), "zone": survey.zone}


def _act(link: Link, form: AnswerForm, now: datetime) -> None:
    typed = form.cleaned_data
    name = " ".join(typed["name"].split())
    answer_survey(
        link=link, name=name, satisfaction=typed["outcome"], opinion=typed["reason"], now=now
    )


def _make(_link: Link, _language: str, _now: datetime) -> Document:
    """A survey has no document."""
    raise NotFound


SURVEY = PublicPage("public/survey.html", look=_look, act=_act, make=_make, form=SurveyForm)
