"""The catalogue: which parts there are, what they fit, what they cost."""

from __future__ import annotations

import unicodedata
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from yinuo.domains.network.permissions import Permission
from yinuo.domains.network.policies import require
from yinuo.domains.network.types import Actor
from yinuo.domains.network.words import kept_words
from yinuo.domains.parts.models import Move, Part
from yinuo.domains.parts.policies import visible_parts
from yinuo.domains.parts.types import PartData, Tracking
from yinuo.platform.errors import InvalidInput
from yinuo.platform.journal.work import stored, writing
from yinuo.platform.scoped import one_of

NUMBER_LENGTH, NAME_LENGTH, MEASURE_LENGTH = 60, 120, 12
LARGEST_MONEY = Decimal(10) ** 10


def create_part(*, actor: Actor, data: PartData, now: datetime) -> Part:
    """Add a part to the catalogue. Raises Forbidden, InvalidInput per field."""
    require(actor, Permission.PART_WRITE)
    columns = _checked(data)
    with writing(actor=actor, now=now) as work:
        try:
            with transaction.atomic():
                part = Part.objects.create(**columns)
        except IntegrityError as error:
            raise _taken() from error
        work.audit("part.create", part, after={"number": part.number, "name": part.name})
        return part


def edit_part(
    *, actor: Actor, part_id: object, version: int, data: PartData, now: datetime
) -> Part:
    """Change a part. How it is followed stays as it is once anything of it moved.

    Raises NotFound, InvalidInput per field, Conflict when stale.
    """
    part = one_of(visible_parts(actor, Permission.PART_WRITE), part_id)
    columns = _checked(data)
    with writing(actor=actor, now=now) as work:
        if columns["tracking"] != part.tracking and Move.objects.filter(part=part).exists():
            message = _("Parts of this number have moved already: how they are followed stays.")
            raise InvalidInput({"tracking": message})
        before = {name: str(getattr(part, name)) for name in columns}
        try:
            with transaction.atomic():
                stored(part, expected_version=version, changes=columns)
        except IntegrityError as error:
            raise _taken() from error
        after = {name: str(value) for name, value in columns.items() if before[name] != str(value)}
        work.audit("part.edit", part, before={name: before[name] for name in after}, after=after)
        return part


def folded_number(text: str) -> str:
    """A part number as it is kept: half width, capitals, no blanks around."""
    return unicodedata.normalize("NFKC", text).strip().upper()


def _checked(data: PartData) -> dict[str, Any]:
    problems: dict[str, str] = {}
    number = folded_number(data.number)
    if not number or len(number) > NUMBER_LENGTH:
        problems["number"] = _("Give a part number of at most 60 characters.")
    if not data.name.strip() or len(data.name) > NAME_LENGTH:
        problems["name"] = _("Give a name of at most 120 characters.")
    if len(data.name_en) > NAME_LENGTH:
        problems["name_en"] = _("Give a name of at most 120 characters.")
    if data.tracking not in set(Tracking):
        problems["tracking"] = _("Choose one of those offered.")
    if len(data.measure) > MEASURE_LENGTH:
        problems["measure"] = _("Use at most %(most)d characters.") % {"most": MEASURE_LENGTH}
    for name in ("cost", "price"):
        amount = getattr(data, name)
        if amount is not None and not 0 <= amount < LARGEST_MONEY:
            problems[name] = _("Give an amount from 0 up.")
    if problems:
        raise InvalidInput(problems)
    return {
        "number": number,
        "name": data.name.strip(),
        "name_en": data.name_en.strip(),
        "tracking": data.tracking,
        "measure": data.measure.strip(),
        "models_fitted": kept_words(data.models, "models"),
        "classes_fitted": kept_words(data.classes, "classes"),
        "cost": data.cost,
        "price": data.price,
        "active": data.active,
    }


def _taken() -> InvalidInput:
    return InvalidInput({"number": _("Another part has this number.")})
