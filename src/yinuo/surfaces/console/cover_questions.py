"""The question which cover applies, as the page of covers takes it in its address."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import urlencode

from django.utils import timezone

from yinuo.domains.contracts.candidates import CAUSE, TRIED
from yinuo.domains.obligations.types import FactView
from yinuo.domains.requests.types import RequestPage
from yinuo.surfaces.console.forms import LOCAL_TIME


def question_of_intake(asked: Mapping[str, Any]) -> str:
    """Of what was typed so far."""
    at = asked.get("reported_at")
    return _written(
        customer=asked["customer_id"],
        site=asked.get("site_id"),
        asset=asked.get("asset_id"),
        category=asked.get("category"),
        at=timezone.localtime(at).strftime(LOCAL_TIME) if at else "",
    )


def question_of_request(found: RequestPage, counted: Iterable[FactView]) -> str:
    """Of a request as of its report, with the cause and the repairs that its facts tell."""
    row, facts = found.request, list(counted)
    causes = [fact.attrs[CAUSE] for fact in facts if fact.attrs.get(CAUSE)]
    tried = [fact.kind for fact in facts if fact.kind in TRIED]
    return _written(
        customer=row.customer_public_id,
        site=found.site_public_id,
        asset=row.asset_public_id,
        category=row.category,
        at=timezone.localtime(row.reported_at).strftime(LOCAL_TIME),
        cause=causes[-1] if causes else "",
        tried=max(tried, key=TRIED.index, default=""),
    )


def _written(**named: Any) -> str:
    return urlencode({name: value for name, value in named.items() if value})
