"""A checklist on a sheet: lines, limits, conditions, follow-up work, carry-over, signature."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from tests.domains.checklists.conftest import Inspection
from tests.factories.centre import Centre
from tests.factories.checklists import STORY, begin, checklist_source, fill, publish_template
from tests.factories.documents import words_of_docx, words_of_pdf
from tests.factories.work import fresh, issue, make_work_order, step, take

from yinuo.domains.checklists.documents import checklist_docx, checklist_pdf
from yinuo.domains.checklists.models import Checklist, Line, TemplateVersion
from yinuo.domains.checklists.selectors import (
    checklists_of_sheet,
    get_checklist,
    origin_of_request,
)
from yinuo.domains.checklists.services import (
    finish_checklist,
    publish_checklist,
    reopen_checklist,
    take_over_lines,
)
from yinuo.domains.checklists.types import ChecklistView
from yinuo.domains.fieldwork.selectors import get_work_order_page
from yinuo.domains.requests.models import Request
from yinuo.platform.errors import Conflict, Forbidden, IllegalMove, InvalidInput, NotFound

pytestmark = pytest.mark.django_db


def seen(inspection: Inspection) -> ChecklistView:
    return get_checklist(inspection.centre.technician.actor, inspection.checklist.public_id)


def finish(inspection: Inspection, reason: str = "", by: Any = None) -> Checklist:
    view = seen(inspection)
    return finish_checklist(
        actor=(by or inspection.centre.technician).actor,
        checklist_id=view.row.public_id,
        version=view.row.version,
        unfinished_reason=reason,
        now=datetime.now(UTC),
    )


@pytest.mark.req("LV-16", "B-42")
def test_the_inspection_of_the_story_opens_three_follow_ups_and_no_more(
    inspection: Inspection,
) -> None:
    technician = inspection.centre.technician
    before = set(Request.objects.values_list("pk", flat=True))
    fill(technician, inspection.checklist, STORY)
    finish(inspection)
    opened = Request.objects.exclude(pk__in=before)
    assert {one.symptom.split(" · ")[0] for one in opened} == {
        *("修复测试不正常的防区", "更换主机蓄电池", "修复不正常的对射"),
    }
    assert {one.customer_id for one in opened} == {inspection.sheet.customer_id}
    view = seen(inspection)
    linked = {line.item.code: line.follow_up for line in view.lines if line.follow_up}
    assert set(linked) == {"host_zones", "host_battery", "beams_cleaned"}
    battery = linked["host_battery"]
    origin = origin_of_request(technician.actor, battery.request_public_id)
    assert origin is not None
    assert origin.sheet_number == inspection.sheet.number

    again = {"actor": technician.actor, "checklist_id": view.row.public_id}
    reopened = reopen_checklist(**again, version=view.row.version, now=datetime.now(UTC))
    fill(technician, reopened, {"passive_walk": "not_normal"})
    finish(inspection)
    assert Request.objects.exclude(pk__in=before).count() == 4


@pytest.mark.req("LV-16")
@pytest.mark.parametrize("language", ["zh", "en"])
def test_pdf_and_docx_hold_every_line_in_both_languages(
    inspection: Inspection, language: str
) -> None:
    technician = inspection.centre.technician
    fill(technician, inspection.checklist, STORY)
    fill(technician, inspection.checklist, {"host_use": "yes"}, note="龘" * 900)
    finish(inspection)
    known: dict[str, Any] = {"language": language, "now": datetime.now(UTC)}
    pdf, name = checklist_pdf(technician.actor, inspection.checklist.public_id, **known)
    docx, _ = checklist_docx(technician.actor, inspection.checklist.public_id, **known)
    assert name == f"{inspection.sheet.number}-intrusion_alarm"
    view = seen(inspection)
    titles = [line.item.title for line in view.lines]
    wanted = [one.zh if language == "zh" else one.en for one in titles]
    wanted += [section.section.title.in_language(language) for section in view.sections]
    numbers = ["24", "23", "16", "15"]
    follow_ups = [line.follow_up.request_number for line in view.lines if line.follow_up]
    for words in (words_of_pdf(pdf), words_of_docx(docx)):
        flat = "".join(words.split())
        missing = [
            one for one in [*wanted, *numbers, *follow_ups] if "".join(one.split()) not in flat
        ]
        assert missing == []
        assert flat.count("龘") == 900
        assert ("需更换" if language == "zh" else "Tobereplaced") in flat
        assert view.row.content_hash in flat


@pytest.mark.req("B-42")
def test_answers_that_cannot_be_are_refused_by_line_and_nothing_is_saved(
    inspection: Inspection,
) -> None:
    wrong: dict[str, Any] = {
        "host_zones": {"checked": 3, "normal": 4},
        "host_battery": "flat",
        "host_dust": "maybe",
        "beams_area": {"checked": 1, "changed": 1},
        "no_such_line": "yes",
        "host_use": "yes",
    }
    with pytest.raises(InvalidInput) as refused:
        fill(inspection.centre.technician, inspection.checklist, wrong)
    assert set(refused.value.fields) == set(wrong) - {"host_use"}
    assert not Line.objects.exists()


@pytest.mark.req("B-42")
def test_a_number_beyond_its_limits_fails_and_asks_why_and_one_that_cannot_be_is_refused(
    centre: Centre,
) -> None:
    template = publish_template(centre.company.administrator, "server_room")
    sheet = make_work_order(centre.specialist, centre.technician, centre.request, "arrived")
    checklist = begin(centre.technician, sheet, template)

    def standing() -> dict[str, str]:
        view = get_checklist(centre.technician.actor, checklist.public_id)
        return {line.item.code: line.standing.value for line in view.lines}

    with pytest.raises(InvalidInput) as refused:
        fill(centre.technician, checklist, {"temperature": "270"})
    assert set(refused.value.fields) == {"temperature"}
    for slip in ("27.55", "warm", "25 K", "", "1e999", "NaN"):
        with pytest.raises(InvalidInput):
            fill(centre.technician, checklist, {"temperature": slip})
    with pytest.raises(InvalidInput):
        fill(centre.technician, checklist, {"temperature_cause": "空调停机"})
    fill(centre.technician, checklist, {"temperature": "27 ℃"})
    assert standing()["temperature"] == "passed"
    assert "temperature_cause" not in standing()
    fill(centre.technician, checklist, {"temperature": "27.1", "temperature_cause": "空调停机"})
    assert standing()["temperature"] == "failed"
    assert standing()["temperature_cause"] == "passed"


@pytest.mark.req("B-42", "R37")
def test_the_same_line_sent_twice_is_saved_once_and_a_stale_one_is_refused(
    inspection: Inspection,
) -> None:
    technician, checklist = inspection.centre.technician, inspection.checklist
    first = fill(technician, checklist, {"host_dust": "yes"}, version=0)
    again = fill(technician, checklist, {"host_dust": "yes"}, version=0)
    assert again.version == first.version
    with pytest.raises(Conflict):
        fill(technician, checklist, {"host_dust": "no"}, version=0)
    fill(technician, checklist, {"host_dust": "no"}, version=1)
    assert Line.objects.get().answer == "no"


@pytest.mark.req("B-42")
def test_open_lines_need_a_reason_and_wait_for_the_next_sheet_of_the_work(
    inspection: Inspection,
) -> None:
    centre = inspection.centre
    done = {code: answer for code, answer in STORY.items() if not code.startswith("passive")}
    fill(centre.technician, inspection.checklist, done)
    with pytest.raises(InvalidInput):
        finish(inspection)
    finish(inspection, "被动探测器所在房间今日锁闭")
    next_sheet = issue(centre.specialist, centre.request, after=inspection.sheet)
    take(centre.technician, next_sheet)
    waiting = checklists_of_sheet(centre.technician.actor, next_sheet.public_id)
    assert [(one.sheet_number, one.lines) for one in waiting.left_over] == [
        (inspection.sheet.number, 3)
    ]
    known: dict[str, Any] = {
        "actor": centre.technician.actor,
        "sheet_id": next_sheet.public_id,
        "checklist_id": inspection.checklist.public_id,
        "now": datetime.now(UTC),
    }
    carried = take_over_lines(**known)
    assert take_over_lines(**known).pk == carried.pk
    view = get_checklist(centre.technician.actor, carried.public_id)
    assert [line.item.code for line in view.lines] == [
        *("passive_walk", "passive_cleaned", "passive_batteries"),
    ]
    assert view.row.carried_from == inspection.sheet.number
    rest = checklists_of_sheet(centre.technician.actor, next_sheet.public_id)
    assert rest.left_over == ()


@pytest.mark.req("R55", "B-43")
def test_the_signature_holds_the_lines_and_a_change_afterwards_asks_for_a_new_one(
    inspection: Inspection,
) -> None:
    centre, sheet = inspection.centre, inspection.sheet
    fill(centre.technician, inspection.checklist, STORY)
    step(centre.technician, sheet, "worked")
    with pytest.raises(IllegalMove):
        step(centre.technician, sheet, "signed")
    shown = fresh(sheet).version
    fill(centre.technician, inspection.checklist, {"passive_walk": "not_normal"})
    finish(inspection)
    with pytest.raises(Conflict):
        step(centre.technician, sheet, "signed", version=shown)
    step(centre.technician, sheet, "signed")

    def signatures() -> list[tuple[bool, str]]:
        page = get_work_order_page(centre.technician.actor, sheet.public_id, now=datetime.now(UTC))
        return [(one.is_valid, one.content_hash) for one in page.sign_offs]

    [(is_valid, first)] = signatures()
    assert is_valid
    with pytest.raises(IllegalMove):
        fill(centre.technician, inspection.checklist, {"passive_walk": "normal"})
    step(centre.technician, sheet, "corrected", reason="防区数量有误")
    view = seen(inspection)
    reopen_checklist(
        actor=centre.technician.actor,
        checklist_id=view.row.public_id,
        version=view.row.version,
        now=datetime.now(UTC),
    )
    fill(centre.technician, inspection.checklist, {"host_zones": {"checked": 24, "normal": 24}})
    finish(inspection)
    step(centre.technician, sheet, "signed")
    [(new_valid, second), (old_valid, kept)] = signatures()
    assert (new_valid, old_valid) == (True, False)
    assert kept == first != second


@pytest.mark.req("B-42")
def test_a_new_version_leaves_answers_on_the_version_they_were_given_to(
    inspection: Inspection,
) -> None:
    centre = inspection.centre
    changed = checklist_source().replace("主机清洁除尘", "主机除尘并紧固端子")
    known: dict[str, Any] = {"actor": centre.company.administrator.actor, "now": datetime.now(UTC)}
    newer = publish_checklist(source=changed, source_name="new", **known)
    assert newer.number == 2
    same = publish_checklist(source=checklist_source() + "\n# remark\n", source_name="x", **known)
    assert same.pk == inspection.template.pk
    view = seen(inspection)
    assert view.row.template.number == 1
    assert view.lines[0].item.title.zh == "主机清洁除尘"
    with pytest.raises(InvalidInput) as refused:
        publish_checklist(source=changed.replace("count", "cuont", 1), source_name="bad", **known)
    assert "source" in refused.value.fields
    assert TemplateVersion.objects.count() == 2


@pytest.mark.req("R02", "R03")
def test_only_who_carries_the_visit_out_fills_in_and_strangers_see_nothing(
    inspection: Inspection,
) -> None:
    centre = inspection.centre
    with pytest.raises(Forbidden):
        fill(centre.specialist, inspection.checklist, {"host_dust": "yes"})
    with pytest.raises((Forbidden, NotFound)):
        publish_template(centre.technician)
    assert not Line.objects.exists()
