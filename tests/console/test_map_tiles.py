"""Pictures under the map: none unless a server is named; then exactly its host is allowed."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from math import cos, log, pi, radians, tan
from typing import Any

import pytest
from tests.console.test_board_pages import browser
from tests.domains.dispatch.test_sending import World, world

from yinuo.surfaces.console.board_drawing import HEIGHT, WIDTH
from yinuo.surfaces.console.map_tiles import Fit, tiles_of

__all__ = ["world"]
TILES = "https://tiles.example.cn/{z}/{x}/{y}.png"
SHANGHAI = (31.23, 121.47)


def fitted(scale: float) -> Fit:
    shrink = cos(radians(SHANGHAI[0]))
    return Fit(SHANGHAI[0], SHANGHAI[1] * shrink, shrink, scale, WIDTH, HEIGHT)


def inside(fit: Fit, place: tuple[float, float]) -> tuple[int, int, int]:
    """Zoom, column and row of the tile under a place."""
    x, y = fit.point(place)
    found = [
        one.address
        for one in tiles_of(fit)
        if float(one.x) <= x < float(one.x) + float(one.width)
        and float(one.y) <= y < float(one.y) + float(one.height)
    ]
    assert len(found) == 1, found
    zoom, column, row = re.findall(r"/(\d+)", found[0])
    return int(zoom), int(column), int(row)


@pytest.mark.req("B-30")
@pytest.mark.parametrize("scale", [40.0, 900.0, 26_000.0])
@pytest.mark.parametrize("away", [(0.0, 0.0), (0.31, -0.42), (-0.2, 0.45)])
def test_each_place_lies_on_the_tile_that_the_usual_formula_names(
    settings: Any, scale: float, away: tuple[float, float]
) -> None:
    settings.MAP_TILES = TILES
    fit = fitted(scale)
    place = fit.place((WIDTH * (0.5 + away[0]), HEIGHT * (0.5 + away[1])))
    zoom, column, row = inside(fit, place)
    north = radians(place[0])
    assert column == int((place[1] + 180) / 360 * 2**zoom)
    assert row == int((1 - log(tan(north) + 1 / cos(north)) / pi) / 2 * 2**zoom)


@pytest.mark.req("B-30")
def test_the_board_fetches_no_picture_unless_a_server_is_named(world: World, settings: Any) -> None:
    page = browser(world.manager)
    assert "<image" not in page.get("/board/").content.decode()
    settings.MAP_TILES, settings.MAP_CREDIT = TILES, "© 测绘院 <b>"
    shown = page.get("/board/").content.decode()
    assert 4 <= shown.count('href="https://tiles.example.cn/') <= 80
    assert "© 测绘院 &lt;b&gt;" in shown


SHOWN = """
import json
from yinuo.config.settings import CONTENT_SECURITY_POLICY as policy
print(json.dumps([str(one) for one in policy["DIRECTIVES"]["img-src"]]))
"""


@pytest.mark.req("R21")
@pytest.mark.parametrize(
    ("tiles", "sources"),
    [
        ("", ["'self'", "data:"]),
        (TILES, ["'self'", "data:", "https://tiles.example.cn"]),
        ("https://tiles.example.cn; script-src *//{z}/{x}/{y}", None),
        ("https://tiles.example.cn/", None),
        ("javascript:{z}{x}{y}", None),
    ],
)
def test_pages_may_fetch_pictures_from_exactly_that_host(
    tiles: str, sources: list[str] | None
) -> None:
    done = subprocess.run(
        [sys.executable, "-c", SHOWN],
        env={**os.environ, "YINUO_MAP_TILES": tiles},
        capture_output=True,
        text=True,
        check=False,
    )
    if sources is None:
        assert done.returncode != 0
        assert "YINUO_MAP_TILES" in done.stderr
    else:
        assert json.loads(done.stdout) == sources
