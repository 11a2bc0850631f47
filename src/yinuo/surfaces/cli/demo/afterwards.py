"""What follows the cases of the demo company: complaints, repairs, loans, goods, visits."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from yinuo.domains.network.types import Actor
from yinuo.surfaces.cli.demo.complaining import hear_complaints
from yinuo.surfaces.cli.demo.going_round import go_round
from yinuo.surfaces.cli.demo.lending import lend_units
from yinuo.surfaces.cli.demo.moving import move_equipment
from yinuo.surfaces.cli.demo.ordering import order_goods
from yinuo.surfaces.cli.demo.promised_visits import hold_promised
from yinuo.surfaces.cli.demo.releasing import release_software
from yinuo.surfaces.cli.demo.sending_in import send_devices_in
from yinuo.surfaces.cli.demo.training import train_people


def after_the_cases(manager: Actor, company: Mapping[str, Any], now: datetime) -> None:
    """Complaints, devices sent in, standby units lent, goods ordered, software out, a move."""
    hear_complaints(manager, now)
    send_devices_in(manager, now)
    lend_units(manager, now)
    order_goods(manager, company["goods"], now)
    release_software(manager, now)
    move_equipment(manager, now)


def keep_visits(seller: Actor, manager: Actor, now: datetime) -> None:
    """What contracts promise to come for: held so far, and due now; and whom people trained."""
    hold_promised(seller, now)
    go_round(manager, now)
    train_people(manager, now)
