"""The filled checklist with the labels around its lines."""

from __future__ import annotations

from pathlib import Path

from django.utils.translation import gettext_lazy as _

from yinuo.domains.document_templates.kinds import DocumentKind, declared

_HERE = Path(__file__).parent

# Title, sections and lines are the checklist template's.
CHECKLIST = declared(
    DocumentKind(
        code="checklist",
        name=_("Checklist"),
        has_title=False,
        words={
            "customer": _("Customer"),
            "contact": _("Contact"),
            "phone": _("Phone"),
            "address": _("Address"),
            "service_time": _("Service time"),
            "finished": _("Finished"),
            "engineer": _("Engineer"),
            "template": _("Template"),
            "asset": _("Asset"),
            "number": _("No."),
            "item": _("Item"),
            "answer": _("Answer"),
            "result": _("Result"),
            "remarks": _("Remarks"),
            "yes": _("Yes"),
            "no": _("No"),
            "follow_up": _("Follow-up work"),
            "left": _("Lines left open"),
            "in_charge": _("Person in charge"),
            "customer_signature": _("Customer (signature)"),
            "date": _("Date"),
            "on_paper": _("Signed on paper, see the attachment."),
        },
        template=_HERE / "checklist.typ",
        blocks=_HERE / "checklist.blocks",
        sample=_HERE / "checklist.json",
        passages={"note": _("The note of the checklist below its head")},
    )
)
