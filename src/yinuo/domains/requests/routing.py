"""Which support group takes a request (BP-17): decided by the groups' own data."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from yinuo.domains.network.upline import units_over
from yinuo.domains.requests.group_models import SupportGroup


@dataclass(frozen=True, slots=True)
class Features:
    """What groups tell requests apart by; empty where it is not known."""

    kind: str
    category: str
    level: str
    asset_class: str


def takes(group: SupportGroup, features: Features) -> bool:
    """True when the group takes such requests: each of its lists is empty or names it."""
    return (
        _fits(group.kinds, features.kind)
        and _fits(group.categories, features.category)
        and _fits(group.levels, features.level)
        and _fits(group.asset_classes, features.asset_class)
    )


def find_group(unit_id: int, features: Features) -> SupportGroup | None:
    """The group that takes such a request of this unit: of the unit itself, else the nearest above.

    Within a unit the lowest rank decides, then the older group. None when no group takes it.
    """
    willing = [
        group
        for group in SupportGroup.objects.filter(active=True).order_by("rank", "id")
        if takes(group, features)
    ]
    if not willing:
        return None
    return next(iter(nearest(willing, unit_id)), None)


def nearest(groups: Iterable[SupportGroup], unit_id: int) -> list[SupportGroup]:
    """Those of the groups that belong to the unit or one above it, the nearest unit first."""
    order = [unit.id for unit in units_over(unit_id)]
    near = [group for group in groups if group.unit_id in order]
    return sorted(near, key=lambda group: order.index(group.unit_id))


def groups_over(unit_id: int) -> list[SupportGroup]:
    """Active groups that requests of this unit may be given to, the nearest first."""
    groups = SupportGroup.objects.filter(active=True).select_related("next").order_by("rank", "id")
    return nearest(groups, unit_id)


def _fits(wanted: Sequence[str], given: str) -> bool:
    return not wanted or given in wanted
