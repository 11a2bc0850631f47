"""A preventive visit to signs: what is loose, what needs repair, what will fail and what we propose."""

from __future__ import annotations

import pytest
from tests.console.test_checklist_pages import send, signed_in
from tests.factories.centre import make_centre
from tests.factories.checklists import checklist_source
from tests.factories.documents import words_of_pdf
from tests.factories.work import make_work_order

from yinuo.domains.checklists.models import Checklist, TemplateVersion
from yinuo.domains.requests.models import Request

pytestmark = pytest.mark.django_db


@pytest.mark.req("SG-11")
def test_what_an_inspection_of_signs_predicts_is_kept_with_its_solution_and_worked_on() -> None:
    centre = make_centre()
    office = signed_in(centre.company.administrator)
    source = checklist_source("signs")
    assert send(office, "/checklists/publish/", source=source, do="publish").status_code == 200
    sheet = make_work_order(centre.specialist, centre.technician, centre.request, "arrived")
    client = signed_in(centre.technician)
    template = str(TemplateVersion.objects.get().public_id)
    send(client, f"/work/{sheet.public_id}/checklists/new/", template_id=template)
    here = f"/work/checklists/{Checklist.objects.get().public_id}/"
    found = {
        "boards_firm_checked": "36",
        "boards_firm_normal": "35",
        "boards_firm_mended": "1",
        "boards_over_paths": "no",
        "background_wall": "sound",
        "honour_wall": "to_repair",
        "expected": "yes",
    }
    assert send(client, here, **found).status_code == 200
    # The problem and its solution are asked for once one is to be expected.
    said = {"expected_what": "灯箱支架锈蚀", "expected_solution": "雨季前更换不锈钢支架"}
    assert send(client, here, **found, **said).status_code == 200
    before = Request.objects.count()
    assert send(client, f"{here}finish/").status_code == 200
    opened = Request.objects.order_by("id")[before:]
    symptoms = " ".join(one.symptom for one in opened)
    assert opened.count() == 2
    assert "修补荣誉墙" in symptoms
    assert "按建议方案提前处理" in symptoms
    printed = words_of_pdf(client.get(f"{here}pdf/").content)
    for words in said.values():
        assert words in printed
