"""R16 and R18 at the console: `yinuo token …` and the set-up code."""

from __future__ import annotations

import re

import pytest
from django.core.management import call_command
from django.utils import timezone
from tests.platform.accounts.holders import holder_of

from yinuo.domains.network.permissions import Permission
from yinuo.platform.accounts.models import ApiToken
from yinuo.platform.journal.models import AuditEntry
from yinuo.surfaces.cli.token import main

pytestmark = [pytest.mark.req("R16"), pytest.mark.django_db]


def identify(secret: str):
    return holder_of(secret, timezone.now())


def test_create_prints_only_the_token_on_standard_output(user, capsys):
    assert main(["create", "ZHANG.wei", "--scope", "request:open", "--scope", "*:read"]) == 0
    out, err = capsys.readouterr()
    assert re.fullmatch(r"yn_[\w-]{43}\n", out)
    assert out.strip() not in err
    user_id, token_id, scopes = identify(out.strip())
    assert (user_id, scopes) == (user.pk, ("*:read", "request:open"))
    token = ApiToken.objects.get(pk=token_id)
    assert (token.expires_at - token.created_at).days == 90
    entry = AuditEntry.objects.get(action="token.create")
    assert entry.subject_id == token.public_id
    assert out.strip() not in str(entry.after)


def test_unknown_scope_is_wrong_usage_and_lists_the_known_ones(user, capsys):
    for word in ("request", "request:fly", "re*", "*:*"):
        assert main(["create", "zhang.wei", "--scope", word]) == 2
        out, err = capsys.readouterr()
        assert out == ""
        assert word in err
        assert all(f"  {permission}\n" in err for permission in Permission)
    assert not ApiToken.objects.exists()
    assert not AuditEntry.objects.exists()


@pytest.mark.parametrize(
    "arguments", [[], ["--scope", "*", "--days", "0"], ["--scope", "*", "--days", "367"]]
)
def test_missing_scope_and_impossible_life_are_wrong_usage(user, arguments):
    with pytest.raises(SystemExit) as ended:
        main(["create", "zhang.wei", *arguments])
    assert ended.value.code == 2
    assert not ApiToken.objects.exists()


def test_unknown_user_and_unknown_token_are_refused(user, capsys):
    assert main(["create", "nobody", "--scope", "*"]) == 1
    assert main(["list", "nobody"]) == 1
    assert main(["revoke", "nonsense"]) == 1
    assert main(["revoke", "01a201bb-be6c-72cf-bafa-8a1c6dbcdd69"]) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert err.count("yinuo token:") == 4


def test_token_can_be_listed_without_its_secret_and_revoked(user, capsys):
    main(["create", "zhang.wei", "--scope", "*", "--name", "nightly import", "--days", "7"])
    secret = capsys.readouterr().out.strip()
    assert main(["list", "zhang.wei"]) == 0
    line = capsys.readouterr().out
    assert "nightly import" in line
    assert secret not in line
    assert secret[3:] not in line
    assert main(["revoke", line.split("\t")[0]]) == 0
    assert identify(secret) is None
    capsys.readouterr()
    main(["list", "zhang.wei"])
    assert capsys.readouterr().out == ""


@pytest.mark.req("R18")
def test_console_shows_the_code_only_while_nobody_exists(capsys, make_user):
    call_command("setup_code")
    assert re.search(r"/setup/ +[2-9A-Z]{5}(-[2-9A-Z]{5}){3}\n", capsys.readouterr().out)
    make_user()
    call_command("setup_code")
    assert capsys.readouterr().out == ""
