"""R16: API tokens are hashed, scoped, expiring and shown once."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from tests.platform.accounts.holders import holder_of

from yinuo.platform.accounts.models import ApiToken
from yinuo.platform.accounts.services import (
    create_token,
    deactivate_user,
    list_tokens,
    reactivate_user,
    revoke_token,
)
from yinuo.platform.accounts.services.tokens import check_scopes
from yinuo.platform.errors import InvalidInput, NotFound

NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
PERMISSIONS = ["request:open", "request:read", "asset:read"]
pytestmark = [pytest.mark.req("R16"), pytest.mark.django_db]


def issue(user, days: int = 90):
    return create_token(
        user_id=user.pk,
        name="nightly import",
        scopes=["request:open"],
        expires_at=NOW + timedelta(days=days),
        now=NOW,
    )


def test_token_identifies_its_user_within_its_scopes(user, make_user):
    make_user("li.na")
    token, secret = issue(user)
    assert holder_of(secret, NOW) == (user.pk, token.pk, ("request:open",))


def test_secret_is_recognisable_random_and_nowhere_in_the_database(user):
    secrets = {issue(user)[1] for _ in range(5)}
    assert len(secrets) == 5
    assert {len(secret) for secret in secrets} == {46}
    assert all(secret.startswith("yn_") for secret in secrets)
    with connection.cursor() as cursor:
        cursor.execute("SELECT string_agg(t::text, ' ') FROM accounts_apitoken t")
        stored = cursor.fetchone()[0]
    for secret in secrets:
        assert secret not in stored
        assert secret.encode().hex() not in stored


@pytest.mark.parametrize(
    "change",
    [
        lambda secret: secret[:-1] + ("A" if secret[-1] != "A" else "B"),
        lambda secret: secret + "A",
        lambda secret: secret[3:],
        lambda secret: secret.upper(),
        lambda secret: "",
        lambda secret: "yn_" + "é" * 43,
        lambda secret: secret + "\x00",
        lambda secret: secret + "\n",
    ],
)
def test_anything_but_the_secret_identifies_nobody(user, change):
    _, secret = issue(user)
    assert holder_of(change(secret), NOW) is None


def test_token_ends_at_its_expiry(user):
    token, secret = issue(user)
    assert holder_of(secret, token.expires_at - timedelta(microseconds=1))
    assert holder_of(secret, token.expires_at) is None
    assert not list_tokens(user_id=user.pk, now=token.expires_at).exists()


@pytest.mark.parametrize("days", [0, -1, 367])
def test_every_token_expires_within_a_year(user, days):
    with pytest.raises(InvalidInput):
        issue(user, days)
    assert not ApiToken.objects.exists()


def test_revoked_token_ends_at_once(user):
    token, secret = issue(user)
    revoke_token(public_id=token.public_id, now=NOW)
    assert holder_of(secret, NOW) is None
    revoke_token(public_id=token.public_id, now=NOW + timedelta(days=1))
    token.refresh_from_db()
    assert token.revoked_at == NOW
    assert not list_tokens(user_id=user.pk, now=NOW).exists()


def test_token_of_somebody_else_cannot_be_revoked(user, make_user):
    token, secret = issue(user)
    with pytest.raises(NotFound):
        revoke_token(public_id=token.public_id, now=NOW, user_id=make_user("li.na").pk)
    assert holder_of(secret, NOW)


def test_switched_off_user_has_no_working_token(user):
    _, secret = issue(user)
    deactivate_user(user_id=user.pk)
    assert holder_of(secret, NOW) is None
    with pytest.raises(NotFound):
        issue(user)
    reactivate_user(user_id=user.pk)
    assert holder_of(secret, NOW)


def test_last_use_is_a_day_written_once_a_day(user, django_assert_num_queries):
    token, secret = issue(user)
    assert token.last_used_on is None
    with django_assert_num_queries(2):
        holder_of(secret, NOW)
    for hours in range(1, 23):
        with django_assert_num_queries(1):
            holder_of(secret, NOW + timedelta(hours=hours))
    token.refresh_from_db()
    assert token.last_used_on == date(2026, 3, 2)
    with django_assert_num_queries(2):
        holder_of(secret, NOW + timedelta(hours=23))
    token.refresh_from_db()
    assert token.last_used_on == date(2026, 3, 3)


def test_look_up_uses_the_index_on_the_hash(user):
    for _ in range(3):
        issue(user)
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute("EXPLAIN SELECT id FROM accounts_apitoken WHERE secret_hash = '\\x00'")
        plan = " ".join(row[0] for row in cursor.fetchall())
    assert "Index" in plan
    assert "Seq Scan" not in plan


def test_scope_words_are_permissions_or_whole_wildcards():
    words = ["request:*", "*:read", "*", "asset:read", "asset:read"]
    assert check_scopes(words, PERMISSIONS) == ["*", "*:read", "asset:read", "request:*"]
    for wrong in ("request", "req*", "request:clo*", "customer:read", "*:*", "[a-z]*:read", ""):
        with pytest.raises(InvalidInput) as refused:
            check_scopes(["request:open", wrong], PERMISSIONS)
        assert refused.value.fields == {"scopes": wrong} or wrong == ""
    with pytest.raises(InvalidInput):
        check_scopes([], PERMISSIONS)
