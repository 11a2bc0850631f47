"""Files published as versions that never change: plans, price lists, checklists.

Their tables share the columns code, number, title_zh, title_en, source, content_hash,
published_at and published_by.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any, Protocol, TypeVar, cast

from django.db.models import Max, Model
from django.utils.translation import get_language

from yinuo.kernel.plan.text import Text
from yinuo.planfile import PlanError
from yinuo.platform.database.holding import hold
from yinuo.platform.errors import InvalidInput
from yinuo.platform.journal.work import Actor, Subject, writing

Row = TypeVar("Row", bound=Model)


class Content(Protocol):
    """What a file says; `hash` names its meaning."""

    @property
    def code(self) -> str: ...
    @property
    def title(self) -> Text: ...
    @property
    def hash(self) -> str: ...


Found = TypeVar("Found", bound=Content)


def read_file(load: Callable[[str, str], Found], source: str, name: str, refusal: str) -> Found:
    """What a file says. Raises InvalidInput with every error: line, column, what is wrong."""
    try:
        return load(source, name)
    except PlanError as error:
        said = error.in_language(get_language() or "zh-hans")
        raise InvalidInput({"source": said}, refusal) from error


def publish_version(
    model: type[Row],
    content: Content,
    *,
    subject: str,
    source: str,
    actor: Actor,
    now: datetime,
    **more: Any,
) -> Row:
    """The next version of what bears this code; the same content again gives the one it is.

    `subject` names it in journal and outbox: `price_list` is audited as `price_list.publish` and
    told as `price_list.published`. `more` fills columns of its own.
    """
    versions = model._default_manager.filter(code=content.code)
    with writing(actor=actor, now=now) as work:
        # Two who publish at the same moment get versions one after the other.
        hold([f"{subject}:{content.code}"])
        if published := versions.filter(content_hash=content.hash).first():
            return published
        last = versions.aggregate(last=Max("number"))["last"]
        number = (last or 0) + 1
        version = model._default_manager.create(
            code=content.code,
            number=number,
            title_zh=content.title.zh,
            title_en=content.title.en,
            source=source,
            content_hash=content.hash,
            published_at=now,
            published_by=actor.label,
            **more,
        )
        row = cast(Subject, version)
        work.audit(f"{subject}.publish", row, after={"code": content.code, "number": number})
        work.emit(f"{subject}.published", row)
        return version
