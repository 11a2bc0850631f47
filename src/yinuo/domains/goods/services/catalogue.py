"""The catalogue of goods: which articles may be ordered, how long they last (SG-07)."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from yinuo.domains.goods.models import GoodsItem
from yinuo.domains.goods.policies import visible_items
from yinuo.domains.goods.types import ItemData
from yinuo.domains.network.permissions import Permission
from yinuo.domains.network.policies import require
from yinuo.domains.network.types import Actor
from yinuo.platform.errors import InvalidInput
from yinuo.platform.journal.work import stored, writing
from yinuo.platform.scoped import one_of

NAME_LENGTH, MEASURE_LENGTH, LONGEST_LIFE = 120, 12, 600
_CODE = re.compile(r"[a-z0-9_.-]{1,60}")


def create_item(*, actor: Actor, data: ItemData, now: datetime) -> GoodsItem:
    """Add an article to the catalogue. Raises Forbidden, InvalidInput per field."""
    require(actor, Permission.GOODS_CATALOGUE)
    columns = _checked(data)
    with writing(actor=actor, now=now) as work:
        try:
            with transaction.atomic():
                item = GoodsItem.objects.create(**columns)
        except IntegrityError as error:
            raise _taken() from error
        work.audit("goods_item.create", item, after={"code": item.code, "name": item.name})
        return item


def edit_item(
    *, actor: Actor, item_id: object, version: int, data: ItemData, now: datetime
) -> GoodsItem:
    """Change an article; its code stays, because versions of orders name it by that.

    Raises NotFound, InvalidInput per field, Conflict when stale.
    """
    item = one_of(visible_items(actor, Permission.GOODS_CATALOGUE), item_id)
    columns = _checked(data)
    if columns["code"] != item.code:
        raise InvalidInput({"code": _("The code stays; add another article instead.")})
    with writing(actor=actor, now=now) as work:
        changed = {name: value for name, value in columns.items() if getattr(item, name) != value}
        before = {name: getattr(item, name) for name in changed}
        stored(item, expected_version=version, changes=columns)
        work.audit("goods_item.edit", item, before=before, after=changed)
        return item


def _checked(data: ItemData) -> dict[str, Any]:
    problems: dict[str, str] = {}
    code = data.code.strip().lower()
    if not _CODE.fullmatch(code):
        problems["code"] = _("Use 1 to 60 letters, figures, dots, dashes or underscores.")
    if not data.name.strip() or len(data.name) > NAME_LENGTH:
        problems["name"] = _("Give a name of at most 120 characters.")
    if len(data.name_en) > NAME_LENGTH:
        problems["name_en"] = _("Give a name of at most 120 characters.")
    if not 0 < len(data.measure.strip()) <= MEASURE_LENGTH:
        problems["measure"] = _("Fill this in, with at most %(most)d characters.") % {
            "most": MEASURE_LENGTH
        }
    if data.life_months is not None and not 0 < data.life_months <= LONGEST_LIFE:
        problems["life_months"] = _("Give 1 to 600 months, or leave it empty.")
    if data.price_code.strip() and not _CODE.fullmatch(data.price_code.strip()):
        problems["price_code"] = _("Use 1 to 60 letters, figures, dots, dashes or underscores.")
    if problems:
        raise InvalidInput(problems)
    return {
        "code": code,
        "name": data.name.strip(),
        "name_en": data.name_en.strip(),
        "measure": data.measure.strip(),
        "life_months": data.life_months,
        "price_code": data.price_code.strip(),
        "active": data.active,
    }


def _taken() -> InvalidInput:
    return InvalidInput({"code": _("Another article has this code.")})
