"""Items priced by a published list: the list behind a version, and refusals by field."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from yinuo.domains.billing.models import PriceListVersion
from yinuo.domains.billing.policies import visible_price_lists
from yinuo.domains.contracts.statutory import StatutoryDays, statutory_days
from yinuo.domains.network.types import Actor
from yinuo.kernel.pricing import Item, Priced, PriceList, PricingError, price
from yinuo.planfile.pricelists import load_price_list
from yinuo.platform.errors import InvalidInput
from yinuo.platform.scoped import one_of

MOST_KEPT = 64
NOTE_LENGTH = 200


def price_list_of(version_id: int) -> PriceList:
    """The list of a published version, by its internal id (already scoped by the caller).

    Its office hours know the statutory days this process knows now.
    """
    return _loaded(version_id, statutory_days())


@lru_cache(maxsize=MOST_KEPT)
def _loaded(version_id: int, days: StatutoryDays) -> PriceList:
    version = PriceListVersion.objects.get(pk=version_id)
    return load_price_list(version.source, f"{version.code}-{version.number}", days.table)


def price_by(list_: PriceList, items: Sequence[Item]) -> Priced:
    """The items priced. Raises InvalidInput with a message by item and field (`items.0.zone`)."""
    if not items:
        raise InvalidInput({"items": _("Add at least one line.")})
    problems = {
        f"items.{place}.note": _("Use at most %(most)d characters.") % {"most": NOTE_LENGTH}
        for place, item in enumerate(items)
        if len(item.note) > NOTE_LENGTH
    }
    try:
        priced = price(list_, items)
    except PricingError as error:
        language = get_language() or "zh-hans"
        wrong = {
            f"items.{one.item}.{one.field}": one.words.in_language(language)
            for one in error.problems
        }
        raise InvalidInput({**problems, **wrong}) from error
    if problems:
        raise InvalidInput(problems)
    return priced


def price_items(actor: Actor, price_list_id: object, items: Sequence[Item]) -> Priced:
    """What the items would cost by a visible list; nothing is stored.

    Raises NotFound for a list the actor may not read, InvalidInput for wrong items.
    """
    version = one_of(visible_price_lists(actor), price_list_id)
    return price_by(price_list_of(version.pk), items)
