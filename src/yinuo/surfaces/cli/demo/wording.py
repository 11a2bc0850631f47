"""What the demo company writes in its documents: a common head, terms on quotes, a hotline."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from yinuo.domains.document_templates.services import publish_template, write_template
from yinuo.domains.document_templates.types import TemplateContent
from yinuo.domains.network.types import Actor

MADE, PUBLISHED = 1, 2


def word_documents(admin: Actor, data: dict[str, dict[str, Any]], founded: datetime) -> None:
    """Write and publish each template of `documents` in the company file, from the founding on."""
    for code, content in data.items():
        text = write_template(
            actor=admin, code=code, version=MADE, content=TemplateContent(**content), now=founded
        )
        publish_template(actor=admin, text_id=text.public_id, version=PUBLISHED, now=founded)
