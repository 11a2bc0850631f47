"""Kinds of values the API takes in. Each refuses what the database or the kernel could not hold."""

from __future__ import annotations

import re
from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any, Protocol
from uuid import UUID

from django.utils.translation import gettext as _
from ninja import Path
from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PlainSerializer,
    StringConstraints,
    WithJsonSchema,
)
from pydantic_core import PydanticCustomError

from yinuo.platform.paging import MOST_PER_PAGE

OWN_MESSAGE = "yinuo"
FIRST_YEAR, LAST_YEAR = 1970, 2199
LARGEST_VERSION = 2_147_483_647
# Every text but one with NUL, which PostgreSQL cannot store.
_TEXT = r"^[^\u0000]*$"
_DEGREES = r"-?[0-9]{1,3}(\.[0-9]{1,6})?"
_MONEY = r"[0-9]{1,12}(\.[0-9]{1,2})?"


def refusal(message: str) -> PydanticCustomError:
    """A refusal with our own message, already in the reader's language."""
    # The message goes in as a value, so that braces in it stay what they are.
    return PydanticCustomError(OWN_MESSAGE, "{message}", {"message": message})


def _instant(value: Any) -> datetime:
    if not isinstance(value, str):
        raise refusal(_("Give a time such as 2026-05-01T23:10:00+08:00."))
    try:
        instant = datetime.fromisoformat(value)
    except ValueError as error:
        raise refusal(_("Give a time such as 2026-05-01T23:10:00+08:00.")) from error
    if instant.tzinfo is None:
        raise refusal(_("Give the time with its zone, such as +08:00."))
    if not FIRST_YEAR < instant.year < LAST_YEAR:
        raise refusal(_("Give a time between the years 1970 and 2199."))
    return instant


def _day(value: Any) -> date:
    try:
        day = date.fromisoformat(value)
    except (ValueError, TypeError) as error:
        raise refusal(_("Give a date such as 2026-05-01.")) from error
    if not FIRST_YEAR < day.year < LAST_YEAR:
        raise refusal(_("Give a time between the years 1970 and 2199."))
    return day


def _money(value: Any) -> Any:
    if not isinstance(value, str) or not re.fullmatch(_MONEY, value):
        raise refusal(_('Give the amount as text, such as "1250.00".'))
    return value


def _degrees(value: Any) -> Any:
    if not isinstance(value, str) or not re.fullmatch(_DEGREES, value):
        raise refusal(_('Give degrees as text, such as "22.543100".'))
    return value


def text(longest: int, *, shortest: int = 0) -> StringConstraints:
    """The constraint of a text of at most so many characters without NUL."""
    return StringConstraints(min_length=shortest, max_length=longest, pattern=_TEXT)


Word = Annotated[str, text(60)]
Label = Annotated[str, text(80)]
Name = Annotated[str, text(200)]
Line = Annotated[str, text(300)]
Remark = Annotated[str, text(4_000)]
Instant = Annotated[
    datetime,
    BeforeValidator(_instant),
    WithJsonSchema({"type": "string", "format": "date-time"}),
]
Day = Annotated[date, BeforeValidator(_day), WithJsonSchema({"type": "string", "format": "date"})]
Money = Annotated[
    Decimal,
    BeforeValidator(_money),
    WithJsonSchema({"type": "string", "pattern": f"^{_MONEY}$"}),
    PlainSerializer(str),
]
Degrees = Annotated[
    Decimal,
    BeforeValidator(_degrees),
    WithJsonSchema({"type": "string", "pattern": f"^{_DEGREES}$"}),
    PlainSerializer(str),
]
Id = Annotated[UUID, Field(description="A public id.")]
Version = Annotated[
    int,
    Field(
        strict=True, ge=1, le=LARGEST_VERSION, description="The version this change is based on."
    ),
]
PathId = Path[Annotated[str, WithJsonSchema({"type": "string", "format": "uuid"})]]


class Versioned(Protocol):
    """What a writer sent with the version he saw; None when it may be any."""

    @property
    def version(self) -> int | None:
        """As the row's `version` was when it was read."""

    def model_dump(self, *, mode: str) -> dict[str, Any]:
        """Everything sent."""


class Input(BaseModel):
    """A body or a set of parameters; a name it does not know is an error (R04, R05)."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=False)


class Paging(Input):
    """Which page of a list."""

    cursor: Annotated[str, text(2_000)] = ""
    limit: Annotated[int, Field(ge=1, le=MOST_PER_PAGE)] = 50
