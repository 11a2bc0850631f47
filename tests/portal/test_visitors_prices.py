"""What a visitor sees of prices: services he can buy where nothing covers, by his own list."""

from __future__ import annotations

import pytest
from tests.factories.billing import publish_prices
from tests.portal.conftest import World

from yinuo.domains.requests.models import Request

pytestmark = pytest.mark.django_db


def page_of(world: World, request_id: object) -> str:
    answer = world.visitor.get(f"/my/requests/{request_id}/")
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


@pytest.mark.req("SA-16", "R07")
def test_a_request_without_cover_shows_what_services_cost_and_on_which_terms(world: World) -> None:
    own = world.own.request.public_id
    Request.objects.filter(public_id=own).update(cover="paid", cover_reason="no_contract")
    assert "paid-services" not in page_of(world, own), "no list is published"
    publish_prices(world.member)
    page = page_of(world, own)
    assert "Second visit to fit a repaired device" in page
    assert "Nothing is charged before you agree to a quote." in page
    assert "usual" not in page.partition("paid-services")[2].partition("</section>")[0]
    Request.objects.filter(public_id=own).update(cover="contract", cover_reason="contract_runs")
    assert "paid-services" not in page_of(world, own), "the contract makes it free"
    foreign = world.visitor.get(f"/my/requests/{world.foreign.request.public_id}/")
    assert foreign.status_code == 404
