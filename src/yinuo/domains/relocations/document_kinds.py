"""The plan of a relocation with every label."""

from __future__ import annotations

from pathlib import Path

from django.utils.translation import gettext_lazy as _

from yinuo.domains.document_templates.kinds import DocumentKind, declared

_HERE = Path(__file__).parent

# The customer approves all of it, so nothing of it may be left out.
RELOCATION = declared(
    DocumentKind(
        code="relocation",
        name=_("Relocation plan"),
        words={
            "customer": _("Customer"),
            "title": _("Title"),
            "from": _("From"),
            "to": _("To"),
            "planned_by": _("Planned by"),
            "revision": _("Revision"),
            "what_and_why": _("What is moved and why"),
            "steps": _("Steps in their order"),
            "number": _("No."),
            "what": _("What"),
            "who_when": _("Who, when"),
            "interruption": _("Interruption"),
            "check": _("How it is checked"),
            "roll_back": _("How it is rolled back"),
            "minutes": _("%(planned)d min"),
            "real": _("real: %(real)d min"),
            "compared": _("Interruption planned: %(planned)d min; real: %(real)d min."),
            "done": _("What was done"),
            "when": _("When"),
            "who": _("Who"),
            "remarks": _("Remarks"),
            "step_started": _("Step started"),
            "step_done": _("Step done"),
            "step_failed": _("Step failed"),
            "step_rolled_back": _("Step rolled back"),
            "rule": _(
                "Nothing begins before the customer has approved this plan. When a step fails, the "
                "steps begun are rolled back in reverse order."
            ),
            "approved": _("Approved by the customer (name, date)"),
            "accepted": _("Accepted by the customer (name, date)"),
            "draft": _("Draft, not approved"),
        },
        template=_HERE / "plan.typ",
        blocks=_HERE / "plan.blocks",
        sample=_HERE / "plan.json",
    )
)
