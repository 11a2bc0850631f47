"""The documents of field work: contact sheets and repair sheets, with every label."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from yinuo.domains.document_templates.kinds import DocumentKind, declared

_HERE = Path(__file__).parent
_FORM: dict[str, Any] = {
    "words": {
        "customer": _("Customer"),
        "contact": _("Contact"),
        "phone": _("Phone"),
        "address": _("Address"),
        "service_time": _("Service time"),
        "way": _("Agreed way"),
        "engineer": _("Engineer"),
        "on_site": _("On site"),
        "people": _("People on site"),
        "asset": _("Asset"),
        "customer_kind": _("Customer kind"),
        "in_warranty": _("In warranty"),
        "annual_contract": _("Annual contract"),
        "per_visit": _("Per visit"),
        "by_letter": _("By letter of contact"),
        "work_wanted": _("Work asked for"),
        "present_state": _("Present state"),
        "handling_plan": _("Handling plan"),
        "findings": _("Found"),
        "work_done": _("Work done"),
        "parts_used": _("Parts used"),
        "result": _("Result"),
        "result_reason": _("Why it is not done"),
        "remarks": _("Remarks"),
        "customer_part": _("Customer's part"),
        "tested": _("System tested"),
        "works": _("Works"),
        "works_not": _("Does not work"),
        "accessories": _("Accessories"),
        "accessories_yes": pgettext_lazy("accessories", "Handed over"),
        "accessories_no": pgettext_lazy("accessories", "Not handed over"),
        "accessories_none": pgettext_lazy("accessories", "There are none"),
        "satisfaction": _("Satisfaction"),
        "very_satisfied": _("Very satisfied"),
        "satisfied": _("Satisfied"),
        "fair": _("Fair"),
        "dissatisfied": _("Dissatisfied"),
        "dissatisfied_with": _("Not satisfied with"),
        "attitude": pgettext_lazy("dissatisfied with", "Attitude"),
        "skill": pgettext_lazy("dissatisfied with", "Skill"),
        "speed": pgettext_lazy("dissatisfied with", "Speed"),
        "suggestions": _("Opinion and suggestions"),
        "signature": _("Signature"),
        "date": _("Date"),
        "on_paper": _("Signed on paper, see the attachment."),
    },
    "template": _HERE / "sheet.typ",
    "blocks": _HERE / "sheet.blocks",
    "sample": _HERE / "samples" / "sheet.json",
}

# Every line of the form belongs to it, so nothing of it may be left out.
CONTACT_SHEET = declared(
    DocumentKind(code="contact_sheet", name=_("Service contact sheet"), **_FORM)
)
REPAIR_SHEET = declared(DocumentKind(code="repair_sheet", name=_("Repair sheet"), **_FORM))
