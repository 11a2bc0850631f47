"""What a form says when something is missing, and what it keeps."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from tests.api.conftest import World

from yinuo.platform.journal.models import AuditEntry

REASON = "Say why, in at most 4,000 characters."


def level_form(page: str) -> str:
    return page.partition('id="do-level"')[2].partition("</form>")[0]


@pytest.mark.req("R30")
def test_a_level_without_a_reason_is_asked_for_it_and_kept(
    lax_browser: Client, world: World
) -> None:
    address = f"/requests/{world.own.ids['request_id']}/"
    form = level_form(lax_browser.get(f"{address}?do=level").content.decode())
    assert "optional" not in form
    hidden = dict(re.findall(r'name="(key|version|seen_state)"\s+value="([^"]*)"', form))
    before = AuditEntry.objects.count()
    refused = lax_browser.post(f"{address}level/", {**hidden, "level": "general", "reason": " "})
    assert refused.status_code == 422
    again = level_form(refused.content.decode())
    assert REASON in again
    assert re.search(r'value="general"[^>]*checked', again)
    assert AuditEntry.objects.count() == before
