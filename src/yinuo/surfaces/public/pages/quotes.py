"""The page of a quote: its lines and total, and the customer's yes or no."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils import timezone

from yinuo.domains.billing.documents import quote_pdf
from yinuo.domains.billing.selectors import quote_of_link
from yinuo.domains.billing.services import answer_quote
from yinuo.domains.billing.types import QuoteView
from yinuo.platform.errors import NotFound
from yinuo.platform.links.types import Link
from yinuo.surfaces.public.forms import AnswerForm
from yinuo.surfaces.public.pages.page import Document, PublicPage


def _quote(link: Link, now: datetime) -> QuoteView:
    quote = quote_of_link(link, now=now)
    if quote is None:
        raise NotFound
    return quote


def _look(link: Link) -> Mapping[str, Any]:
    return {"quote": _quote(link, timezone.now()), "zone": settings.TIME_ZONE}


def _act(link: Link, form: AnswerForm, now: datetime) -> None:
    typed = form.cleaned_data
    name = " ".join(typed["name"].split())
    answer_quote(link=link, name=name, outcome=typed["outcome"], reason=typed["reason"], now=now)


def _make(link: Link, language: str, now: datetime) -> Document:
    quote = _quote(link, now)
    return Document(f"{quote.row.number}.pdf", "application/pdf", quote_pdf(quote, language, now))


QUOTE = PublicPage(template="public/quote.html", look=_look, act=_act, make=_make)
