"""Links that act without sign-in: one purpose, one use, an end, and no secret anywhere."""

from __future__ import annotations

import hashlib
import re
import threading
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from django.db import IntegrityError, connection, transaction
from tests.plugins.committed import CommittedDatabase

from yinuo.domains.network.types import SYSTEM
from yinuo.platform.errors import IllegalMove, InvalidInput, NotFound
from yinuo.platform.files.types import Owner
from yinuo.platform.journal.models import AuditEntry
from yinuo.platform.links.models import SecretLink
from yinuo.platform.links.services import (
    find_link,
    issue_link,
    links_of,
    open_link,
    revoke_links,
    use_link,
)
from yinuo.platform.links.types import Link, Standing

NOW = datetime(2026, 2, 16, 1, 0, tzinfo=UTC)
LATER = NOW + timedelta(days=7)
LETTER = Owner("billing.letter", UUID("018f0000-0000-7000-8000-000000000001"))
OTHER = Owner("billing.letter", UUID("018f0000-0000-7000-8000-000000000002"))


def issue(owner: Owner = LETTER, purpose: str = "letter", expires_at: datetime = LATER) -> str:
    return issue_link(purpose=purpose, owner=owner, expires_at=expires_at, actor=SYSTEM, now=NOW)


def use(secret: str, acts: list[Link], at: datetime = NOW, **given: str) -> Link:
    answer = {"purpose": "letter", "used_by": "王磊", "outcome": "accepted", **given}
    return use_link(secret=secret, act=acts.append, now=at, **answer)


@pytest.mark.req("R09", "R15")
@pytest.mark.django_db
def test_a_secret_has_128_bits_and_is_stored_as_a_hash_only() -> None:
    secrets = {issue() for _ in range(20)}
    assert len(secrets) == 20
    assert all(re.fullmatch(r"[A-Za-z0-9_-]{22}", one) for one in secrets)
    newest = SecretLink.objects.latest("id")
    [secret] = [
        one for one in secrets if hashlib.sha256(one.encode()).digest() == bytes(newest.secret_hash)
    ]
    with connection.cursor() as cursor:
        cursor.execute("SELECT secret_link::text FROM secret_link")
        assert secret not in str(cursor.fetchall())
    told = AuditEntry.objects.filter(action="link.issue").values_list("after", flat=True)
    assert secret not in str(list(told))


@pytest.mark.req("R15")
@pytest.mark.django_db
def test_a_link_is_good_for_its_purpose_only() -> None:
    secret = issue()
    assert open_link("letter", secret, NOW).owner == LETTER
    assert find_link(secret, NOW).purpose == "letter"
    for purpose, tried in (("quote", secret), ("letter", secret[:-1] + "!"), ("letter", "x" * 22)):
        with pytest.raises(NotFound):
            open_link(purpose, tried, NOW)
    acts: list[Link] = []
    with pytest.raises(NotFound):
        use(secret, acts, purpose="quote")
    assert acts == []


@pytest.mark.req("R15")
@pytest.mark.django_db
def test_a_link_acts_once_and_says_by_whom_and_when() -> None:
    secret, acts = issue(), []
    used = use(secret, acts, used_by="  王　磊 ")
    assert (used.standing, used.used_by, used.used_at) == (Standing.USED, "王 磊", NOW)
    again = use(secret, acts, at=NOW + timedelta(hours=1), used_by="李芳", outcome="declined")
    assert (again.used_by, again.outcome, again.used_at) == ("王 磊", "accepted", NOW)
    assert len(acts) == 1
    assert AuditEntry.objects.get(action="link.use").actor_label == "王 磊"


@pytest.mark.req("R15")
@pytest.mark.django_db
@pytest.mark.parametrize("at", [LATER, LATER + timedelta(seconds=1)])
def test_a_link_that_ran_out_does_nothing(at: datetime) -> None:
    secret, acts = issue(), []
    assert use(secret, acts, at=at).standing is Standing.EXPIRED
    assert acts == []
    assert use(secret, acts, at=LATER - timedelta(seconds=1)).standing is Standing.USED


@pytest.mark.req("R15")
@pytest.mark.django_db
def test_a_withdrawn_link_and_one_replaced_do_nothing() -> None:
    old, other = issue(), issue(OTHER)
    new = issue()
    assert find_link(old, NOW).standing is Standing.REVOKED
    assert revoke_links(purpose="letter", owner=LETTER, actor=SYSTEM, now=NOW) == 1
    acts: list[Link] = []
    assert {use(one, acts).standing for one in (old, new)} == {Standing.REVOKED}
    assert acts == []
    assert find_link(other, NOW).standing is Standing.OPEN
    assert len(links_of(purpose="letter", owner=LETTER, now=NOW)) == 2


@pytest.mark.req("R15", "R36")
@pytest.mark.django_db
def test_an_act_that_is_refused_leaves_the_link_open() -> None:
    secret = issue()

    def refuse(_link: Link) -> None:
        raise IllegalMove

    before = AuditEntry.objects.count()
    with pytest.raises(IllegalMove):
        use_link(
            purpose="letter", secret=secret, used_by="王磊", outcome="accepted", act=refuse, now=NOW
        )
    assert find_link(secret, NOW).standing is Standing.OPEN
    assert AuditEntry.objects.count() == before


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["", "  \u3000", "x" * 81])
def test_a_use_needs_a_name(name: str) -> None:
    secret, acts = issue(), []
    with pytest.raises(InvalidInput) as refused:
        use(secret, acts, used_by=name)
    assert set(refused.value.fields) == {"name"}
    assert acts == []


@pytest.mark.django_db
def test_a_link_must_end_after_it_begins() -> None:
    with pytest.raises(InvalidInput):
        issue(expires_at=NOW)


@pytest.mark.req("R39")
@pytest.mark.django_db
@pytest.mark.parametrize(
    "broken",
    [
        {"used_at": NOW},
        {"used_by": "王磊"},
        {"used_at": NOW, "used_by": "王磊", "outcome": "accepted", "revoked_at": NOW},
        {"expires_at": NOW - timedelta(days=1)},
    ],
)
def test_the_database_refuses_a_link_without_a_clear_end(broken: dict[str, object]) -> None:
    issue()
    with pytest.raises(IntegrityError), transaction.atomic():
        SecretLink.objects.update(**broken)


@pytest.mark.req("R15", "R37")
def test_a_link_pressed_twice_at_once_acts_once(committed: CommittedDatabase) -> None:
    secret, acts, together, found = issue(), [], threading.Barrier(2), []

    def press(name: str) -> None:
        def act(link: Link) -> None:
            together.wait(5)
            acts.append(link)

        try:
            found.append(
                use_link(
                    purpose="letter",
                    secret=secret,
                    used_by=name,
                    outcome="accepted",
                    act=act,
                    now=NOW,
                )
            )
        finally:
            connection.close()

    both = [threading.Thread(target=press, args=(name,)) for name in ("王磊", "李芳")]
    for one in both:
        one.start()
    for one in both:
        one.join(20)
    # Both began; what the slower one did was rolled back with its audit entry.
    assert len(acts) == 2
    assert len({(one.used_by, one.used_at) for one in found}) == 1
    assert AuditEntry.objects.filter(action="link.use").count() == 1
