"""The statement of a month of duty with every label."""

from __future__ import annotations

from pathlib import Path

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from yinuo.domains.document_templates.kinds import DocumentKind, declared

_HERE = Path(__file__).parent

DUTY_STATEMENT = declared(
    DocumentKind(
        code="duty_statement",
        name=_("Duty statement"),
        words={
            "person": _("Person"),
            "rota": _("Rota"),
            "month": pgettext_lazy("time", "Month"),
            "calls": _("Calls"),
            "minutes": _("Minutes on the phone"),
            "unsolved": _("Not solved yet"),
            "item": _("Item"),
            "number": _("Number"),
            "each": pgettext_lazy("money", "Each"),
            "amount": _("Amount"),
            "total": pgettext_lazy("sum", "Total"),
            "because": _("What it is made of"),
            "paid_out": _("Paid out by (signature, date)"),
            "agreed": _("Agreed (signature, date)"),
        },
        template=_HERE / "statement.typ",
        sample=_HERE / "statement.json",
        passages={"entries": _("What it is made of")},
        placeholders=("company", "unit", "number", "date"),
    )
)
