"""Foreign and absent look alike on every page and form of the browser (R03)."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
from django.http import HttpResponse
from django.test import Client
from tests.api.conftest import World
from tests.security.addresses import WORDS, Address, addresses

from yinuo.domains.contracts.services import QuotaData, UseData, grant_quota, use_quota
from yinuo.domains.customers.models import Customer
from yinuo.domains.devices.services import register_device
from yinuo.platform.accounts.models import ApiToken
from yinuo.platform.filters.services import save_filter
from yinuo.platform.journal.models import AuditEntry

# Plans, prices and roles belong to the whole company: there is no foreign one.
COMMON = {
    ("version_id",),
    ("price_list_id",),
    ("template_id",),
    ("document_code",),
    ("template_text_id",),
    ("draft_id",),
    ("part_id",),
    ("article_id",),
    ("release_id",),
    ("role_id",),
    ("release_id", "release_file_id"),
    ("draft_id", "test_id"),
}
WITH_ID = [one for one in addresses() if one.ids and one.ids not in COMMON]
METHODS = ("get", "post")
_OF_ONE_ANSWER = re.compile(
    r'[0-9a-f]{32}|(name="csrfmiddlewaretoken" value|data-now)="[^"]*"', re.IGNORECASE
)


def shown(response: HttpResponse) -> str:
    """The page without what differs between any two answers."""
    return _OF_ONE_ANSWER.sub("", response.content.decode())


def foreign_ids(world: World) -> dict[str, str]:
    """One of each of theirs, a token included."""
    world.foreign.member.token()
    token = ApiToken.objects.get(user=world.foreign.member.user)
    member = world.foreign.member
    kept = save_filter(user_id=member.user.pk, page="/requests/", name="x", query="q=1")
    contract, now = world.foreign.ids["contract_id"], datetime.now(UTC)
    who: dict[str, Any] = {"actor": member.actor, "contract_id": contract, "now": now}
    grant_quota(data=QuotaData("visits", Decimal(1), now.date()), **who)
    use = use_quota(data=UseData("visits", Decimal(1), "LL-1", now.date()), **who)
    device, _secret = register_device(actor=member.actor, name="Android", now=now)
    made = {"token_id": token, "filter_id": kept, "use_id": use, "device_id": device}
    ids = {name: str(row.public_id) for name, row in made.items()}
    return {**world.foreign.ids, **ids, **WORDS, "secret": "A" * 22}


@pytest.mark.req("R01", "R02", "R03")
@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("address", WITH_ID, ids=[one.path for one in WITH_ID])
def test_a_foreign_page_or_form_answers_like_an_absent_one(
    lax_browser: Client, world: World, address: Address, method: str
) -> None:
    theirs = foreign_ids(world)
    before = AuditEntry.objects.count()
    send = getattr(lax_browser, method)
    foreign = send(address.at(theirs), {"version": 1})
    absent = send(address.at({name: str(uuid4()) for name in theirs}), {"version": 1})
    assert foreign.status_code == absent.status_code
    assert foreign.status_code in ({404, 405} if method == "get" else {403, 404, 405})
    assert shown(foreign) == shown(absent)
    assert AuditEntry.objects.count() == before


@pytest.mark.req("R02", "R03")
@pytest.mark.parametrize("field", ["customer_id", "contact_id", "site_id", "asset_id"])
def test_a_foreign_id_in_the_hotline_form_answers_like_an_absent_one(
    lax_browser: Client, world: World, field: str
) -> None:
    form = {
        "key": uuid4().hex,
        "customer_id": world.own.ids["customer_id"],
        "symptom": "业务中断",
        "kind": "fault",
        "channel": "hotline",
        "level": "serious",
    }
    before = AuditEntry.objects.count()
    foreign = lax_browser.post("/intake/", form | {field: world.foreign.ids[field]})
    absent_id = str(uuid4())
    absent = lax_browser.post("/intake/", form | {field: absent_id})
    assert foreign.status_code == absent.status_code
    assert foreign.status_code in {404, 422}
    assert shown(foreign).replace(world.foreign.ids[field], "") == shown(absent).replace(
        absent_id, ""
    )
    assert AuditEntry.objects.count() == before


@pytest.mark.req("R03")
@pytest.mark.parametrize("path", ["/customers/", "/assets/", "/contracts/", "/requests/"])
def test_lists_and_search_show_nothing_foreign(
    lax_browser: Client, world: World, path: str
) -> None:
    theirs = Customer.objects.get(public_id=world.foreign.ids["customer_id"])
    for query in ({}, {"q": theirs.name}, {"state": "all"}):
        page = lax_browser.get(path, query).content.decode()
        assert not [
            one
            for one in world.foreign.ids.values()
            if f"/{one}/" in page and one not in world.own.ids.values()
        ]
    found = lax_browser.get("/intake/find/", {"q": theirs.name}).content.decode()
    assert world.foreign.ids["customer_id"] not in found
