"""The words on screen for parts and stock."""

from __future__ import annotations

from django.utils.translation import pgettext_lazy

from yinuo.domains.parts.request_types import AskState
from yinuo.domains.parts.types import Condition, DepotKind, MoveKind, Place, Tracking
from yinuo.surfaces.console.words import Words

TRACKING: Words = {
    Tracking.BULK: pgettext_lazy("part", "by number"),
    Tracking.SERIAL: pgettext_lazy("part", "by serial number"),
    Tracking.LOT: pgettext_lazy("part", "by lot"),
}
DEPOT_KINDS: Words = {
    DepotKind.CENTRE: pgettext_lazy("depot", "Depot of a centre or branch"),
    DepotKind.HEADQUARTERS: pgettext_lazy("depot", "Depot of headquarters"),
    DepotKind.CAR: pgettext_lazy("depot", "Engineer's car"),
}
CONDITIONS: Words = {
    Condition.GOOD: pgettext_lazy("part", "good"),
    Condition.FAULTY: pgettext_lazy("part", "faulty"),
}
MOVES: Words = {
    MoveKind.RECEIPT: pgettext_lazy("move", "Received"),
    MoveKind.TRANSFER_OUT: pgettext_lazy("move", "Sent"),
    MoveKind.TRANSFER_IN: pgettext_lazy("move", "Arrived"),
    MoveKind.ISSUE: pgettext_lazy("move", "Issued"),
    MoveKind.RETURN: pgettext_lazy("move", "Returned"),
    MoveKind.COUNT: pgettext_lazy("move", "Difference of a count"),
    MoveKind.SCRAP: pgettext_lazy("move", "Scrapped"),
}
PLACES: Words = {
    Place.DEPOT: pgettext_lazy("piece", "in a depot"),
    Place.TRANSIT: pgettext_lazy("piece", "on its way"),
    Place.OUT: pgettext_lazy("piece", "out"),
    Place.SCRAPPED: pgettext_lazy("piece", "scrapped"),
    Place.MISSING: pgettext_lazy("piece", "not found"),
}

ASK_STATES: Words = {
    AskState.ASKED: pgettext_lazy("part request", "To approve"),
    AskState.APPROVED: pgettext_lazy("part request", "To ship"),
    AskState.SHIPPED: pgettext_lazy("part request", "Shipped"),
    AskState.DONE: pgettext_lazy("part request", "Done"),
    AskState.DECLINED: pgettext_lazy("part request", "Declined"),
    AskState.CANCELLED: pgettext_lazy("part request", "Called off"),
}
ASK_TONES: Words = {
    AskState.ASKED: "soon",
    AskState.APPROVED: "soon",
    AskState.SHIPPED: "calm",
    AskState.DONE: "kept",
    AskState.DECLINED: "",
    AskState.CANCELLED: "",
}
