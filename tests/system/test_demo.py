"""The demo company: loaded by one command, lively, and never served by surprise."""

from __future__ import annotations

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from yinuo.domains.billing.charge_models import Charge
from yinuo.domains.network.actors import get_actor
from yinuo.domains.network.selectors import find_user_id
from yinuo.domains.obligations.today import list_running
from yinuo.domains.requests.selectors import list_requests

pytestmark = pytest.mark.django_db


def printed(command: str) -> str:
    out = StringIO()
    call_command(command, stdout=out)
    return out.getvalue()


@pytest.mark.req("R18")
def test_the_demo_company_is_lively_loads_once_and_is_refused_without_being_asked_for():
    accounts = printed("load_demo")
    assert "kefu" in accounts
    actor = get_actor(find_user_id("fuwu"))
    requests = list_requests(actor, limit=200).items
    assert len(requests) > 40
    assert {request.state for request in requests} >= {"archived", "new"}
    now = timezone.now()
    assert any(promise.due_at > now for promise in list_running(actor, now=now).items)
    # Where the goodwill of a contract ended, one line stands in two rows.
    split = Charge.objects.filter(split__isnull=False)
    assert {one.borne_by for one in split} == {"cover", "customer"}

    assert printed("load_demo") == accounts
    assert len(list_requests(actor, limit=200).items) == len(requests)
    with pytest.raises(CommandError, match="--demo"):
        printed("how_to_begin")


@pytest.mark.req("R18")
def test_an_empty_installation_is_told_its_set_up_code():
    assert "/setup/" in printed("how_to_begin")
