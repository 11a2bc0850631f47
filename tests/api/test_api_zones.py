"""The local time of a promise is that of the place where the thing stands."""

from __future__ import annotations

import json
from uuid import uuid4

import pytest
from django.test import Client
from tests.factories import (
    make_asset,
    make_company,
    make_contract,
    make_customer,
    make_member,
    make_site,
    publish,
)

from yinuo.domains.obligations.models import SubjectRow
from yinuo.domains.requests.models import Request

pytestmark = pytest.mark.django_db


@pytest.mark.req("B-03")
def test_an_asset_named_without_its_site_brings_the_sites_zone():
    company = make_company()
    admin = company.administrator
    customer = make_customer(admin, company.headquarters)
    site = make_site(admin, customer, zone="America/New_York")
    asset = make_asset(admin, customer, site=site)
    make_contract(admin, customer, publish(admin))
    taker = make_member(admin, company.headquarters, ["service_consultant"])
    answer = Client().post(
        "/api/v1/requests",
        json.dumps(
            {
                "customer_id": str(customer.public_id),
                "asset_id": str(asset.public_id),
                "symptom": "down",
                "level": "serious",
            }
        ),
        content_type="application/json",
        headers={
            "Authorization": f"Bearer {taker.token('*')}",
            "Idempotency-Key": str(uuid4()),
        },
    )
    assert answer.status_code == 201, answer.content
    subject = SubjectRow.objects.get(subject_id=answer.json()["id"])
    assert subject.zone == "America/New_York"
    assert Request.objects.get(public_id=answer.json()["id"]).site == site
