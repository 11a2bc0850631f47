"""The parts of the field app that the server gives: nothing personal, and a device for one person."""

from __future__ import annotations

import gzip
import json
import re
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

import pytest
from django.test import Client
from tests.factories import Member, make_company, make_member

from yinuo.platform.accounts.models import ApiToken, User
from yinuo.surfaces.assets.manifest import DIST
from yinuo.surfaces.field.files import LANGUAGES
from yinuo.surfaces.field.texts import TEXTS
from yinuo.surfaces.field.texts_of_forms import FORM_TEXTS

SCRIPTS = Path(__file__).resolve().parents[2] / "frontend" / "src" / "field"
PATHS = ["/field/", "/field/app.webmanifest", "/field/icon.svg", "/field/sw.js"]
PATHS += [f"/field/words/{one}.json" for one in LANGUAGES]
JOBS = "/api/v1/field/jobs"


@dataclass(frozen=True)
class World:
    """Two engineers and somebody at the hotline, of one unit."""

    engineer: Member
    colleague: Member
    consultant: Member


@pytest.fixture
def world(db: None) -> World:
    company = make_company()
    roles = ("technician", "technician", "service_consultant")
    return World(
        *(make_member(company.administrator, company.headquarters, [role]) for role in roles)
    )


@pytest.fixture
def engineer(world: World) -> Member:
    return world.engineer


def browser_of(member: Member, **options: bool) -> Client:
    client = Client(**options)
    client.force_login(User.objects.get(pk=member.user.pk))
    return client


def registered(browser: Client, name: str = "Android · Chrome") -> dict[str, str]:
    answer = browser.post("/field/device/", {"name": name})
    assert answer.status_code == 201
    return answer.json()


@pytest.mark.req("R54")
@pytest.mark.parametrize("path", PATHS)
def test_what_the_phone_caches_is_the_same_for_everybody(engineer: Member, path: str) -> None:
    nobodys, somebodys = Client().get(path), browser_of(engineer).get(path)
    assert nobodys.status_code == 200
    assert nobodys.content == somebodys.content
    assert engineer.person.name not in nobodys.content.decode()


@pytest.mark.req("B-40")
def test_everything_the_worker_keeps_can_be_fetched(db: None) -> None:
    script = Client().get("/field/sw.js").content.decode()
    kept = json.loads(re.match(r"self\.kept = (\[.*?\]);\n", script)[1])
    assert {"/field/", "/field/words/zh.json", "/field/words/en.json"} <= {
        one["url"] for one in kept
    }
    for one in kept:
        assert Client().get(one["url"]).status_code == 200, one
        # A name with its hash in it, or a revision that changes with the content.
        assert one["revision"] or re.search(r"-[\w-]{8}\.", one["url"])
    # What is only needed on the spot is kept before: the reader of codes.
    assert any("/decode-" in one["url"] for one in kept)


@pytest.mark.req("B-40")
def test_a_compressed_script_or_style_says_what_the_plain_one_says() -> None:
    copies = list((DIST / "assets").glob("*.gz"))
    assert copies
    for one in copies:
        assert gzip.decompress(one.read_bytes()) == one.with_suffix("").read_bytes(), one


@pytest.mark.req("B-81")
def test_every_text_the_app_uses_is_in_the_catalogue_and_none_is_left_over() -> None:
    source = "\n".join(file.read_text() for file in SCRIPTS.rglob("*.ts"))
    used = set(re.findall(r'\bt\((?:\w+ \? )?"([\w.]+)"', source))
    used |= {one for pair in re.findall(r'\? "([\w.]+)" : "([\w.]+)"', source) for one in pair}
    made = set(re.findall(r"\bt\(`([\w.]+)\.\$\{", source)) | {"field"}
    known = {**TEXTS, **FORM_TEXTS}
    assert {one for one in re.findall(r'\bt\("([\w.]+)"', source) if one not in known} == set()
    assert {one for one in known if one not in used and one.rpartition(".")[0] not in made} == set()


@pytest.mark.req("R54", "B-40")
def test_a_phone_is_registered_lists_its_jobs_and_is_taken_away(engineer: Member) -> None:
    browser = browser_of(engineer)
    known = browser.get("/field/device/").json()
    assert known["person"] == {"id": str(engineer.person.public_id), "name": engineer.person.name}
    made = registered(browser)
    bearer = {"Authorization": f"Bearer {made['secret']}"}
    assert Client().get(JOBS, headers=bearer).json()["person"] == known["person"]
    assert "Android · Chrome" in browser.get("/field/devices/").content.decode()

    gone = browser.post(f"/field/devices/{made['device_id']}/revoke/")
    assert gone.status_code == 302
    refused = Client().get(JOBS, headers=bearer)
    assert refused.status_code == 401
    assert refused.json()["error"]["code"] == "device_revoked"


@pytest.mark.req("R54")
def test_only_somebody_who_carries_out_visits_registers_a_phone(world: World) -> None:
    assert Client().get("/field/device/").status_code == 401
    assert Client().post("/field/device/", {"name": "x"}).status_code == 401
    assert browser_of(world.consultant).post("/field/device/", {"name": "x"}).status_code == 403
    strict = browser_of(world.engineer, enforce_csrf_checks=True)
    assert strict.post("/field/device/", {"name": "x"}).status_code == 403
    assert browser_of(world.engineer).post("/field/device/", {"name": " "}).status_code == 422
    assert ApiToken.objects.count() == 0


@pytest.mark.req("R54", "R03")
def test_nobody_sees_or_ends_the_phone_of_another(world: World) -> None:
    made = registered(browser_of(world.engineer))
    other = browser_of(world.colleague)
    assert "Android · Chrome" not in other.get("/field/devices/").content.decode()
    theirs = other.post(f"/field/devices/{made['device_id']}/revoke/")
    absent = other.post(f"/field/devices/{uuid4()}/revoke/")
    assert (theirs.status_code, theirs.content) == (404, absent.content)
    bearer = {"Authorization": f"Bearer {made['secret']}"}
    assert Client().get(JOBS, headers=bearer).status_code == 200
