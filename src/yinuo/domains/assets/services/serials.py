"""Two who enter the same serial number at the same moment: the second waits, then is told."""

from __future__ import annotations

from yinuo.domains.assets.models import Asset
from yinuo.platform.database.holding import hold


def hold_serial(model: str, serial: str) -> None:
    """Wait until nobody else enters this number of this model; held until the step ends.

    Called inside the step, before looking whether the number is taken: without it both would see
    it free, and the second would end in an error of the database. Nothing for an empty number.
    """
    if not serial.strip():
        return
    hold([f"serial:{model.strip()}\n{serial.strip()}"])


def is_serial_taken(model: str, serial: str) -> bool:
    """True when any asset of the model has the number; an empty one nobody has."""
    number = serial.strip()
    return bool(number) and Asset.objects.filter(model=model.strip(), serial=number).exists()
