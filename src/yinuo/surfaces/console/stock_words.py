"""The words on screen for parts and stock."""

from __future__ import annotations

from django.utils.translation import pgettext_lazy

from yinuo.domains.parts.repair_types import PartRepairState
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
    MoveKind.REPAIR_OUT: pgettext_lazy("move", "Taken for repair"),
    MoveKind.REPAIR_IN: pgettext_lazy("move", "Back from repair"),
    MoveKind.MATERIAL: pgettext_lazy("move", "Used in a repair"),
}
PLACES: Words = {
    Place.DEPOT: pgettext_lazy("piece", "in a depot"),
    Place.TRANSIT: pgettext_lazy("piece", "on its way"),
    Place.OUT: pgettext_lazy("piece", "out"),
    Place.WORKSHOP: pgettext_lazy("piece", "being repaired"),
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
PART_REPAIR_STATES: Words = {
    PartRepairState.IN_WORK: pgettext_lazy("part repair", "In work"),
    PartRepairState.WITH_SUPPLIER: pgettext_lazy("part repair", "With its supplier"),
    PartRepairState.REPAIRED: pgettext_lazy("part repair", "Repaired"),
    PartRepairState.SCRAPPED: pgettext_lazy("part repair", "Scrapped"),
    PartRepairState.PUT_BACK: pgettext_lazy("part repair", "Put back unrepaired"),
    PartRepairState.CREDITED: pgettext_lazy("part repair", "Credited by the supplier"),
}
PART_REPAIR_TONES: Words = {
    PartRepairState.IN_WORK: "soon",
    PartRepairState.WITH_SUPPLIER: "soon",
    PartRepairState.REPAIRED: "kept",
    PartRepairState.SCRAPPED: "",
    PartRepairState.PUT_BACK: "",
    PartRepairState.CREDITED: "calm",
}
PART_REPAIR_RESULTS: Words = {
    PartRepairState.REPAIRED: pgettext_lazy("part repair", "It works: among the good ones"),
    PartRepairState.WITH_SUPPLIER: pgettext_lazy("part repair", "Send it to its supplier"),
    PartRepairState.SCRAPPED: pgettext_lazy("part repair", "Beyond repair: scrap it"),
    PartRepairState.PUT_BACK: pgettext_lazy("part repair", "Put it back among the faulty ones"),
}
SUPPLIER_ANSWERS: Words = {
    PartRepairState.REPAIRED: pgettext_lazy("part claim", "It came back good"),
    PartRepairState.CREDITED: pgettext_lazy("part claim", "The supplier granted money"),
    PartRepairState.SCRAPPED: pgettext_lazy("part claim", "Refused: it is scrapped"),
}
