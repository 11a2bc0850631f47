"""What a purpose must say to have a page: what is shown, and what the answer does."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from yinuo.platform.links.types import Link
from yinuo.surfaces.public.forms import AnswerForm


@dataclass(frozen=True, slots=True)
class Document:
    """A file the holder may take with him."""

    name: str
    media_type: str
    content: bytes


@dataclass(frozen=True, slots=True)
class PublicPage:
    """The page of one purpose.

    `template` extends `public/page.html` and fills its blocks `title` and `thing`. `look` gives
    what it shows, `zone` among it (the customer's local time). `act` does what the answer says,
    inside the transaction that marks the link used; it raises InvalidInput for the form. `make`
    gives the document in a language (zh or en). All raise NotFound when the thing is gone. `form`
    is what its answer is typed into.
    """

    template: str
    look: Callable[[Link], Mapping[str, Any]]
    act: Callable[[Link, AnswerForm, datetime], None]
    make: Callable[[Link, str, datetime], Document]
    form: type[AnswerForm] = AnswerForm
