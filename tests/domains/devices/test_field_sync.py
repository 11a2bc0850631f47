"""What was done without network arrives once, in order, dated by the phone (B-40, R53 to R56)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from tests.factories.centre import Centre, make_centre
from tests.factories.checklists import begin, publish_template
from tests.factories.devices import REPORT, SIGNATURE, Phone, make_phone, step
from tests.factories.work import change_work, fresh, make_work_order

from yinuo.domains.devices.models import ArrivalProof, Operation, PhotoPiece
from yinuo.domains.devices.selectors import list_unapplied
from yinuo.domains.devices.services import drop_operation, revoke_device
from yinuo.domains.fieldwork.models import WorkOrder
from yinuo.domains.fieldwork.selectors import get_work_order_page
from yinuo.domains.fieldwork.services import assign_work_order
from yinuo.domains.notices.selectors import list_inbox
from yinuo.domains.requests.attachments import list_attachments
from yinuo.domains.requests.selectors import get_request_page
from yinuo.surfaces.api.resources.field import PHONES

pytestmark = pytest.mark.django_db
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de"
    "0000000c49444154789c63606060000000040001f61738550000000049454e44ae426082"
)


@pytest.fixture
def centre(db: None) -> Centre:
    return make_centre()


@pytest.fixture
def sheet(centre: Centre) -> WorkOrder:
    return make_work_order(centre.specialist, centre.technician, centre.request, "appointed")


@pytest.fixture
def phone(centre: Centre) -> Phone:
    return make_phone(centre.technician)


def visit(phone: Phone, sheet: WorkOrder, began: datetime) -> list[dict[str, Any]]:
    """A whole visit as the phone kept it, a millisecond a step."""
    told = {"agreed_for": (began + timedelta(minutes=30)).isoformat(), "way": "坐地铁"}
    bodies = [
        ("step", step("appointed", **told)),
        ("step", step("departed")),
        ("step", step("arrived", arrival={"way": "skipped", "reason": "地下室无信号"})),
        ("report", REPORT),
        ("sign", SIGNATURE),
    ]
    made: list[dict[str, Any]] = []
    for number, (kind, body) in enumerate(bodies):
        after = {"after": made[-1]["id"]} if made else {}
        at = began + timedelta(milliseconds=number)
        made.append(phone.operation(sheet, kind, body, at, **after))
    return made


def facts(centre: Centre) -> dict[str, datetime]:
    page = get_request_page(centre.specialist.actor, centre.request.public_id)
    return {one.kind: one.occurred_at for one in page.facts}


@pytest.mark.req("B-40", "R53")
def test_a_visit_sent_later_counts_by_the_phones_time_and_is_signed(centre, sheet, phone):
    began = datetime.now(UTC)
    results = phone.send(*visit(phone, sheet, began))
    assert [one["state"] for one in results] == ["applied"] * 5, results
    assert fresh(sheet).state == "signed"
    page = get_work_order_page(centre.technician.actor, sheet.public_id, now=datetime.now(UTC))
    assert page.sign_offs[0].is_valid
    assert page.report.work_done == REPORT["work_done"]
    known = facts(centre)
    assert known["departed"] == began + timedelta(milliseconds=1)
    assert known["restored"] == began + timedelta(milliseconds=3)
    assert known["sheet_signed"] == page.sign_offs[0].signed_at
    assert ArrivalProof.objects.get().reason == "地下室无信号"
    assert not Operation.objects.exclude(body={}).exists()


@pytest.mark.req("R37", "R53")
def test_what_is_sent_again_after_a_cut_is_answered_alike_and_done_once(sheet, phone):
    operations = visit(phone, sheet, datetime.now(UTC))
    first = phone.send(*operations[:3])
    again = phone.send(*operations)
    assert again[:3] == first
    assert [one["state"] for one in again] == ["applied"] * 5
    assert Operation.objects.count() == 5
    assert phone.send(*operations) == again
    assert sheet.__class__.objects.get(pk=sheet.pk).sign_offs.count() == 1


@pytest.mark.req("R37")
def test_an_id_that_stands_for_another_content_is_refused(sheet, phone):
    operation = phone.operation(sheet, "step", step("departed"))
    assert phone.send(operation)[0]["state"] == "applied"
    for change in ({"body": step("arrived")}, {"kind": "need"}, {"work_order_id": str(uuid4())}):
        assert phone.send({**operation, **change})[0]["state"] == "refused"
    assert fresh(sheet).state == "departed"


@pytest.mark.req("R53")
def test_what_comes_before_its_turn_waits_and_leaves_no_trace(sheet, phone):
    operations = visit(phone, sheet, datetime.now(UTC))
    results = phone.send(operations[2])
    assert results[0]["state"] == "waiting"
    assert not Operation.objects.exists()
    assert fresh(sheet).state == "appointed"


@pytest.mark.req("R53", "R55")
def test_a_signature_for_a_sheet_that_the_office_changed_meanwhile_is_kept_and_shown_to_both(
    centre, sheet, phone
):
    operations = visit(phone, sheet, datetime.now(UTC))
    change_work(centre.specialist, sheet, "改查门禁电源")
    results = phone.send(*operations)
    assert [one["state"] for one in results] == [
        "applied",
        "applied",
        "applied",
        "conflict",
        "waiting",
    ]
    assert results[3]["present"]["work_wanted"] == "改查门禁电源"
    for actor in (centre.technician.actor, centre.manager.actor):
        kept = list_unapplied(actor).items
        assert [one.body["work_done"] for one in kept] == [REPORT["work_done"]]
    assert "device.unapplied" in {one.topic for one in list_inbox(centre.manager.actor).items}
    assert not list_unapplied(centre.stranger.actor).items

    now_there = fresh(sheet)
    made_at = datetime.fromisoformat(operations[3]["occurred_at"])
    again = phone.operation(now_there, "report", REPORT, made_at, instead_of=operations[3]["id"])
    signed = {**operations[4], "after": again["id"], "base_version": now_there.version}
    assert [one["state"] for one in phone.send(again, signed)] == ["applied", "applied"]
    assert not list_unapplied(centre.manager.actor).items


@pytest.mark.req("R53")
def test_work_on_a_sheet_given_to_another_meanwhile_is_kept_for_the_dispatcher(
    centre, sheet, phone
):
    operation = phone.operation(sheet, "step", step("departed"))
    WorkOrder.objects.filter(pk=sheet.pk).update(state="assigned")
    assign_work_order(
        actor=centre.manager.actor,
        work_order_id=sheet.public_id,
        assignee_id=centre.colleague.person.public_id,
        source="test",
        now=datetime.now(UTC),
    )
    assert phone.send(operation)[0]["state"] == "conflict"
    kept = list_unapplied(centre.manager.actor).items
    assert [one.person_name for one in kept] == ["赵强"]
    drop_operation(
        actor=centre.manager.actor,
        operation_id=kept[0].public_id,
        reason="孙伟已去",
        now=datetime.now(UTC),
    )
    assert phone.send(operation)[0]["state"] == "dropped"


@pytest.mark.req("R02", "R53")
def test_a_foreign_sheet_is_answered_like_an_absent_one_and_nothing_is_kept(centre, sheet):
    phone = make_phone(centre.stranger)
    said = [
        phone.send({**phone.operation(sheet, "step", step("departed")), **change})[0]
        for change in ({}, {"work_order_id": "00000000-0000-4000-8000-000000000000"})
    ]
    for one in said:
        one.pop("id")
    assert said[0] == said[1]
    assert said[0]["state"] == "conflict"
    assert not Operation.objects.exists()


@pytest.mark.req("R53")
def test_a_body_that_cannot_be_read_refuses_itself_and_not_the_others(sheet, phone):
    wrong = phone.operation(sheet, "report", {"work_done": ["?"], "result": "done"})
    right = phone.operation(sheet, "step", step("departed"))
    results = phone.send(wrong, right)
    assert [one["state"] for one in results] == ["refused", "applied"]
    assert "work_done" in results[0]["fields"]


@pytest.mark.req("R53")
def test_one_that_breaks_a_constraint_is_kept_and_does_not_hold_up_the_others(sheet, phone, caplog):
    # A sheet whose times the services cannot know to be out of order.
    names = ("departed_at", "arrived_at", "finished_at", "signed_at")
    WorkOrder.objects.filter(pk=sheet.pk).update(**dict.fromkeys(names, sheet.issued_at))
    operations = visit(phone, sheet, datetime.now(UTC))
    free = phone.operation(sheet, "need", {"what": "part", "text": "电源模块"})
    states = [one["state"] for one in phone.send(*operations[:4], free)]
    assert "conflict" in states
    assert states[-1] == "applied"
    assert "breaks a constraint" in caplog.text


@pytest.mark.req("B-40")
def test_while_another_phones_work_is_taken_in_one_is_told_when_to_come_again(sheet, phone):
    operation = phone.operation(sheet, "step", step("departed"))
    with PHONES.taken():
        body = {"device_time": phone.reads(), "operations": [operation]}
        answer = phone.api.post("/field/operations", body, Idempotency_Key=None)
    assert (answer.status_code, answer["Retry-After"]) == (503, "2")
    assert fresh(sheet).state != "departed"
    assert phone.send(operation)[0]["state"] == "applied"


@pytest.mark.req("B-40", "B-42")
def test_a_checklist_begun_without_network_is_there_with_its_lines(centre, sheet, phone):
    template = publish_template(centre.company.administrator)
    phone.send(phone.operation(sheet, "step", step("departed")))
    [job] = phone.api.get("/field/jobs").json()["jobs"]
    assert job["offered"] == [str(template.public_id)]
    [offered] = phone.api.get("/field/jobs").json()["templates"]
    item = offered["sections"][0]["items"][0]
    made = str(uuid4())
    begun = {"checklist_id": made, "template_id": offered["id"]}
    line = {"item": item["code"], "answer": None, "note": "见照片", "version": 0}
    begin = phone.operation(sheet, "begin", begun)
    lines = phone.operation(
        sheet, "lines", {"checklist_id": made, "lines": [line]}, after=begin["id"]
    )
    assert [one["state"] for one in phone.send(begin, lines)] == ["applied", "applied"]
    [job] = phone.api.get("/field/jobs").json()["jobs"]
    assert [one["id"] for one in job["checklists"]] == [made]
    assert job["offered"] == []
    other = phone.operation(sheet, "begin", {**begun, "checklist_id": str(uuid4())})
    assert phone.send(other)[0]["state"] == "conflict"


@pytest.mark.req("B-40")
@pytest.mark.parametrize("ahead", [timedelta(hours=1), timedelta(days=-1)])
def test_a_wrong_clock_is_corrected_by_the_offset_and_shown(centre, sheet, ahead):
    phone = make_phone(centre.technician, ahead=ahead)
    happened = datetime.now(UTC)
    answer = phone.answer(phone.operation(sheet, "step", step("departed"), happened))
    assert answer["clock"] == "off"
    assert answer["results"][0]["state"] == "applied"
    kept = Operation.objects.get()
    assert kept.is_clock_off
    assert abs(kept.occurred_at - happened) < timedelta(seconds=30)
    assert abs(kept.device_at - happened - ahead) < timedelta(seconds=1)


@pytest.mark.req("B-40", "R53")
def test_an_offset_measured_anew_does_not_turn_the_order_of_a_phone_around(centre, sheet):
    phone = make_phone(centre.technician, ahead=timedelta(hours=1))
    left = datetime.now(UTC)
    hour, slow_call = -3_600_000, 1_400
    departed = phone.operation(sheet, "step", step("departed"), left, offset_ms=hour)
    there = step("arrived", arrival={"way": "skipped", "reason": "地下室无信号"})
    a_second_later = left + timedelta(seconds=1)
    arrived = phone.operation(
        sheet, "step", there, a_second_later, offset_ms=hour - slow_call, after=departed["id"]
    )
    answers = phone.send(departed, arrived)
    assert [(one["state"], one["fields"]) for one in answers] == [("applied", {})] * 2
    order = fresh(sheet)
    assert order.arrived_at == order.departed_at


@pytest.mark.req("R54")
def test_a_phone_taken_away_is_told_to_erase_and_does_nothing_more(centre, sheet, phone):
    assert len(phone.api.get("/field/jobs").json()["jobs"]) == 1
    revoke_device(
        actor=centre.company.administrator.actor,
        device_id=phone.device.public_id,
        now=datetime.now(UTC),
    )
    refused = phone.api.get("/field/jobs")
    assert (refused.status_code, refused.json()["error"]["code"]) == (401, "device_revoked")


@pytest.mark.req("R54")
def test_a_phone_holds_only_the_sheets_given_to_its_person(centre, sheet, phone):
    job = phone.api.get("/field/jobs").json()["jobs"][0]
    assert job["work_order"]["id"] == str(sheet.public_id)
    assert job["promises"]
    assert job["asset"]["serial"]
    assert not make_phone(centre.colleague).api.get("/field/jobs").json()["jobs"]


@pytest.mark.req("B-41")
def test_an_arrival_says_how_far_the_phone_was_from_the_site(centre, sheet, phone):
    site = sheet.request.site
    site.__class__.objects.filter(pk=site.pk).update(latitude="22.543100", longitude="114.057900")
    near = {"way": "position", "latitude": 22.5440, "longitude": 114.0579, "accuracy_m": 20}
    departed = phone.operation(sheet, "step", step("departed"))
    phone.send(departed, phone.operation(sheet, "step", step("arrived", arrival=near)))
    shown = phone.api.get("/field/jobs").json()["jobs"][0]["arrival"]
    assert (shown["way"], shown["distance_m"]) == ("position", 100)


@pytest.mark.req("B-41")
@pytest.mark.parametrize(("before", "fits"), [("https://x.example/a/", True), ("NOT-", False)])
def test_a_code_on_site_is_compared_with_the_machine(sheet, phone, before, fits):
    body = step("arrived", arrival={"way": "code", "code": before + sheet.request.asset.serial})
    departed = phone.operation(sheet, "step", step("departed"))
    results = phone.send(departed, phone.operation(sheet, "step", body))
    assert [one["state"] for one in results] == ["applied", "applied"]
    assert ArrivalProof.objects.get().code_fits is fits


@pytest.mark.req("R53")
def test_a_missing_part_is_noted_on_the_request_and_told(centre, sheet, phone):
    body = {"what": "part", "text": "需要电源模块 PSU-24V"}
    assert phone.send(phone.operation(sheet, "need", body))[0]["state"] == "applied"
    page = get_request_page(centre.specialist.actor, centre.request.public_id)
    noted = next(one for one in page.facts if one.kind == "noted")
    assert noted.attrs["need"] == "part"
    assert "device.need" in {one.topic for one in list_inbox(centre.manager.actor).items}


@pytest.mark.req("B-42", "R53")
def test_lines_of_a_checklist_come_with_the_visit(centre, sheet, phone):
    template = publish_template(centre.company.administrator)
    checklist = begin(centre.technician, sheet, template)
    job = phone.api.get("/field/jobs").json()["jobs"][0]
    sent = job["checklists"][0]
    item = next(one for one in sent["lines"] if one["item"]["kind"] == "yes_no")["item"]["code"]
    lines = {"checklist_id": str(checklist.public_id), "lines": [{"item": item, "answer": "yes"}]}
    end = {"checklist_id": str(checklist.public_id), "unfinished_reason": "其余下次"}
    first = phone.operation(fresh(sheet), "lines", lines)
    results = phone.send(first, phone.operation(fresh(sheet), "finish", end, after=first["id"]))
    assert [one["state"] for one in results] == ["applied", "applied"], results


@pytest.mark.req("B-42", "R56")
def test_a_photograph_answers_the_line_of_a_checklist_that_asks_for_it(centre, sheet, phone):
    template = publish_template(centre.company.administrator, "server_room")
    checklist = begin(centre.technician, sheet, template)
    job = phone.api.get("/field/jobs").json()["jobs"][0]["checklists"][0]
    items = [item for section in job["sections"] for item in section["items"]]
    item = next(one["code"] for one in items if one["kind"] == "photo")
    more = {"checklist_id": str(checklist.public_id), "item": item}
    photo = phone.send_photo(sheet, PNG, **more)
    assert phone.send_piece(photo["id"], 0, PNG).json()["done"]
    line = checklist.lines.get(item=item)
    assert len(line.answer) == 1
    assert not list_attachments(centre.specialist.actor, centre.request.public_id)


@pytest.mark.req("R56")
def test_a_photograph_goes_on_where_it_was_cut_and_is_kept_once(centre, sheet, phone):
    photo = phone.send_photo(sheet, PNG)
    assert photo["received"] == 0
    half = len(PNG) // 2
    assert phone.send_piece(photo["id"], 0, PNG[:half]).json()["received"] == half
    cut = phone.send_piece(photo["id"], 0, PNG[:half])
    assert (cut.status_code, cut.json()["error"]["details"]) == (409, {"received": half})
    assert phone.send_piece(photo["id"], half, PNG[half:]).json()["done"]
    other = phone.send_photo(sheet, PNG)
    assert phone.send_piece(other["id"], 0, PNG).json()["done"]
    kept = list_attachments(centre.specialist.actor, centre.request.public_id)
    assert [one.caption for one in kept] == ["配电箱"]
    assert not PhotoPiece.objects.exists()


@pytest.mark.req("R56")
def test_a_photograph_with_another_hash_is_not_kept_and_begins_anew(centre, sheet, phone):
    photo = phone.send_photo(sheet, PNG)
    wrong = bytes(len(PNG))
    assert phone.send_piece(photo["id"], 0, wrong).status_code == 422
    assert phone.send_piece(photo["id"], 0, PNG).json()["done"]
    assert len(list_attachments(centre.specialist.actor, centre.request.public_id)) == 1
