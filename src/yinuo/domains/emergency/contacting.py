"""Whom of the customer we speak to about a request: its contact, else who called."""

from __future__ import annotations

from typing import Any

from yinuo.domains.notices.types import Outsider


def customer_of(request: Any) -> Outsider:
    """Name and number to reach the customer of a request (its row); the number may be empty.

    A number the caller gave comes before the first one kept of the contact.
    """
    contact = request.contact
    kept = contact.phones.order_by("id").first() if contact else None
    name = contact.name if contact else request.caller_name
    phone = request.caller_phone or (kept.number if kept else "")
    return Outsider(name or request.customer.name, phone)
