"""Checklists in the browser: published with the place of mistakes, filled in, finished."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

import pytest
from django.test import Client
from tests.console.conftest import browser_of
from tests.factories.centre import Centre, make_centre
from tests.factories.checklists import checklist_source, publish_template
from tests.factories.company import Member
from tests.factories.work import make_work_order

from yinuo.domains.checklists.models import Checklist, Line, TemplateVersion
from yinuo.domains.requests.models import Request
from yinuo.planfile.checklists import load_checklist
from yinuo.platform.accounts.models import User

pytestmark = pytest.mark.django_db


def signed_in(member: Member) -> Client:
    client = browser_of(User.objects.get(pk=member.user.pk))
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "zh-hans"
    return client


def form_of(page: str) -> dict[str, str]:
    """What the page's form would send untouched, hidden fields above all."""
    sent = {}
    for tag in re.findall(r"<input[^>]*>", page):
        named = re.search(r'name="([^"]+)"', tag)
        value = re.search(r'value="([^"]*)"', tag)
        is_open = 'type="radio"' in tag and " checked" not in tag
        if named and not is_open and named[1] != "csrfmiddlewaretoken":
            sent[named[1]] = value[1] if value else ""
    return sent


def send(client: Client, address: str, **typed: Any) -> Any:
    """The form of a page filled in and sent."""
    shown = client.get(address)
    assert shown.status_code == 200, shown.content.decode()[-2000:]
    return client.post(address, form_of(shown.content.decode()) | typed, follow=True)


@pytest.fixture
def centre(db: None) -> Centre:
    return make_centre()


@pytest.mark.req("LV-16", "B-42")
def test_the_page_of_a_checklist_says_when_a_line_is_asked(centre: Centre) -> None:
    version = publish_template(centre.company.administrator, "server_room")
    page = signed_in(centre.company.administrator).get(f"/checklists/{version.public_id}/")
    assert page.status_code == 200
    assert "机房温度" in re.findall(r"“([^”]+)”", page.content.decode())


@pytest.mark.req("LV-16", "B-82")
def test_a_checklist_is_published_in_the_browser_and_mistakes_show_their_place(
    centre: Centre,
) -> None:
    client = signed_in(centre.company.administrator)
    bad = checklist_source().replace("kind: choice", "kind: choise", 1)
    refused = send(client, "/checklists/publish/", source=bad, do="publish")
    assert refused.status_code == 422
    assert "第 18 行" in refused.content.decode() or "18" in refused.content.decode()
    assert not TemplateVersion.objects.exists()
    done = send(client, "/checklists/publish/", source=checklist_source(), do="publish")
    assert "红外报警系统定期检查单" in done.content.decode()
    version = TemplateVersion.objects.get()
    for address in ("/checklists/", f"/checklists/{version.public_id}/"):
        assert "红外报警系统定期检查单" in client.get(address).content.decode()
    assert client.get(f"/checklists/{version.public_id}/file/").status_code == 200


@pytest.mark.req("LV-16", "B-42")
def test_the_engineer_fills_a_checklist_in_and_finishing_opens_work(centre: Centre) -> None:
    template = publish_template(centre.company.administrator)
    sheet = make_work_order(centre.specialist, centre.technician, centre.request, "arrived")
    client = signed_in(centre.technician)
    assert "开始检查单" in client.get(f"/work/{sheet.public_id}/").content.decode()
    new = f"/work/{sheet.public_id}/checklists/new/"
    begun = send(client, new, template_id=str(template.public_id))
    checklist = Checklist.objects.get()
    here = f"/work/checklists/{checklist.public_id}/"
    assert begun.redirect_chain[-1][0] == here
    wrong = {"host_zones_checked": "23", "host_zones_normal": "24"}
    refused = send(client, here, host_dust="yes", **wrong)
    assert refused.status_code == 422
    assert "多于已检查的 23" in refused.content.decode().replace(" ", " ")
    assert not Line.objects.exists()
    right = {"host_zones_checked": "24", "host_zones_normal": "23", "note-host_zones": "7 号防区"}
    saved = send(client, here, host_dust="yes", host_battery="to_replace", **right)
    assert saved.status_code == 200
    assert Line.objects.count() == 3
    again = send(client, here)
    assert again.status_code == 200
    assert set(Line.objects.values_list("version", flat=True)) == {1}
    before = Request.objects.count()
    page = client.get(f"{here}finish/").content.decode()
    assert "更换主机蓄电池" in page
    assert send(client, f"{here}finish/").status_code == 422
    ended = send(client, f"{here}finish/", unfinished_reason="下次继续")
    assert ended.status_code == 200
    assert Request.objects.count() == before + 2
    for address in (here, f"{here}pdf/", f"{here}docx/", f"/work/{sheet.public_id}/"):
        assert client.get(address).status_code == 200
    send(client, f"{here}reopen/")
    checklist.refresh_from_db()
    assert checklist.state == "open"


@pytest.mark.req("B-42", "B-82")
def test_the_builder_adds_moves_and_removes_lines_and_publishes_without_a_file(
    centre: Centre,
) -> None:
    client = signed_in(centre.company.administrator)

    def source_of(page: str) -> str:
        return unescape(page.partition('<textarea name="source"')[2].partition("</textarea>")[0])[
            8:
        ]

    def act(source: str, do: str, **typed: Any) -> Any:
        return client.post("/checklists/build/", {"source": source, "do": do} | typed)

    source = source_of(client.get("/checklists/build/").content.decode())
    named = act(source, "name", code="lift_check", name_zh="电梯检查单", name_en="Lift check")
    source = source_of(named.content.decode())
    line = {"section": "section_1", "kind": "number", "title_zh": "平层误差", "unit": "mm"}
    source = source_of(act(source, "add", **line, low="-5", high="5").content.decode())
    choice = {"section": "", "section_zh": "轿厢", "kind": "choice", "title_zh": "应急灯"}
    alone = act(source, "add", **choice, options="亮 | On")
    assert alone.status_code == 422
    options = "亮 | On\n!不亮 | Off"
    source = source_of(act(source, "add", **choice, options=options).content.decode())
    source = source_of(act(source, "up", item="line_2").content.decode())
    source = source_of(act(source, "remove", item="line_1").content.decode())
    form = client.get("/checklists/publish/").content.decode()
    done = client.post("/checklists/publish/", form_of(form) | {"source": source, "do": "publish"})
    assert done.status_code == 302, done.content.decode()[-1500:]
    version = TemplateVersion.objects.get()
    assert (version.code, version.title_en) == ("lift_check", "Lift check")
    built = load_checklist(version.source)
    assert [one.title.zh for one in built.items()] == ["平层误差", "应急灯"]
    assert [one.fails for one in list(built.items())[1].options] == [False, True]
    assert act("nonsense: [", "up").status_code == 422
