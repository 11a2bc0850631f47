"""The words a customer reads for codes, in one place."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from yinuo.domains.contracts.types import Cover
from yinuo.platform.errors import Text

STATES: Mapping[str, Text] = {
    "new": pgettext_lazy("customer", "Received"),
    "answered": pgettext_lazy("customer", "In work"),
    "remote": pgettext_lazy("customer", "Remote help under way"),
    "on_site": pgettext_lazy("customer", "Engineer on site"),
    "waiting": pgettext_lazy("customer", "On hold"),
    "restored": pgettext_lazy("customer", "Restored, please check"),
    "confirmed": pgettext_lazy("customer", "Confirmed by you"),
    "archived": pgettext_lazy("customer", "Finished"),
    "cancelled": pgettext_lazy("customer", "Cancelled"),
    "merged": pgettext_lazy("customer", "Goes on in another request"),
    "reopened": pgettext_lazy("customer", "In work again"),
}
REPAIR_STATES: Mapping[str, Text] = {
    "opened": pgettext_lazy("repair", "Announced"),
    "collected": pgettext_lazy("repair", "On its way to us"),
    "received": pgettext_lazy("repair", "Received"),
    "diagnosed": pgettext_lazy("repair", "Diagnosed"),
    "quoted": pgettext_lazy("repair", "Quoted, waits for your answer"),
    "in_repair": pgettext_lazy("repair", "In repair"),
    "declined": pgettext_lazy("repair", "Quote declined"),
    "unrepairable": pgettext_lazy("repair", "Not repairable"),
    "repaired": pgettext_lazy("repair", "Repaired, to be tested"),
    "tested": pgettext_lazy("repair", "Tested"),
    "shipped": pgettext_lazy("repair", "Shipped back"),
    "refitted": pgettext_lazy("repair", "Fitted again"),
    "cancelled": pgettext_lazy("repair", "Cancelled"),
}
GOODS_STATES: Mapping[str, Text] = {
    "ordered": pgettext_lazy("goods", "Ordered, we confirm the day"),
    "accepted": pgettext_lazy("goods", "Confirmed"),
    "shipped": pgettext_lazy("goods", "Shipped"),
    "delivered": pgettext_lazy("goods", "Delivered"),
    "closed": pgettext_lazy("goods", "Closed"),
    "cancelled": pgettext_lazy("goods", "Cancelled"),
}
RELOCATION_STATES: Mapping[str, Text] = {
    "planning": pgettext_lazy("relocation", "Being planned"),
    "sent": pgettext_lazy("relocation", "Waits for your approval"),
    "approved": pgettext_lazy("relocation", "Approved by you"),
    "under_way": pgettext_lazy("relocation", "Under way"),
    "rolling_back": pgettext_lazy("relocation", "Being rolled back"),
    "rolled_back": pgettext_lazy("relocation", "Rolled back"),
    "done": pgettext_lazy("relocation", "Done, waits for your acceptance"),
    "accepted": pgettext_lazy("relocation", "Accepted by you"),
    "cancelled": pgettext_lazy("relocation", "Called off"),
}
STEP_STATES: Mapping[str, Text] = {
    "waiting": pgettext_lazy("relocation step", "to come"),
    "running": pgettext_lazy("relocation step", "under way"),
    "done": pgettext_lazy("relocation step", "done"),
    "failed": pgettext_lazy("relocation step", "failed"),
    "rolled_back": pgettext_lazy("relocation step", "rolled back"),
}
LEGS: Mapping[str, Text] = {
    "collected": pgettext_lazy("leg", "Pick-up"),
    "received": pgettext_lazy("leg", "Receipt"),
    "diagnosed": pgettext_lazy("leg", "Diagnosis"),
    "quoted": pgettext_lazy("leg", "Quote"),
    "repaired": pgettext_lazy("leg", "Repair"),
    "tested": pgettext_lazy("leg", "Test"),
    "shipped": pgettext_lazy("leg", "Shipping"),
    "refitted": pgettext_lazy("leg", "Refit"),
}
HAPPENINGS: Mapping[str, Text] = {
    "reported": pgettext_lazy("customer", "You reported it"),
    "visit_planned": pgettext_lazy("customer", "We planned a visit"),
    "responded": pgettext_lazy("customer", "We answered"),
    "remote_started": pgettext_lazy("customer", "Remote help began"),
    "remote_ended": pgettext_lazy("customer", "Remote help ended"),
    "on_site_decided": pgettext_lazy("customer", "An engineer will come"),
    "departed": pgettext_lazy("customer", "The engineer is on the way"),
    "arrived": pgettext_lazy("customer", "The engineer arrived"),
    "interim_restored": pgettext_lazy("customer", "Works for the time being"),
    "restored": pgettext_lazy("customer", "Restored"),
    "confirmed_by_customer": pgettext_lazy("customer", "You confirmed it"),
    "archived": pgettext_lazy("customer", "Finished"),
    "cancelled": pgettext_lazy("customer", "Cancelled"),
    "merged": pgettext_lazy("customer", "Goes on in another request"),
    "reopened": pgettext_lazy("customer", "Taken up again"),
    "paused": pgettext_lazy("customer", "Put on hold"),
    "resumed": pgettext_lazy("customer", "Goes on"),
    "pause_acknowledged": pgettext_lazy("customer", "You acknowledged the pause"),
    "pause_objected": pgettext_lazy("customer", "You objected to the pause"),
    "pause_objection_upheld": pgettext_lazy("customer", "Your objection stands"),
    "pause_unanswered": pgettext_lazy("customer", "You did not object in time; the pause counts"),
    "message": pgettext_lazy("customer", "Message for you"),
}
ICONS: Mapping[str, str] = {
    "reported": "send",
    "visit_planned": "calendar-event",
    "responded": "message-circle",
    "remote_started": "device-laptop",
    "remote_ended": "device-laptop",
    "on_site_decided": "calendar-event",
    "departed": "send",
    "arrived": "map-pin",
    "interim_restored": "tool",
    "restored": "tool",
    "confirmed_by_customer": "circle-check",
    "archived": "file-text",
    "cancelled": "x",
    "merged": "arrow-right",
    "reopened": "refresh",
    "paused": "clock-pause",
    "resumed": "clock",
    "pause_acknowledged": "check",
    "pause_objected": "x",
    "pause_objection_upheld": "circle-check",
    "pause_unanswered": "clock-pause",
    "message": "mail",
}


_CHARGED: Mapping[str, Text] = {
    "suspended": gettext_lazy("Charged: the contract is suspended"),
    "used_up": gettext_lazy("Charged: the visits or hours bought are used up"),
    "excluded": gettext_lazy("Charged: the terms of the warranty exclude it"),
    "not_factory": gettext_lazy("Charged: the part is not in the factory configuration"),
    "user_damage": gettext_lazy("Charged: damage by the user, under its separate contract"),
}


def cover_sentence(cover: Cover) -> str:
    """What applies to a device, as one would say it to its owner."""
    day = date_format(cover.until - timedelta(days=1)) if cover.until else ""
    reason = cover.reason.value
    if reason == "warranty_runs":
        return (
            _("Free of charge: under warranty until %(day)s") % {"day": day}
            if day
            else _("Free of charge: under warranty")
        )
    if reason == "contract_runs":
        names = {"number": cover.contract_number, "day": day}
        if day:
            return _("Under contract %(number)s until %(day)s") % names
        return _("Under contract %(number)s") % names
    if reason == "goodwill_rule":
        return (
            _("Free of charge by goodwill until %(day)s") % {"day": day}
            if day
            else _("Free of charge by goodwill")
        )
    if reason == "warranty_ended" and day:
        return _("Charged: the warranty ended on %(day)s") % {"day": day}
    if reason == "contract_ended" and day:
        return _("Charged: the contract ended on %(day)s") % {"day": day}
    if reason == "not_started" and cover.until:
        return _("Charged: the contract begins on %(day)s") % {"day": date_format(cover.until)}
    return str(_CHARGED.get(reason, _("Charged: no contract covers it")))
