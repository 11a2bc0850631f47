"""What orders of goods and parcels have to hold; every problem names its field."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext as _

from yinuo.domains.goods.models import GoodsItem, GoodsLine
from yinuo.domains.goods.types import MOST_LINES, MOST_QUANTITY, Wanted
from yinuo.platform.days import day_of
from yinuo.platform.errors import InvalidInput, NotFound
from yinuo.platform.scoped import identity

TEXT_LENGTH, PLACE_LENGTH, NAME_LENGTH = 500, 300, 80


def field_of(item_id: object) -> str:
    """The name of an article's quantity in a form, and of what is wrong with it."""
    return f"item-{item_id}"


def wanted_items(lines: Iterable[Wanted]) -> dict[UUID, int]:
    """How many of each article, by public id; 0 means none of it and stays.

    Raises InvalidInput for the same article twice, for too many lines and for quantities that are
    below zero or beyond 100,000; NotFound for an id that is not written like one.
    """
    found: dict[UUID, int] = {}
    problems: dict[str, str] = {}
    for one in lines:
        item_id = identity(one.item_id)
        if item_id in found:
            problems[field_of(item_id)] = _("This article stands here twice.")
        elif not 0 <= one.quantity <= MOST_QUANTITY:
            problems[field_of(item_id)] = _("Give a number from 1 to 100,000.")
        found[item_id] = one.quantity
    if len(found) > MOST_LINES:
        problems["lines"] = _("Order at most 30 articles at once.")
    if not any(found.values()):
        problems["lines"] = _("Say how many of which article.")
    if problems:
        raise InvalidInput(problems)
    return found


def items_named(
    wanted: Mapping[UUID, int], known: Iterable[GoodsLine] = ()
) -> dict[UUID, GoodsItem]:
    """The articles of the catalogue by public id; one out of use only where the order has it.

    Raises NotFound for an article that is not in the catalogue.
    """
    present = {one.item.public_id: one.item for one in known}
    ids = [one for one, quantity in wanted.items() if quantity and one not in present]
    items = {one.public_id: one for one in GoodsItem.objects.filter(public_id__in=ids)}
    if len(items) != len(ids):
        raise NotFound
    gone = [one for one in items.values() if not one.active]
    if gone:
        said = _("This article is out of the catalogue.")
        raise InvalidInput({field_of(one.public_id): said for one in gone})
    return items | present


def text_problems(given: Mapping[str, tuple[str, int]], needed: Iterable[str]) -> dict[str, str]:
    """What is wrong with texts, each given with its most characters."""
    problems = {
        name: _("Use at most %(most)d characters.") % {"most": most}
        for name, (text, most) in given.items()
        if len(text) > most
    }
    for name in needed:
        if not given[name][0].strip():
            problems[name] = _("Fill this in.")
    return problems


def not_past(name: str, on: date | None, now: datetime) -> dict[str, str]:
    """A problem when a day to come is over."""
    if on is not None and on < day_of(now):
        return {name: _("This day is over already.")}
    return {}


def in_time(name: str, at: datetime, *, since: datetime, now: datetime) -> dict[str, str]:
    """A problem when something that happened is still to come, or is before what came before it.

    A time typed to the minute may mean the minute of that.
    """
    if at.tzinfo is None or at > now:
        return {name: _("This time is in the future. Correct it.")}
    if at < since.replace(second=0, microsecond=0):
        return {name: _("This is before the last step. Correct it.")}
    return {}
