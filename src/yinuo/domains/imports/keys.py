"""By what two rows of one file are the same: their ID, or what finds the thing without one."""

from __future__ import annotations

from collections.abc import Mapping

from yinuo.domains.customers.phones import phone_digits
from yinuo.domains.imports.kinds.customers import key_of_customer
from yinuo.domains.imports.types import Kind
from yinuo.domains.imports.values import BadValue, folded, parsed

_OWN = {
    Kind.SITES: ("name",),
    Kind.CONTACTS: ("name",),
    Kind.CONTRACTS: ("number",),
    Kind.PROJECTS: ("name",),
    Kind.PAPERS: ("title", "contract", "project"),
}


def key_of(kind: Kind, cells: Mapping[str, str]) -> str:
    """The row's key; empty when it lacks what would make one."""
    if cells.get("id"):
        return f"id:{folded(cells['id']).casefold()}"
    if kind == Kind.CUSTOMERS:
        # The name first: rows name each other by it as parents.
        name = key_of_customer(cells.get("name", ""))
        return f"{name}\n{folded(cells.get('unit', '')).casefold()}" if name else ""
    if kind == Kind.ASSETS and cells.get("serial"):
        return _joined(cells, "model", "serial")
    if kind == Kind.COMPONENTS:
        known = cells.get("name") and (cells.get("asset_id") or cells.get("asset_serial"))
        names = ("asset_id", "asset_model", "asset_serial", "name", "model", "serial")
        return _joined(cells, *names) if known else ""
    if kind == Kind.EVENTS:
        known = cells.get("symptom") and (cells.get("asset_id") or cells.get("asset_serial"))
        whose = ("asset_id", "asset_model", "asset_serial", "symptom")
        return f"{_joined(cells, *whose)}\n{_day(cells)}" if known else ""
    parts = ("customer", "customer_id", *_OWN.get(kind, ("name", "model", "site")))
    if not cells.get(parts[2]):
        return ""
    return _joined(cells, *parts) + (_digits(cells) if kind == Kind.CONTACTS else "")


def _joined(cells: Mapping[str, str], *codes: str) -> str:
    return "\n".join(folded(cells.get(code, "")).casefold() for code in codes)


def _digits(cells: Mapping[str, str]) -> str:
    """The numbers of a contact: two of one name are two people when their numbers differ."""
    try:
        phones = parsed("phones", cells.get("phones", ""))
    except BadValue:
        return ""
    return "\n" + " ".join(sorted(phone_digits(one) for one in phones))


def _day(cells: Mapping[str, str]) -> str:
    """The day of an event, however it is written; empty for none."""
    try:
        return str(parsed("day", cells.get("happened_on", "")))
    except BadValue:
        return ""
