"""The description at openapi.json is complete, and generated calls hold the API to it."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.strategies import booleans
from pydantic import BaseModel
from pydantic.json_schema import models_json_schema
from schemathesis import GenerationMode
from schemathesis.checks import CHECKS, load_all_checks
from tests.api.conftest import PREFIX, World
from tests.api.routes import Route, description, routes
from tests.api.samples import body_of

from yinuo.config.wsgi import application

load_all_checks()
positive_data_acceptance = CHECKS.get_one("positive_data_acceptance")
ALL = list(routes())
# Their parts carry ids of their own, made by the sender and kept for ever (R37, R56).
OWN_IDS = {"send_operations", "drop_operation", "begin_photo", "send_photo_piece"}
# More for a long run: YINUO_API_CASES=2000.
CASES = int(os.environ.get("YINUO_API_CASES", "5"))


@pytest.mark.req("B-80")
def test_the_description_is_served_to_everybody(world: World) -> None:
    answer = world.api("GET", "/openapi.json", Authorization=None)
    assert answer.json()["openapi"].startswith("3.1")
    assert answer.json() == json.loads(json.dumps(description()))


@pytest.mark.req("B-80", "R30", "R37")
@pytest.mark.parametrize("route", ALL, ids=lambda one: one.operation)
def test_every_operation_declares_its_right_its_errors_and_its_key(route: Any) -> None:
    answers = {str(status) for status in route.details["responses"]}
    assert {"401", "403", "404", "422", "500", "503"} <= answers
    assert route.details["security"] == [{"BearerToken": []}]
    headers = {one["name"] for one in route.details["parameters"] if one["in"] == "header"}
    asks = {"explain_cover", "price_items"}
    is_write = route.method != "GET" and not route.operation.startswith("preview_")
    is_write = is_write and route.operation not in asks
    has_key = is_write and route.operation not in OWN_IDS
    assert headers == ({"Idempotency-Key"} if has_key else set())
    if route.method != "GET":
        assert {"400", "413", "415"} <= answers
    if is_write:
        assert "409" in answers


def test_operation_names_are_unique() -> None:
    names = [one.operation for one in ALL]
    assert len(names) == len(set(names))


@pytest.mark.req("B-80")
def test_no_two_shapes_share_a_name_in_the_description() -> None:
    """The latter would be described as the former: pydantic then tells them by their modules."""
    bound = [(one, "validation") for one in _models(BaseModel)]
    _, described = models_json_schema(bound)
    assert [name for name in described["$defs"] if "__" in name] == []


@pytest.fixture
def one_connection() -> Iterator[None]:
    """The application keeps the test's connection, and with it the test's transaction."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.mark.req("R30", "R04", "G20", "B-80")
@pytest.mark.usefixtures("one_connection")
@pytest.mark.parametrize("mode", list(GenerationMode), ids=lambda one: one.value)
@pytest.mark.parametrize("route", ALL, ids=lambda one: one.operation)
def test_generated_calls_never_break_the_description(
    world: World, route: Route, mode: GenerationMode
) -> None:
    operation = generated()[f"{PREFIX}{route.path}"][route.method]
    token = world.own.member.token()

    @settings(
        max_examples=CASES,
        deadline=None,
        derandomize=True,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy(generation_mode=mode), on_own=booleans())
    def check(case: Any, on_own: bool) -> None:
        if on_own and mode is GenerationMode.POSITIVE:
            _name_own_objects(case, route, world.own.ids)
        case.call_and_validate(
            headers={} if _breaks_headers(case) else {"Authorization": f"Bearer {token}"},
            # A call may fit the description and still break a rule of the business: 422.
            excluded_checks=[positive_data_acceptance],
        )

    check()


def _models(above: type[BaseModel]) -> set[type[BaseModel]]:
    """Every model of the API, with those they inherit from."""
    below = {one for model in above.__subclasses__() for one in {model, *_models(model)}}
    return {one for one in below if one.__module__.startswith("yinuo.surfaces.api.")}


@cache
def generated() -> Any:
    return schemathesis.openapi.from_wsgi(f"{PREFIX}/openapi.json", application)


def _breaks_headers(case: Any) -> bool:
    """True when the headers are what is wrong with the call: then they go out as they are."""
    return any(
        where.value == "header" and how.mode is GenerationMode.NEGATIVE
        for where, how in case.meta.components.items()
    )


def _name_own_objects(case: Any, route: Route, ids: dict[str, str]) -> None:
    """Name objects that exist, so that the call gets past the look-up."""
    for name in route.path_ids:
        case.path_parameters[name] = ids[name]
    if isinstance(case.body, dict):
        sample = body_of(route.operation, ids) or {}
        for name in route.body_ids:
            if name in case.body and name in sample:
                case.body[name] = sample[name]
