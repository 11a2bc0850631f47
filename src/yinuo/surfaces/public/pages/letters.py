"""The page of a letter of contact: findings, work, time, cost, and the customer's yes or no."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from yinuo.domains.billing.letter_document import letter_pdf
from yinuo.domains.billing.letters import letter_of_link
from yinuo.domains.billing.services.letter_answers import answer_letter
from yinuo.platform.links.types import Link
from yinuo.surfaces.public.forms import AnswerForm
from yinuo.surfaces.public.pages.page import Document, PublicPage


def _look(link: Link) -> Mapping[str, Any]:
    letter = letter_of_link(link)
    return {"letter": letter, "zone": letter.zone}


def _act(link: Link, form: AnswerForm, now: datetime) -> None:
    typed = form.cleaned_data
    name = " ".join(typed["name"].split())
    answer_letter(link=link, name=name, outcome=typed["outcome"], reason=typed["reason"], now=now)


def _make(link: Link, language: str, now: datetime) -> Document:
    letter = letter_of_link(link)
    content = letter_pdf(letter, language, now)
    return Document(f"{letter.row.number}.pdf", "application/pdf", content)


LETTER = PublicPage(template="public/letter.html", look=_look, act=_act, make=_make)
