"""A document of sample content, so that a template can be looked at before it is published."""

from __future__ import annotations

import json
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override

from yinuo.domains.document_templates.in_force import (
    Template,
    held_at,
    said_in,
    template_in_force,
    wording_of,
)
from yinuo.domains.document_templates.kinds import (
    EVERY,
    LANGUAGES,
    DocumentKind,
    Which,
    all_kinds,
    which_of,
)
from yinuo.domains.document_templates.policies import visible_texts
from yinuo.domains.network.naming import company_name
from yinuo.domains.network.permissions import Permission
from yinuo.domains.network.policies import require
from yinuo.domains.network.types import Actor
from yinuo.platform.rendering import House
from yinuo.platform.scoped import one_of


def preview_text(actor: Actor, text_id: object, *, now: datetime) -> tuple[bytes, str]:
    """The PDF of a version with sample content, and its name. Raises NotFound, RenderingFailed."""
    text = one_of(visible_texts(actor).select_related("template"), text_id)
    which = which_of(f"{text.template.kind}-{text.template.language}")
    common = held_at((EVERY,), which.language, now).get(EVERY)
    own = said_in(text)
    wording = wording_of(own, common) if which.kind else wording_of(None, own)
    template = Template(kind_shown(which), wording)
    return sample_pdf(template, which.language, now), f"{which.code}-{text.number}"


def preview_template(actor: Actor, code: object, *, now: datetime) -> tuple[bytes, str]:
    """The same of what is in force now."""
    require(actor, Permission.DOCUMENT_TEMPLATE_READ)
    which = which_of(code)
    template = template_in_force(kind_shown(which), which.language, now)
    return sample_pdf(template, which.language, now), which.code


def sample_docx(template: Template, language: str, now: datetime) -> bytes | None:
    """The DOCX of sample content; None for kinds that have no such form."""
    if template.kind.blocks is None:
        return None
    with override(LANGUAGES[language]):
        return template.docx(sample_of(template, language), house=_house(template, language, now))


def sample_pdf(template: Template, language: str, now: datetime) -> bytes:
    """The PDF of sample content. Raises RenderingFailed."""
    with override(LANGUAGES[language]):
        return template.pdf(sample_of(template, language), house=_house(template, language, now))


def kind_shown(which: Which) -> DocumentKind:
    """The kind itself; for what every document carries, the first one."""
    return which.kind or all_kinds()[0]


def _house(template: Template, language: str, now: datetime) -> House:
    return House(
        company=company_name(),
        unit=_("Service centre"),
        title=template.title,
        number="2026-0001",
        note=_("Sample"),
        language=language,
        made_at=now,
        customer=_("A customer"),
        wording=template.wording,
    )


def sample_of(template: Template, language: str) -> dict[str, Any]:
    """What a preview shows as content; ask with the language active."""
    sample: dict[str, Any] = _resolved(_read(template.kind.sample), template, language)
    return sample


@lru_cache(maxsize=32)
def _read(sample: Path) -> Any:
    return json.loads(sample.read_text("utf-8"))


def _resolved(value: Any, template: Template, language: str) -> Any:
    """`@code` becomes the word, `@code {"name": "value"}` one with values, `{"zh", "en"}` the
    text of the language, itself a word perhaps."""
    if isinstance(value, str):
        if not value.startswith("@"):
            return value
        code, _space, values = value[1:].partition(" ")
        return template.word(code, **(json.loads(values) if values else {}))
    if isinstance(value, list):
        return [_resolved(one, template, language) for one in value]
    if isinstance(value, dict):
        if set(value) == set(LANGUAGES):
            return _resolved(value[language], template, language)
        return {name: _resolved(one, template, language) for name, one in value.items()}
    return value
