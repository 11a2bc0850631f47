"""Whole lists given out, in the columns that an import takes: sent back, they change nothing."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.translation import gettext as _

from yinuo.domains.assets.known import KnownAssetRow, KnownProject, assets_after, projects_after
from yinuo.domains.assets.known_components import KnownComponentRow, components_after
from yinuo.domains.assets.past_events import PastEventRow, past_events_after
from yinuo.domains.contracts.known import KnownContract, contracts_after
from yinuo.domains.contracts.known_papers import KnownPaper, papers_after
from yinuo.domains.customers.contact_roles import contact_roles
from yinuo.domains.customers.known import (
    KnownContact,
    KnownCustomer,
    KnownSite,
    contacts_after,
    customers_after,
    sites_after,
)
from yinuo.domains.imports.columns import NEEDED_MARK, columns_of
from yinuo.domains.imports.policies import require_may_export
from yinuo.domains.imports.types import Kind, WrongRow
from yinuo.domains.imports.values import shown_parameters
from yinuo.domains.network.types import Actor
from yinuo.platform.spreadsheets import Value, write_blank, write_xlsx
from yinuo.platform.tabular.commas import guarded

AT_ONCE = 1_000
BETWEEN = "; "
Read = Callable[[Actor, int, int], Sequence[Any]]
Shape = Callable[[Any], Mapping[str, Value]]


def blank_workbook(kind: Kind, title: str) -> bytes:
    """The template of a kind: its heads, needed ones marked, and a sheet that explains them."""
    columns = columns_of(kind)
    heads = [one.head + (NEEDED_MARK if one.needed else "") for one in columns]
    notes = [[_("Column"), _("Needed"), _("What to write"), _("Example")]]
    notes += [[one.head, _("yes") if one.needed else "", one.hint, one.example] for one in columns]
    return write_blank(title, heads, _("Notes"), notes)


def wrong_rows_workbook(
    kind: Kind, title: str, rows: Iterator[WrongRow], head_of: Callable[[Kind, str], str]
) -> bytes:
    """What is wrong with each row: its number, the column, the value, what to do."""
    heads = [_("Row"), _("Column"), _("Value"), _("What to do")]
    lines: Iterator[list[Value]] = (
        [row.number, head_of(kind, one.column) if one.column else "", one.value, one.message]
        for row in rows
        for one in row.problems
    )
    return write_xlsx(title, heads, lines, ZoneInfo(settings.TIME_ZONE))


def export_workbook(actor: Actor, kind: Kind, title: str) -> bytes:
    """Every visible row of a kind as XLSX. Raises Forbidden."""
    require_may_export(actor, kind)
    heads = [one.head for one in columns_of(kind)]
    return write_xlsx(title, heads, _rows(actor, kind), ZoneInfo(settings.TIME_ZONE))


def export_commas(actor: Actor, kind: Kind) -> Iterator[bytes]:
    """Every visible row of a kind as CSV in UTF-8 with its mark, a part at a time.

    Texts that a spreadsheet would take for formulas carry an apostrophe, which an import takes off
    again (R27). Raises Forbidden at once.
    """
    require_may_export(actor, kind)
    return _commas(actor, kind)


def _commas(actor: Actor, kind: Kind) -> Iterator[bytes]:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow([one.head for one in columns_of(kind)])
    yield b"\xef\xbb\xbf"
    for number, row in enumerate(_rows(actor, kind), start=1):
        writer.writerow([guarded(_text(value)) for value in row])
        if number % AT_ONCE == 0:
            yield _taken(text)
    yield _taken(text)


def _taken(text: io.StringIO) -> bytes:
    written = text.getvalue().encode()
    text.seek(0)
    text.truncate()
    return written


def _text(value: Value) -> str:
    if value is None:
        return ""
    return value.isoformat() if isinstance(value, date) else str(value)


def _rows(actor: Actor, kind: Kind) -> Iterator[list[Value]]:
    read, shape = _SHAPES[kind]
    codes = [one.code for one in columns_of(kind)]
    last = 0
    while part := read(actor, last, AT_ONCE):
        for row in part:
            values = shape(row)
            yield [values[code] for code in codes]
        last = part[-1].id


def _yes_no(value: bool) -> str:
    return _("yes") if value else _("no")


def _customer(row: KnownCustomer) -> Mapping[str, Value]:
    return {
        "id": str(row.public_id),
        "name": row.name,
        "short_name": row.short_name,
        "unit": row.unit_code,
        "parent": row.parent_name,
        "notes": row.notes,
        "active": _yes_no(row.active),
    }


def _of_customer(row: Any) -> dict[str, Value]:
    return {
        "id": str(row.public_id),
        "customer": row.customer_name,
        "customer_id": str(row.customer_public_id),
    }


def _site(row: KnownSite) -> Mapping[str, Value]:
    return _of_customer(row) | {
        "name": row.name,
        "address": row.address,
        "zone": row.zone,
        "latitude": None if row.latitude is None else str(row.latitude),
        "longitude": None if row.longitude is None else str(row.longitude),
        "price_zone": row.price_zone,
        "active": _yes_no(row.active),
    }


def _contact(row: KnownContact) -> Mapping[str, Value]:
    names = {role.code: role.name_zh for role in contact_roles()}
    return _of_customer(row) | {
        "name": row.name,
        "phones": BETWEEN.join(row.phones),
        "title": row.title,
        "email": row.email,
        "roles": BETWEEN.join(names.get(code, code) for code in row.roles),
        "site": row.site_name,
        "active": _yes_no(row.active),
    }


def _asset(row: KnownAssetRow) -> Mapping[str, Value]:
    return _of_customer(row) | {
        "name": row.name,
        "model": row.model,
        "serial": row.serial,
        "asset_class": row.asset_class,
        "site": row.site_name,
        "location": row.location,
        "project": row.project_name,
        "purchased_on": row.purchased_on,
        "active": _yes_no(row.active),
    }


def _project(row: KnownProject) -> Mapping[str, Value]:
    return _of_customer(row) | {
        "name": row.name,
        "accepted_on": row.accepted_on,
        "finished_on": row.finished_on,
    }


def _paper(row: KnownPaper) -> Mapping[str, Value]:
    return _of_customer(row) | {
        "contract": row.contract_number,
        "project": row.project_name,
        "title": row.title,
        "kind": row.kind,
        "due_after": row.due_after,
        "due_days": row.due_days if row.due_after else None,
        "due_on": row.due_on,
    }


def _of_asset(row: KnownComponentRow | PastEventRow) -> dict[str, Value]:
    return {
        "id": str(row.public_id),
        "asset_id": str(row.asset_public_id),
        "asset_serial": row.asset_serial,
        "asset_model": row.asset_model,
    }


def _event(row: PastEventRow) -> Mapping[str, Value]:
    return _of_asset(row) | {
        "happened_on": row.happened_on,
        "kind": row.kind,
        "symptom": row.symptom,
        "done": row.done,
        "done_by": row.done_by,
        "parts": row.parts,
        "result": row.result,
        "minutes_down": row.minutes_down,
    }


def _component(row: KnownComponentRow) -> Mapping[str, Value]:
    return _of_asset(row) | {
        "name": row.name,
        "model": row.model,
        "serial": row.serial,
        "factory": _yes_no(row.factory),
        "added_on": row.added_on,
    }


def _contract(row: KnownContract) -> Mapping[str, Value]:
    assets = zip(row.asset_serials, row.asset_ids, strict=True)
    return _of_customer(row) | {
        "number": row.number,
        "plan": row.plan_code,
        "plan_number": row.plan_number,
        "kind": row.kind,
        "starts_on": row.starts_on,
        "last_day": row.ends_on - timedelta(days=1) if row.ends_on else None,
        "total": row.total,
        "annual_fee": row.annual_fee,
        "responsible": row.responsible,
        "sites": BETWEEN.join(row.site_names),
        "assets": BETWEEN.join(serial or str(public_id) for serial, public_id in assets),
        "parameters": shown_parameters(row.parameters) if row.parameters else "",
    }


_SHAPES: Mapping[Kind, tuple[Read, Shape]] = {
    Kind.CUSTOMERS: (customers_after, _customer),
    Kind.SITES: (sites_after, _site),
    Kind.CONTACTS: (contacts_after, _contact),
    Kind.PROJECTS: (projects_after, _project),
    Kind.ASSETS: (assets_after, _asset),
    Kind.COMPONENTS: (components_after, _component),
    Kind.CONTRACTS: (contracts_after, _contract),
    Kind.PAPERS: (papers_after, _paper),
    Kind.EVENTS: (past_events_after, _event),
}
