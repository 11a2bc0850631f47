"""A sheet whose engineer stands on site, and the shipped inspection begun on it."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from tests.factories.centre import Centre, make_centre
from tests.factories.checklists import begin, publish_template
from tests.factories.work import fresh, make_work_order

from yinuo.domains.checklists.models import Checklist, TemplateVersion
from yinuo.domains.fieldwork.models import WorkOrder


@dataclass(frozen=True)
class Inspection:
    """Who inspects what on which sheet."""

    centre: Centre
    sheet: WorkOrder
    template: TemplateVersion
    checklist: Checklist


@pytest.fixture
def centre(db: None) -> Centre:
    return make_centre()


@pytest.fixture
def inspection(centre: Centre) -> Inspection:
    template = publish_template(centre.company.administrator)
    sheet = make_work_order(centre.specialist, centre.technician, centre.request, "arrived")
    checklist = begin(centre.technician, sheet, template)
    return Inspection(centre, fresh(sheet), template, checklist)
