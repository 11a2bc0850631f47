"""The second fence: with every policy torn down, foreign rows still do not come out (SV-02)."""

from __future__ import annotations

from importlib import import_module

import pytest
from django.db import connection
from django.test import Client
from tests.api.conftest import World

from yinuo.domains.assets import policies as assets
from yinuo.domains.assets.models import Asset
from yinuo.domains.contracts import policies as contracts
from yinuo.domains.contracts.models import Contract
from yinuo.domains.customers import policies as customers
from yinuo.domains.customers.models import Customer
from yinuo.domains.network.reading import reading
from yinuo.domains.requests import policies as requests
from yinuo.domains.requests.models import Request
from yinuo.platform.database.fence import fenced

CONDITIONS = import_module("yinuo.domains.network.migrations.0002_fence").CONDITIONS


def seen(table: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {table}")
        return int(cursor.fetchone()[0])


@pytest.mark.req("SV-02")
@pytest.mark.parametrize("table", sorted(CONDITIONS))
def test_a_member_of_a_centre_reads_rows_of_its_own_only(world: World, table: str) -> None:
    everything = seen(table)
    with reading(world.own.member.actor):
        own = seen(table)
    with reading(world.foreign.member.actor):
        theirs = seen(table)
    assert own > 0
    assert own + theirs <= everything
    assert seen(table) == everything


@pytest.mark.req("SV-02")
@pytest.mark.parametrize("table", sorted(CONDITIONS))
def test_a_customer_reads_his_own_rows_only_and_nobody_reads_none(world: World, table: str) -> None:
    customer = Customer.objects.get(public_id=world.own.ids["customer_id"])
    with fenced(customers=[customer.pk]):
        assert seen(table) > 0
        assert not Customer.objects.exclude(pk=customer.pk).exists()
    with fenced():
        assert seen(table) == 0


@pytest.mark.req("SV-02")
def test_headquarters_reads_everything(world: World) -> None:
    everything = seen("requests_request")
    with reading(world.company.administrator.actor):
        assert seen("requests_request") == everything


@pytest.mark.req("SV-02")
@pytest.mark.parametrize(
    ("policy", "name", "model", "path"),
    [
        (requests, "visible_requests", Request, "/requests/{request_id}/"),
        (customers, "visible_customers", Customer, "/customers/{customer_id}/"),
        (assets, "visible_assets", Asset, "/assets/{asset_id}/"),
        (contracts, "visible_contracts", Contract, "/contracts/{contract_id}/"),
    ],
)
def test_a_policy_that_forgets_its_condition_still_shows_nothing_foreign(
    lax_browser: Client, world: World, monkeypatch: pytest.MonkeyPatch, policy, name, model, path
) -> None:
    domain = policy.__name__.rpartition(".")[0]
    for module in ("policies", "selectors"):
        loaded = import_module(f"{domain}.{module}")
        if hasattr(loaded, name):
            monkeypatch.setattr(loaded, name, lambda *_args, **_options: model.objects.all())
    assert lax_browser.get(path.format(**world.foreign.ids)).status_code == 404
    assert lax_browser.get(path.format(**world.own.ids)).status_code == 200


@pytest.mark.req("SV-02")
def test_the_role_is_given_back_when_the_reading_fails(world: World) -> None:
    everything = seen("customers_customer")
    with pytest.raises(ZeroDivisionError), reading(world.own.member.actor):
        raise ZeroDivisionError
    assert seen("customers_customer") == everything
