"""What a company writes in its documents."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from tests.factories.company import Member

from yinuo.domains.document_templates.models import DocumentTemplate, TemplateText
from yinuo.domains.document_templates.services import publish_template, write_template
from yinuo.domains.document_templates.types import TemplateContent

CLOSING = "收款账号：6222 0000 1234（{company}）"
HEAD = "深圳市南山区科技园一路 8 号\n电话 0755-2600 0000"


def write(by: Member, code: str, **content: Any) -> TemplateText:
    """A version of a kind in a language, not published."""
    kind, _dash, language = code.rpartition("-")
    there = DocumentTemplate.objects.filter(kind=kind, language=language).first()
    return write_template(
        actor=by.actor,
        code=code,
        version=there.version if there else 1,
        content=TemplateContent(**content),
        now=datetime.now(UTC),
    )


def publish_written(by: Member, code: str, **content: Any) -> TemplateText:
    """The same, in force from now on."""
    text = write(by, code, **content)
    template = DocumentTemplate.objects.get(pk=text.template_id)
    publish_template(
        actor=by.actor, text_id=text.public_id, version=template.version, now=datetime.now(UTC)
    )
    return text


def make_document_template(by: Member) -> tuple[str, TemplateText]:
    """A kind nobody wrote for yet with a version in force and a newer one that waits."""
    kinds = ("quote", "damage", "letter")
    written = set(DocumentTemplate.objects.values_list("kind", flat=True))
    code = next(f"{one}-zh" for one in kinds if one not in written)
    publish_written(by, code, title="报价单", closing=CLOSING)
    return code, write(by, code, title="报价单", closing=CLOSING, head=HEAD)
