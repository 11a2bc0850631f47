"""The promises running for the customer, kept and missed: by contract and by request."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from yinuo.domains.breaches.visitors import penalties_of
from yinuo.domains.contracts.visitors import OwnContract, contracts_of
from yinuo.domains.customers.visitors import Visitor
from yinuo.domains.obligations.visitors import promises_of
from yinuo.domains.requests.visitors import kept_and_missed, list_for_visitor
from yinuo.surfaces.portal.access import visitors_only
from yinuo.surfaces.portal.bars import OwnBar, own_bars

MOST_ENDED = 10
MOST_REQUESTS = 20


@dataclass(frozen=True, slots=True)
class ContractPromises:
    """A contract with what runs on it, and the last of what ended."""

    contract: OwnContract
    running: tuple[OwnBar, ...]
    ended: tuple[OwnBar, ...]


@require_GET
@visitors_only
def promises(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """Everything promised to this customer, with due times and results."""
    now = timezone.now()
    contracts = contracts_of(visitor)
    found = promises_of(visitor, [one.public_id for one in contracts])
    requests = [
        row
        for is_open in (True, False)
        for row in list_for_visitor(visitor, is_open=is_open, limit=MOST_REQUESTS).items
        if row.promises
    ]
    subjects = [*(one.public_id for one in contracts), *(row.public_id for row in requests)]
    penalties = penalties_of(visitor, subjects)
    context = {
        "visitor": visitor,
        "here": "promises",
        "tally": kept_and_missed(visitor, now),
        "contracts": [
            _split(one, own_bars(found.get(one.public_id, ()), now, penalties)) for one in contracts
        ],
        "cards": [(row, own_bars(row.promises, now, penalties)) for row in requests],
    }
    return render(request, "portal/promises.html", context)


def _split(contract: OwnContract, bars: list[OwnBar]) -> ContractPromises:
    running = tuple(bar for bar in bars if bar.is_open)
    ended = [bar for bar in bars if not bar.is_open]
    ended.sort(key=_ended_at)
    return ContractPromises(contract, running, tuple(reversed(ended[-MOST_ENDED:])))


def _ended_at(bar: OwnBar) -> float:
    """When it ended, or was due when it ended without an instant of its own."""
    at = bar.promise.ended_at or bar.promise.due_at
    return at.timestamp() if at is not None else 0.0
