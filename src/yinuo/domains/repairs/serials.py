"""Which serial numbers the register of standby units keeps: stock asks before it takes one in."""

from __future__ import annotations

from collections.abc import Collection

from django.utils.translation import gettext as _

from yinuo.domains.repairs.models import StandbyUnit
from yinuo.kernel.loan_states import StandbyState

_GONE = (StandbyState.SOLD.value, StandbyState.RETIRED.value)


def places_of_serials(serials: Collection[str]) -> dict[str, str]:
    """Those of them that are standby units in use, with where each is in words."""
    rows = StandbyUnit.objects.filter(serial__in=serials).exclude(state__in=_GONE)
    return {one.serial: f"{_('Standby units')} · {one.name}" for one in rows}
