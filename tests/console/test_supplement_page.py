"""The page of a supplement: what it changes, and the open cases it reaches back to."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from tests.factories import make_company
from tests.factories.breaches import Signs, make_signs

from yinuo.domains.contracts.models import Supplement
from yinuo.domains.obligations import supplementing
from yinuo.domains.obligations.services import compute_outdated
from yinuo.domains.obligations.services.following import follow_contracts
from yinuo.domains.obligations.services.looking import look_at_contracts


@pytest.fixture
def signs(db: None) -> Signs:
    return make_signs(make_company())


@pytest.mark.req("B-08", "B-22")
def test_it_names_the_open_cases_it_reaches_back_to_and_what_they_get(signs: Signs) -> None:
    now = datetime.now(UTC)
    before = signs.open(now - timedelta(days=9))
    running = signs.open(now - timedelta(hours=1))
    client = Client(headers={"Accept-Language": "en"})
    signs.consultant.user.refresh_from_db()
    client.force_login(signs.consultant.user)
    contract = f"/contracts/{signs.contract.public_id}/"
    form = client.get(f"{contract}supplement/").content.decode()
    typed = {
        name: re.search(rf'name="{name}"[^>]*value="([^"]*)"', form).group(1)
        for name in ("key", "effective_on")
    }
    since = (now - timedelta(days=3)).date().isoformat()
    typed |= {
        "number": "BC-9",
        "effective_on": since,
        "total": "600000",
        "parameter_on_site_hours": "4",
    }
    looked = client.post(f"{contract}supplement/", typed | {"look": ""})
    assert looked.status_code == 200
    assert not Supplement.objects.exists(), "looking writes nothing"
    preview = looked.content.decode()
    assert (running.number in preview, before.number in preview) == (True, False)
    assert 'value="BC-9"' in preview, "what was typed stays"
    assert "→" in preview
    assert "The money is not shown before saving" not in preview
    wrong = client.post(f"{contract}supplement/", typed | {"look": "", "effective_on": ""})
    assert wrong.status_code == 422
    assert client.post(f"{contract}supplement/", typed | {"look": "x"}).status_code == 422
    assert client.post(f"{contract}supplement/", typed).status_code == 302
    page = f"{contract}supplements/{Supplement.objects.get().public_id}/"
    assert page in client.get(contract).content.decode()
    waiting = client.get(page).content.decode()
    assert running.number in waiting
    assert before.number not in waiting
    later = datetime.now(UTC)
    follow_contracts(now=later)
    look_at_contracts(now=later)
    assert "about to be computed anew" in client.get(page).content.decode()
    compute_outdated(now=later)
    done = client.get(page).content.decode()
    assert "about to be computed anew" not in done
    assert "→" in done


@pytest.mark.req("B-22")
def test_the_page_says_why_it_leaves_money_out_that_depends_on_too_many_cases(
    signs: Signs, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = datetime.now(UTC)
    for hours in (1, 2):
        signs.open(now - timedelta(hours=hours))
    client = Client(headers={"Accept-Language": "en"})
    signs.consultant.user.refresh_from_db()
    client.force_login(signs.consultant.user)
    page = f"/contracts/{signs.contract.public_id}/supplement/"
    form = client.get(page).content.decode()
    typed = {
        "key": re.search(r'name="key"[^>]*value="([^"]*)"', form).group(1),
        "number": "BC-9",
        "effective_on": (now - timedelta(days=3)).date().isoformat(),
        "parameter_on_site_hours": "4",
        "look": "",
    }
    monkeypatch.setattr(supplementing, "MOST_AT_ONCE", 1)
    apart = client.post(page, typed).content.decode()
    assert "page by page, without its sum" in apart
    assert "Would be posted to the ledger in all" not in apart
    monkeypatch.setattr(supplementing, "reaches_across", lambda plan: True)
    shared = client.post(page, typed).content.decode()
    assert "The money is not shown before saving" in shared
    assert shared.count("→") == apart.count("→"), "the promises are told all the same"
