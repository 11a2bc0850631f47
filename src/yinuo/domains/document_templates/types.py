"""What document templates take in and hand out: frozen, without queries behind it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from yinuo.domains.document_templates.kinds import Which

# The texts of a template and how long each may be; the first is the title.
TEXTS = {"title": 60, "head": 400, "introduction": 2_000, "closing": 4_000, "footer": 160}


@dataclass(frozen=True, slots=True)
class TemplateContent:
    """What was written: empty texts and absent words stand for the product's own."""

    title: str = ""
    head: str = ""
    introduction: str = ""
    closing: str = ""
    footer: str = ""
    words: Mapping[str, str] = field(default_factory=dict)
    left_out: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TextRow:
    """A version as lists show it; `published_at` when it held for the first time."""

    public_id: UUID
    number: int
    written_at: datetime
    written_by: str
    published_at: datetime | None
    is_in_force: bool


@dataclass(frozen=True, slots=True)
class TemplateRow:
    """A kind in a language: which version holds, and whether a newer one waits."""

    which: Which
    number: int | None
    since: datetime | None
    by: str
    newest: int | None

    @property
    def waits(self) -> bool:
        """True while a version newer than the one in force was never published."""
        return self.newest is not None and self.newest > (self.number or 0)


@dataclass(frozen=True, slots=True)
class TemplateView:
    """A kind in a language with its versions and the newest one's content.

    `version` is what a change names; 1 before the first one.
    """

    which: Which
    version: int
    content: TemplateContent
    logo_id: UUID | None
    in_force: int | None
    since: datetime | None
    texts: tuple[TextRow, ...]


@dataclass(frozen=True, slots=True)
class TextView:
    """One version with its content."""

    which: Which
    version: int
    row: TextRow
    content: TemplateContent
    logo_id: UUID | None
