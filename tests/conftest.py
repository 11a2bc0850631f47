"""Shared by all tests: the table of requirement marks that `make requirements` reads."""

from __future__ import annotations

import json
import os
from collections import defaultdict
from pathlib import Path

import pytest

pytest_plugins = ["tests.plugins.template", "tests.plugins.committed"]

# Playwright keeps an event loop in the process that drives the browser; Django takes a running loop
# for asynchronous code and refuses the database to every later test of that process.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

_MARKS = pytest.StashKey[dict[str, dict[str, str]]]()


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--marks-to", metavar="FILE", help="write the result of each requirement mark")


def pytest_configure(config: pytest.Config) -> None:
    config.stash[_MARKS] = defaultdict(dict)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tests that start processes come first: begun last, one worker would wait for the other."""
    items.sort(key=lambda item: "system" not in item.path.parts)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]):
    report = yield
    if report.when == "call" or report.outcome != "passed":
        marks = item.config.stash[_MARKS]
        for identity in (one for mark in item.iter_markers("req") for one in mark.args):
            results = marks[identity]
            if results.get(item.nodeid) != "failed":
                results[item.nodeid] = report.outcome
    return report


def pytest_sessionfinish(session: pytest.Session) -> None:
    if target := session.config.getoption("--marks-to"):
        Path(target).write_text(json.dumps(session.config.stash[_MARKS]), encoding="utf-8")


@pytest.fixture(autouse=True)
def shipped_statutory_days(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every test begins with the days the product came with, and no query looks for later ones."""
    from yinuo.domains.contracts import statutory

    monkeypatch.setattr(statutory, "LOOK_AGAIN_SECONDS", float("inf"))
    monkeypatch.setattr(statutory.Known, "days", statutory.shipped_days())


@pytest.fixture(autouse=True, scope="session")
def attachments_apart(tmp_path_factory: pytest.TempPathFactory) -> None:
    """No test writes attachments into the folder of a running installation."""
    from django.conf import settings

    settings.MEDIA_ROOT = tmp_path_factory.mktemp("files")
