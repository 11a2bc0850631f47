"""A software version by REST alone: published with its file, given, read back, withdrawn."""

from __future__ import annotations

from base64 import b64decode, b64encode

import pytest
from tests.api.conftest import World
from tests.factories import make_customer, make_member

from yinuo.domains.assets.models import Asset
from yinuo.domains.network.models import ServiceUnit


@pytest.mark.req("SA-06", "SA-11", "B-80")
def test_a_version_with_its_file_is_given_and_read_at_the_asset(world: World) -> None:
    asset = Asset.objects.get(public_id=world.own.ids["asset_id"])
    release = {
        "number": "V8.1",
        "released_on": "2026-01-05",
        "model": asset.model,
        "notes_zh": "修复若干问题",
    }
    made = world.api.post("/software-releases", release).json()["id"]
    path = f"/software-releases/{made}"
    sent = {"name": "说明.txt", "content_base64": b64encode("升级步骤".encode()).decode()}
    first = world.api.post(f"{path}/files", sent)
    again = world.api.post(f"{path}/files", sent)
    assert (first.status_code, again.json()["id"]) == (201, first.json()["id"])

    [listed] = world.api.get(path).json()["files"]
    content = world.api.get(f"{path}/files/{listed['id']}").json()["content_base64"]
    assert b64decode(content).decode() == "升级步骤"

    given = {"asset_id": str(asset.public_id), "way": "mail", "to_whom": "李工", "installed": True}
    delivered = world.api.post(f"{path}/deliveries", given | {"paid_as": "BJ-2"}).json()["id"]
    [row] = world.api.get(f"{path}/deliveries").json()["items"]
    assert (row["id"], row["asset_id"], row["paid_as"]) == (
        delivered,
        str(asset.public_id),
        "BJ-2",
    )
    found = world.api.get(f"/assets/{asset.public_id}/software").json()
    assert found["software"] == "V8.1"
    stand = next(one for one in found["releases"] if one["release_id"] == made)
    assert stand["there"]
    assert delivered in [one["id"] for one in found["deliveries"]]

    world.api.post(f"{path}/withdrawal", {"version": 1, "reason": "有缺陷"})
    assert world.api.post(f"{path}/files", sent).json()["error"]["code"] == "illegal_move"
    assert world.api.get(f"{path}/deliveries").json()["items"] == [row]


@pytest.mark.req("SA-06", "R03")
def test_of_a_shared_version_only_deliveries_to_own_customers_are_listed(world: World) -> None:
    path = f"/software-releases/{world.own.ids['release_id']}/deliveries"
    assert world.api.get(path).json()["items"]
    unit = ServiceUnit.objects.get(public_id=world.foreign.ids["unit_id"])
    stranger = make_member(world.company.administrator, unit, ["service_manager"])
    make_customer(stranger, unit)
    seen = type(world.api)(stranger.token()).get(path)
    assert (seen.status_code, seen.json()["items"]) == (200, [])
