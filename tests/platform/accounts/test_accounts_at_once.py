"""Several connections at once: one allowance, one set-up, one database for every process."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

import pytest
import time_machine
from django.db import connection
from django.utils import timezone
from tests.platform.accounts.conftest import Browser
from tests.platform.accounts.holders import holder_of
from tests.platform.accounts.test_accounts_setup import set_up

from yinuo.domains.network.models import Person, ServiceUnit
from yinuo.platform.accounts.models import User
from yinuo.platform.accounts.services import ensure_setup_code

NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
pytestmark = pytest.mark.usefixtures("committed")


@pytest.mark.req("R12")
def test_parallel_guesses_share_one_allowance(make_user):
    make_user()

    def guess(number: int) -> int:
        try:
            return Browser().sign_in(password=f"wrong {number}").status_code
        finally:
            connection.close()

    with time_machine.travel(NOW, tick=False), ThreadPoolExecutor(12) as pool:
        answers = list(pool.map(guess, range(24)))
    assert sorted(answers) == [200] * 5 + [429] * 19


@pytest.mark.req("R18")
def test_of_two_set_ups_at_once_one_wins():
    code = ensure_setup_code(NOW)

    def attempt(number: int) -> int:
        try:
            browser = Browser(f"192.0.2.{number}")
            return set_up(code, browser, username=f"admin{number}").status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(attempt, range(1, 5)))
    assert sorted(answers) == [302, 404, 404, 404]
    assert User.objects.count() == ServiceUnit.objects.count() == Person.objects.count() == 1


@pytest.mark.req("R16")
def test_command_works_as_its_own_process(make_user):
    made = make_user()
    database = connection.settings_dict
    url = f"postgresql://{database['USER']}:{database['PASSWORD']}@/{database['NAME']}"
    environment = {**os.environ, "DATABASE_URL": f"{url}?host={database['HOST']}"}
    environment.pop("YINUO_DATABASE_ROLE", None)
    command = ["token", "create", made.username, "--scope", "request:open"]
    done = subprocess.run(
        [Path(sys.executable).with_name("yinuo"), *command],
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert re.fullmatch(r"yn_[\w-]{43}\n", done.stdout)
    assert holder_of(done.stdout.strip(), timezone.now()).user_id == User.objects.get().pk
