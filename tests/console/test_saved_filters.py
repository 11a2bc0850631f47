"""Filters of lists kept under a name: one's own, of that list, never wider than one may see."""

from __future__ import annotations

import pytest
from django.test import Client
from tests.factories import make_company, make_member

from yinuo.platform.filters.models import SavedFilter

pytestmark = pytest.mark.django_db


@pytest.fixture
def browsers() -> tuple[Client, Client]:
    """Two consultants of one company."""
    company = make_company()
    found = []
    for _ in range(2):
        member = make_member(company.administrator, company.headquarters, ["service_consultant"])
        client = Client(headers={"Accept-Language": "en"})
        member.user.refresh_from_db()
        client.force_login(member.user)
        found.append(client)
    return found[0], found[1]


def keep(client: Client, name: str, query: str, page: str = "/requests/") -> str:
    answer = client.post("/filters/", {"page": page, "query": query, "name": name}, follow=True)
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_kept_filter_stands_above_its_list_and_on_no_other(
    browsers: tuple[Client, Client],
) -> None:
    mine, other = browsers
    shown = keep(mine, "等待中", "state=waiting&cursor=abc&q=")
    assert 'href="/requests/?state=waiting"' in shown
    assert "等待中" in mine.get("/requests/").content.decode()
    assert "等待中" not in mine.get("/customers/").content.decode()
    assert "等待中" not in other.get("/requests/").content.decode()


def test_the_same_name_again_replaces_what_it_stood_for(browsers: tuple[Client, Client]) -> None:
    keep(browsers[0], "等待中", "state=waiting")
    keep(browsers[0], "等待中", "state=waiting&q=防火墙")
    assert [one.query for one in SavedFilter.objects.all()] == [
        "q=%E9%98%B2%E7%81%AB%E5%A2%99&state=waiting"
    ]


@pytest.mark.req("R02", "R03")
def test_nobody_removes_the_filter_of_somebody_else(browsers: tuple[Client, Client]) -> None:
    keep(browsers[0], "等待中", "state=waiting")
    address = f"/filters/{SavedFilter.objects.get().public_id}/remove/"
    assert browsers[1].post(address).status_code == 404
    assert browsers[0].post(address)["Location"] == "/requests/"
    assert not SavedFilter.objects.exists()


@pytest.mark.parametrize(
    ("form", "says"),
    [
        ({"name": " "}, "Give the filter a name"),
        ({"name": "长" * 41}, "at most 40 characters"),
        ({"query": "q=&cursor=x"}, "Search or narrow the list first"),
    ],
)
def test_what_cannot_be_kept_is_told(
    browsers: tuple[Client, Client], form: dict[str, str], says: str
) -> None:
    given = {"name": "等待中", "query": "state=waiting"} | form
    assert says in keep(browsers[0], given["name"], given["query"])
    assert not SavedFilter.objects.exists()


@pytest.mark.parametrize("page", ["https://elsewhere.example/", "//elsewhere.example/", "/no/", ""])
def test_a_filter_leads_to_a_page_of_the_console_only(
    browsers: tuple[Client, Client], page: str
) -> None:
    given = {"page": page, "query": "q=1", "name": "x"}
    assert browsers[0].post("/filters/", given).status_code == 404


def test_a_list_keeps_twenty_filters_at_most(browsers: tuple[Client, Client]) -> None:
    for number in range(20):
        keep(browsers[0], f"f{number}", "state=waiting")
    assert "at most 20 filters" in keep(browsers[0], "f20", "state=waiting")
    assert SavedFilter.objects.count() == 20
