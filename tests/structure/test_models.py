"""How tables and addresses hang together."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db.models import UUIDField
from django.urls import URLPattern, URLResolver, get_resolver
from django.urls.converters import IntConverter
from tests.structure.source import DOMAINS

ORDER = {f"yinuo.domains.{name}": height for height, name in enumerate(reversed(DOMAINS), start=1)}


def height(module: str) -> int:
    """How high a model's package stands; everything below the domains is 0."""
    return ORDER.get(module, 0)


def test_the_order_names_every_domain() -> None:
    domains = {one.name for one in apps.get_app_configs() if one.name.startswith("yinuo.domains.")}
    assert domains == set(ORDER)


@pytest.mark.django_db
def test_the_migrations_make_exactly_the_tables_of_the_models() -> None:
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_no_table_points_up_the_order_of_domains() -> None:
    upward = []
    for model in apps.get_models(include_auto_created=True):
        own = height(model._meta.app_config.name)
        for field in model._meta.get_fields(include_hidden=True):
            target = field.related_model if field.concrete and field.is_relation else None
            if isinstance(target, type) and height(target._meta.app_config.name) > own:
                upward.append(f"{model._meta.label}.{field.name} -> {target._meta.label}")
    assert not upward


def test_no_relation_gives_a_lower_domain_a_way_up() -> None:
    """`related_name="+"` across domains: a lower model has no attribute that reads an upper one."""
    reverse = []
    for model in apps.get_models():
        own = model._meta.app_config.name
        if own not in ORDER:
            continue
        for relation in model._meta.related_objects:
            other = relation.related_model._meta.app_config.name
            if height(other) > height(own) and relation.get_accessor_name():
                reverse.append(f"{model._meta.label}.{relation.get_accessor_name()}")
    assert not reverse


def addresses(resolver: URLResolver, before: str = "") -> Iterator[tuple[str, URLPattern]]:
    for one in resolver.url_patterns:
        path = before + str(one.pattern)
        if isinstance(one, URLResolver):
            yield from addresses(one, path)
        else:
            yield path, one


def test_no_address_contains_a_row_number() -> None:
    numbered = [
        path
        for path, pattern in addresses(get_resolver())
        if any(isinstance(one, IntConverter) for one in pattern.pattern.converters.values())
        or any(word in path for word in ("<pk>", "<id>", "(?P<pk>", "(?P<id>"))
    ]
    assert not numbered


def test_every_public_id_is_a_unique_uuid() -> None:
    loose = []
    for model in apps.get_models():
        if not any(field.name == "public_id" for field in model._meta.concrete_fields):
            continue
        field = model._meta.get_field("public_id")
        by_constraint = any(
            list(getattr(one, "fields", ())) == ["public_id"] for one in model._meta.constraints
        )
        if not isinstance(field, UUIDField) or not (field.unique or by_constraint):
            loose.append(model._meta.label)
    assert not loose
