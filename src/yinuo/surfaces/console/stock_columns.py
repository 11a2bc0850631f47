"""What lists of parts and stock have in their columns as workbooks."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from yinuo.surfaces.console import stock_words, words
from yinuo.surfaces.console.exports import Column

_PART = (
    Column(_("Part number"), lambda row: row.number),
    Column(pgettext_lazy("part", "Name"), lambda row: row.name),
)
STOCK = (
    *_PART,
    Column(_("Depot"), lambda row: row.depot_name),
    Column(_("Unit"), lambda row: row.unit_name),
    Column(_("Lot"), lambda row: row.lot),
    Column(_("Condition"), lambda row: str(words.word(stock_words.CONDITIONS, row.condition))),
    Column(_("On hand"), lambda row: row.on_hand),
    Column(_("Reserved"), lambda row: row.reserved),
    Column(_("Free"), lambda row: row.free),
    Column(_("Minimum"), lambda row: row.minimum or None),
    Column(pgettext_lazy("stock", "Value"), lambda row: row.value),
)
CATALOGUE = (
    *_PART,
    Column(_("English name"), lambda row: row.name_en),
    Column(_("Followed"), lambda row: str(words.word(stock_words.TRACKING, row.tracking))),
    Column(_("Fits models"), lambda row: ", ".join(row.models)),
    Column(_("Fits classes"), lambda row: ", ".join(row.classes)),
    Column(_("On hand"), lambda row: row.on_hand),
    Column(_("Free"), lambda row: row.free),
    Column(pgettext_lazy("stock", "Cost"), lambda row: row.cost),
    Column(_("Price"), lambda row: row.price),
)
UNCOVERED = (
    Column(_("Model"), lambda row: row.model),
    Column(_("Class"), lambda row: row.asset_class),
    Column(_("Assets"), lambda row: row.assets),
    Column(_("Customers"), lambda row: row.customers),
    Column(_("Part in the catalogue"), lambda row: str(_("yes") if row.is_known else _("no"))),
)
MOVES = (
    Column(_("Time"), lambda row: row.at),
    Column(
        pgettext_lazy("stock", "Move"), lambda row: str(words.word(stock_words.MOVES, row.kind))
    ),
    *_PART,
    Column(_("Depot"), lambda row: row.depot_name),
    Column(_("Lot"), lambda row: row.lot),
    Column(_("Serial number"), lambda row: row.serial),
    Column(_("Condition"), lambda row: str(words.word(stock_words.CONDITIONS, row.condition))),
    Column(pgettext_lazy("stock", "Number"), lambda row: row.quantity),
    Column(pgettext_lazy("stock", "Value"), lambda row: row.value),
    Column(_("Document"), lambda row: row.reference),
    Column(_("Note"), lambda row: row.note),
    Column(pgettext_lazy("stock", "By"), lambda row: row.by),
)
SHORT = (
    *_PART,
    Column(_("Depot"), lambda row: row.depot_name),
    Column(_("Free"), lambda row: row.free),
    Column(_("On its way"), lambda row: row.coming),
    Column(_("Minimum"), lambda row: row.minimum),
    Column(_("To order"), lambda row: row.wanted),
)
PART_REPAIRS = (
    Column(pgettext_lazy("part repair", "Number"), lambda row: row.number),
    Column(_("Part number"), lambda row: row.part_number),
    Column(pgettext_lazy("part", "Name"), lambda row: row.part_name),
    Column(_("Serial number"), lambda row: row.serial),
    Column(_("Lot"), lambda row: row.lot),
    Column(_("Depot"), lambda row: row.depot_name),
    Column(pgettext_lazy("part", "What is wrong"), lambda row: row.fault),
    Column(_("State"), lambda row: str(words.word(stock_words.PART_REPAIR_STATES, row.state))),
    Column(pgettext_lazy("part repair", "Who repairs it"), lambda row: row.worker_name),
    Column(pgettext_lazy("part repair", "Taken"), lambda row: row.taken_at),
    Column(_("Hours of work"), lambda row: row.hours),
    Column(pgettext_lazy("part repair", "Cost of the repair"), lambda row: row.cost),
)
