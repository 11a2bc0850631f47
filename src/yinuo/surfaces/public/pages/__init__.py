"""Which page belongs to which purpose of a link."""

from __future__ import annotations

from yinuo.surfaces.public.pages.emergency import EMERGENCY
from yinuo.surfaces.public.pages.letters import LETTER
from yinuo.surfaces.public.pages.page import PublicPage
from yinuo.surfaces.public.pages.quotes import QUOTE
from yinuo.surfaces.public.pages.surveys import SURVEY

PAGES: dict[str, PublicPage] = {
    "emergency": EMERGENCY,
    "letter": LETTER,
    "quote": QUOTE,
    "survey": SURVEY,
}
