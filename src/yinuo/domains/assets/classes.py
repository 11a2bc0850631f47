"""Finding every asset of a class: by model, product line, range of serial numbers, component."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.db.models.functions import Collate, Length, Upper
from django.utils.translation import gettext as _

from yinuo.domains.assets.models import Asset, Component
from yinuo.domains.assets.policies import visible_assets
from yinuo.domains.network.permissions import Permission
from yinuo.domains.network.types import Actor
from yinuo.platform.errors import InvalidInput

_LENGTHS = {"model": 120, "asset_class": 60, "serial_from": 80, "serial_to": 80, "component": 120}
FEWEST_LETTERS = 2


@dataclass(frozen=True, slots=True)
class AssetClass:
    """Which assets are meant; what is empty narrows nothing, what is given must all hold.

    Model and product line fit whole, in any case. Serial numbers lie between both bounds, the
    bounds included, compared sign by sign; bounds of one length mean numbers of that length.
    `component` is part of the name, model or serial number of a part that is in the asset.
    """

    model: str = ""
    asset_class: str = ""
    serial_from: str = ""
    serial_to: str = ""
    component: str = ""

    def folded(self) -> AssetClass:
        """The same in half width and without blanks around; serial bounds in capitals."""
        return AssetClass(
            _folded(self.model),
            _folded(self.asset_class),
            _folded(self.serial_from).upper(),
            _folded(self.serial_to).upper(),
            _folded(self.component),
        )

    def is_empty(self) -> bool:
        """True when it narrows nothing."""
        return not any(getattr(self, name).strip() for name in _LENGTHS)


def checked_class(which: AssetClass) -> AssetClass:
    """The class folded; InvalidInput per field when it means nothing or nothing that can be."""
    which = which.folded()
    problems = {
        name: _("Use at most %(most)d characters.") % {"most": most}
        for name, most in _LENGTHS.items()
        if len(getattr(which, name)) > most
    }
    if which.is_empty():
        problems["model"] = _("Say which assets: by model, class, serial numbers or part.")
    if which.serial_from and which.serial_to and which.serial_from > which.serial_to:
        problems["serial_to"] = _("The last serial number stands before the first one.")
    if 0 < len(which.component) < FEWEST_LETTERS:
        problems["component"] = _("Give at least two letters.")
    if problems:
        raise InvalidInput(problems)
    return which


def assets_of_class(
    actor: Actor, which: AssetClass, permission: Permission = Permission.ASSET_READ
) -> QuerySet[Asset]:
    """Assets in use of this class at customers in whose unit the actor holds the right.

    `which` has passed `checked_class`.
    """
    found = visible_assets(actor, permission).filter(active=True)
    if which.model:
        found = found.filter(model__iexact=which.model)
    if which.asset_class:
        found = found.filter(asset_class__iexact=which.asset_class)
    if which.serial_from or which.serial_to:
        found = _in_range(found, which)
    if which.component:
        word = which.component
        parts = Component.objects.filter(
            Q(name__holds=word) | Q(model__holds=word) | Q(serial__holds=word),
            removed_on__isnull=True,
        )
        found = found.filter(pk__in=parts.values("asset_id"))
    return found


def _in_range(found: QuerySet[Asset], which: AssetClass) -> QuerySet[Asset]:
    found = found.exclude(serial="").alias(capitals=Collate(Upper("serial"), "C"))
    if which.serial_from:
        found = found.filter(capitals__gte=which.serial_from)
    if which.serial_to:
        found = found.filter(capitals__lte=which.serial_to)
    if len(which.serial_from) == len(which.serial_to):
        found = found.alias(signs=Length("serial")).filter(signs=len(which.serial_from))
    return found


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text).strip()
