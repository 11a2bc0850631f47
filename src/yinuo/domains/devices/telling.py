"""Telling those who give a unit's sheets out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from yinuo.domains.network.holders import holders_of
from yinuo.domains.network.permissions import Permission
from yinuo.domains.network.roster import read_roster
from yinuo.domains.notices.services import notify
from yinuo.domains.notices.types import Telling
from yinuo.platform.journal.work import Work

SUBJECT_TYPE = "work_order"


def tell_dispatchers(work: Work, topic: str, order: Any, data: Mapping[str, str]) -> None:
    """Tell everybody who assigns the sheets of this one's unit, in the app."""
    roster = read_roster()
    holders = holders_of(Permission.WORK_ORDER_ASSIGN, order.unit_id)
    told = [known for one in holders if (known := roster.person(one.id))]
    said = {"number": order.number, **data}
    telling = Telling(topic, SUBJECT_TYPE, order.public_id, order.unit_id, said)
    notify(work, telling, told, ())
