"""A served company to measure: durable database, web processes, archive, a token."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from yinuo.platform.postgres import EmbeddedPostgres

UNITS = 8
CUSTOMERS_PER_UNIT = 15
PORT = 8931
WEB = (sys.executable, "-m", "yinuo.surfaces.cli.web")


@dataclass(frozen=True)
class Company:
    """What a client needs: where to ask, with which token, for which bodies; and the database."""

    address: str
    token: str
    bodies: list[dict[str, Any]]
    database_url: str


@contextmanager
def served_company(*, workers: int) -> Iterator[Company]:
    """Everything fresh in a temporary folder, gone afterwards; served while it is used."""
    with kept_company() as company:
        web = start_web(workers)
        try:
            yield company
        finally:
            web.terminate()
            web.wait(30)


def start_web(workers: int) -> subprocess.Popen[bytes]:
    """The web processes in a group of their own, once they answer."""
    command = [*WEB, f"--port={PORT}", f"--web-workers={workers}"]
    web = subprocess.Popen(command, stderr=subprocess.DEVNULL, start_new_session=True)
    wait_for(f"http://127.0.0.1:{PORT}/healthz")
    return web


@contextmanager
def kept_company() -> Iterator[Company]:
    """The database of a company in a temporary folder, with nobody serving it yet."""
    with tempfile.TemporaryDirectory(prefix="yinuo-bench-") as folder:
        server = EmbeddedPostgres(Path(folder) / "postgres")
        environment = server.start().environment()
        os.environ.update(
            environment,
            YINUO_VAR=folder,
            YINUO_LOG_LEVEL="WARNING",
            DJANGO_SETTINGS_MODULE="yinuo.config.settings",
        )
        try:
            django("migrate", "--verbosity=0", YINUO_DATABASE_ROLE="owner")
            token, bodies = fill()
            yield Company(f"127.0.0.1:{PORT}", token, bodies, environment["DATABASE_URL"])
        finally:
            server.stop()


def django(*arguments: str, **variables: str) -> None:
    """Runs a management command in a process of its own."""
    command = [sys.executable, "-m", "django", *arguments]
    subprocess.run(command, check=True, env={**os.environ, **variables})


def wait_for(address: str) -> None:
    """Until the web answers, 30 s at most."""
    for _ in range(300):
        try:
            urllib.request.urlopen(address, timeout=2)
        except OSError:
            time.sleep(0.1)
        else:
            return
    sys.exit("the web server did not answer")


def fill() -> tuple[str, list[dict[str, Any]]]:
    """The company itself, through its services; the token and the bodies to post."""
    import django as django_package

    django_package.setup()
    from yinuo.domains.network import services as network
    from yinuo.domains.network.actors import get_actor
    from yinuo.domains.network.selectors import list_units
    from yinuo.platform.accounts.services import NewUser, create_token, create_user

    now = datetime.now(UTC)
    user = create_user(NewUser("bench", "Bench", "a long enough pass phrase"), now=now)
    person = network.found_company(
        name="Bench", code="HQ", admin_name="Bench", user_id=user.pk, now=now
    )
    headquarters = list_units(get_actor(user.pk))[0].public_id
    # The first administrator may not raise himself, so somebody else takes the calls.
    taker = create_user(NewUser("taker", "Taker", "another long pass phrase"), now=now)
    admin = get_actor(user.pk)
    member = network.create_person(actor=admin, unit_id=headquarters, name="Taker", now=now)
    network.link_user(actor=admin, person_id=member.public_id, user_id=taker.pk, now=now)
    for role in ("service_consultant", "account_manager"):
        network.assign_role(
            actor=admin,
            person_id=member.public_id,
            role_code=role,
            unit_id=headquarters,
            now=now,
        )
    for index in range(UNITS):
        network.create_unit(
            actor=admin, parent_id=headquarters, code=f"U{index}", name=f"Unit {index}", now=now
        )
    bodies = archive(get_actor(user.pk), get_actor(taker.pk), now)
    _, secret = create_token(
        user_id=taker.pk,
        name="bench",
        scopes=["request:*"],
        expires_at=now + timedelta(days=1),
        now=now,
    )
    assert person.pk
    return secret, bodies


def archive(admin: Any, taker: Any, now: datetime) -> list[dict[str, Any]]:
    """Customers with site, contact, asset and contract; a body to post for each."""
    from django.conf import settings
    from django.db import transaction

    from yinuo.domains.assets.services import AssetData, create_asset
    from yinuo.domains.contracts.services import ContractData, create_contract, publish_plan
    from yinuo.domains.customers.services import create_contact, create_customer, create_site
    from yinuo.domains.network.selectors import list_units

    source = (settings.PLANS_FOLDER / "appliance.yaml").read_text(encoding="utf-8")
    plan = publish_plan(actor=admin, source=source, source_name="appliance.yaml", now=now)
    units = [unit for unit in list_units(taker) if unit.parent_public_id]
    bodies = []
    with transaction.atomic():
        for index in range(UNITS * CUSTOMERS_PER_UNIT):
            unit = units[index % len(units)]
            customer = create_customer(
                actor=taker, unit_id=unit.public_id, name=f"客户 {index:04d}", now=now
            ).public_id
            site = create_site(actor=taker, customer_id=customer, name="机房", now=now).public_id
            contact = create_contact(
                actor=taker, customer_id=customer, name="王工", phones=[f"139{index:08d}"], now=now
            ).public_id
            data = AssetData(name="防火墙", model="SG", serial=f"B{index:06d}", site_id=site)
            asset = create_asset(actor=taker, customer_id=customer, data=data, now=now).public_id
            terms = ContractData(f"C-{index}", plan.public_id, date(2020, 1, 1))
            create_contract(actor=taker, customer_id=customer, data=terms, now=now)
            named = {"customer_id": customer, "site_id": site, "contact_id": contact}
            body = {name: str(value) for name, value in {**named, "asset_id": asset}.items()}
            bodies.append({**body, "symptom": "防火墙不转发,业务中断", "level": "serious"})
    return bodies
