"""The template that a document carries: the one in force when it was issued (ADR 0014).

Needs no actor: whoever may have the document may have the words it is written in.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any
from uuid import UUID

from yinuo.domains.document_templates.kinds import EVERY, Data, DocumentKind
from yinuo.domains.document_templates.models import (
    DocumentTemplate,
    TemplatePublication,
    TemplateText,
)
from yinuo.domains.document_templates.types import TEXTS
from yinuo.platform.errors import NotFound
from yinuo.platform.files.selectors import open_picture
from yinuo.platform.files.types import Owner
from yinuo.platform.rendering import House, render_docx, render_pdf
from yinuo.platform.rendering.wording import BUILT_IN, Wording, filled

MOST_LOGOS = 32
# The content of a version and its picture.
Said = tuple[Data, bytes]


@dataclass(frozen=True, slots=True)
class Template:
    """The words of a kind of document in one language, the company's own before the product's.

    Ask it with that language active.
    """

    kind: DocumentKind
    wording: Wording = BUILT_IN

    @property
    def title(self) -> str:
        """The company's own title, else the name of the kind."""
        return self.wording.title or str(self.kind.name)

    def word(self, code: str, **values: object) -> str:
        """A label, with `values` in their places."""
        if own := self.wording.words.get(code):
            return filled(own, {name: str(value) for name, value in values.items()})
        said = str(self.kind.words[code])
        return said % values if values else said

    def pdf(
        self, data: Data, *, house: House, pictures: Mapping[str, bytes] | None = None
    ) -> bytes:
        """The PDF of a content of its kind. Raises RenderingFailed."""
        return render_pdf(self.kind.template, self.printed(data), house=house, pictures=pictures)

    def docx(
        self, data: Data, *, house: House, pictures: Mapping[str, bytes] | None = None
    ) -> bytes:
        """The DOCX of the same content, of a kind that has this form. Raises RenderingFailed."""
        assert self.kind.blocks is not None
        blocks = self.kind.block_data(self.printed(data))
        return render_docx(self.kind.blocks, blocks, house=house, pictures=pictures)

    def printed(self, data: Data) -> dict[str, Any]:
        """The content without the passages that are not printed."""
        left_out = self.wording.left_out & set(self.kind.passages)
        return {name: type(one)() if name in left_out else one for name, one in data.items()}


def template_in_force(kind: DocumentKind, language: str, at: datetime) -> Template:
    """What held for a kind in a language at an instant; one statement, one more for a new logo."""
    held = held_at((kind.code, EVERY), language, at)
    return Template(kind, wording_of(held.get(kind.code), held.get(EVERY)))


def held_at(kinds: Iterable[str], language: str, at: datetime) -> dict[str, Said]:
    """What of the company's own held at an instant, by kind."""
    found = (
        TemplatePublication.objects.filter(
            template__kind__in=tuple(kinds), template__language=language, at__lte=at
        )
        .order_by("template_id", "-at", "-id")
        .distinct("template_id")
        .select_related("text__template", "template")
    )
    return {one.template.kind: said_in(one.text) for one in found if one.text is not None}


def said_in(text: TemplateText) -> Said:
    """What a version says, and its picture."""
    template = text.template
    return text.content, logo_of(template, text.logo_id)


def wording_of(own: Said | None, common: Said | None = None) -> Wording:
    """What a version says; where it says nothing, what every document carries."""
    said, logo = own or ({}, b"")
    shared, shared_logo = common or ({}, b"")
    texts = {name: said.get(name) or shared.get(name) or "" for name in TEXTS}
    return Wording(
        **texts,
        logo=logo or shared_logo,
        words={**shared.get("words", {}), **said.get("words", {})},
        left_out=frozenset(said.get("left_out", ())),
    )


def logo_of(template: DocumentTemplate, logo_id: UUID | None) -> bytes:
    """The picture of a version, empty when it has none or its bytes are gone."""
    if logo_id is None:
        return b""
    try:
        return _picture(Owner(template._meta.label_lower, template.public_id), logo_id)
    except NotFound:
        return b""


@lru_cache(maxsize=MOST_LOGOS)
def _picture(owner: Owner, logo_id: UUID) -> bytes:
    """Read once: a stored picture never changes."""
    with open_picture(owner, logo_id).content as content:
        return content.read()
