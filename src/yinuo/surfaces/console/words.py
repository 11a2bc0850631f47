"""The words on screen for the codes of the domains, in one place for all pages."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from yinuo.kernel.plan.words import ROLES
from yinuo.platform.errors import Text
from yinuo.surfaces.assets.languages import in_language as in_language  # noqa: PLC0414
from yinuo.surfaces.assets.languages import is_chinese as is_chinese  # noqa: PLC0414

Words = Mapping[str, Text]

KINDS: Words = {
    "fault": _("Fault"),
    "advice": _("Advice"),
    "product_question": _("Product question"),
    "warranty_question": _("Warranty question"),
    "coordination": _("Co-ordination with another maker"),
    "new_requirement": _("New requirement"),
    "complaint": _("Complaint"),
}
# With what nobody reports.
ALL_KINDS: Words = {**KINDS, "planned_visit": _("Planned visit")}
CHANNELS: Words = {
    "hotline": _("Hotline"),
    "duty_mobile": _("Duty mobile"),
    "email": _("E-mail"),
    "fax": _("Fax"),
    "web": _("Web"),
}
PURPOSES: Words = {
    "call": _("Phone calls"),
    "mail": _("E-mail and messages"),
    "survey": _("Surveys"),
}
HOW_CONSENTED: Words = {
    "phone": pgettext_lazy("how", "by phone"),
    "paper": pgettext_lazy("how", "on paper"),
    "contract": pgettext_lazy("how", "in the contract"),
    "mail": pgettext_lazy("how", "by e-mail or message"),
    "web": pgettext_lazy("how", "on the web"),
}
PAPER_STARTS: Words = {
    "signed": _("after the contract begins"),
    "finished": _("after the project is finished"),
    "accepted": _("after the acceptance"),
}
PAPER_STATES: Words = {
    "none": pgettext_lazy("paper", "nothing written"),
    "written": pgettext_lazy("paper", "to be checked"),
    "checked": pgettext_lazy("paper", "to be handed over"),
    "handed_over": pgettext_lazy("paper", "handed over"),
    "waived": pgettext_lazy("paper", "not owed any more"),
}
HANDED_BY: Words = {
    "in_person": pgettext_lazy("handed", "in person"),
    "courier": pgettext_lazy("handed", "by courier"),
    "mail": pgettext_lazy("handed", "by e-mail"),
    "download": pgettext_lazy("handed", "as a download"),
}
REQUEST_STATES: Words = {
    "new": pgettext_lazy("request", "New"),
    "answered": pgettext_lazy("request", "Answered"),
    "remote": pgettext_lazy("request", "Remote help"),
    "on_site": pgettext_lazy("request", "On site"),
    "waiting": pgettext_lazy("request", "Waiting"),
    "restored": pgettext_lazy("request", "Restored"),
    "confirmed": pgettext_lazy("request", "Confirmed"),
    "archived": pgettext_lazy("request", "Archived"),
    "cancelled": pgettext_lazy("request", "Cancelled"),
    "merged": pgettext_lazy("request", "Merged"),
    "reopened": pgettext_lazy("request", "Reopened"),
}
STEPS: Words = {
    "responded": pgettext_lazy("step", "Answer the customer"),
    "remote_started": pgettext_lazy("step", "Start remote help"),
    "remote_ended": pgettext_lazy("step", "End remote help"),
    "on_site_decided": pgettext_lazy("step", "Decide to go on site"),
    "departed": pgettext_lazy("step", "Depart"),
    "arrived": pgettext_lazy("step", "Arrive on site"),
    "development_requested": pgettext_lazy("step", "Ask for a development engineer"),
    "development_arrived": pgettext_lazy("step", "Development engineer arrives"),
    "part_requested": pgettext_lazy("step", "Ask the supplier for a part"),
    "part_shipped": pgettext_lazy("step", "Part is on its way"),
    "part_delivered": pgettext_lazy("step", "Part has arrived"),
    "restored": pgettext_lazy("step", "Report it restored"),
    "confirmed_by_customer": pgettext_lazy("step", "Customer confirms"),
    "archived": pgettext_lazy("step", "Archive"),
    "cancelled": pgettext_lazy("step", "Cancel"),
    "reopened": pgettext_lazy("step", "Reopen"),
    "noted": pgettext_lazy("step", "Write a note"),
    "pause_unanswered": pgettext_lazy("fact", "Customer did not object to the pause in time"),
    "advised_by_phone": pgettext_lazy("step", "Advise by phone"),
    "measures_taken": pgettext_lazy("step", "Take measures"),
    "restoration_agreed": pgettext_lazy("step", "Agree a time of restoration"),
    "interim_restored": pgettext_lazy("step", "Get round it for now"),
    "paused": pgettext_lazy("step", "Wait for something"),
    "resumed": pgettext_lazy("step", "Go on"),
    "reported_elsewhere": pgettext_lazy("step", "Reported elsewhere"),
}
FACTS: Words = {
    "reported": pgettext_lazy("fact", "Reported"),
    "visit_planned": pgettext_lazy("fact", "Visit planned"),
    "assigned": pgettext_lazy("fact", "Offered to a unit"),
    "accepted": pgettext_lazy("fact", "A unit took it"),
    "declined": pgettext_lazy("fact", "A unit declined"),
    "unit_skipped": pgettext_lazy("fact", "A unit was passed over"),
    "offer_timed_out": pgettext_lazy("fact", "No answer in time"),
    "offer_returned": pgettext_lazy("fact", "Given back by the unit"),
    "routing_ended": pgettext_lazy("fact", "No unit takes it"),
    "expert_invited": pgettext_lazy("fact", "Expert invited"),
    "expert_joined": pgettext_lazy("fact", "Expert takes part"),
    "expert_declined": pgettext_lazy("fact", "Expert declined"),
    "expert_withdrawn": pgettext_lazy("fact", "Invitation of the expert taken back"),
    "expert_advised": pgettext_lazy("fact", "Advice of an expert"),
    "clinic_concluded": pgettext_lazy("fact", "Conclusion of the experts"),
    "duty_asked": pgettext_lazy("fact", "Asked on duty"),
    "duty_unanswered": pgettext_lazy("fact", "Nobody on duty answered"),
    "classified": pgettext_lazy("fact", "Classified"),
    "responded": pgettext_lazy("fact", "Customer answered"),
    "remote_started": pgettext_lazy("fact", "Remote help started"),
    "remote_ended": pgettext_lazy("fact", "Remote help ended"),
    "on_site_decided": pgettext_lazy("fact", "Decided to go on site"),
    "departed": pgettext_lazy("fact", "Departed"),
    "arrived": pgettext_lazy("fact", "Arrived on site"),
    "development_requested": pgettext_lazy("fact", "Development engineer asked for"),
    "development_arrived": pgettext_lazy("fact", "Development engineer arrived"),
    "part_requested": pgettext_lazy("fact", "Part asked for at the supplier"),
    "part_shipped": pgettext_lazy("fact", "Part given to the carrier"),
    "part_delivered": pgettext_lazy("fact", "Part arrived"),
    "restored": pgettext_lazy("fact", "Restored"),
    "confirmed_by_customer": pgettext_lazy("fact", "Confirmed by the customer"),
    "archived": pgettext_lazy("fact", "Archived"),
    "cancelled": pgettext_lazy("fact", "Cancelled"),
    "reopened": pgettext_lazy("fact", "Reopened"),
    "noted": pgettext_lazy("fact", "Note"),
    "sheet_signed": pgettext_lazy("fact", "Work order signed"),
    "sheet_returned": pgettext_lazy("fact", "Work order handed in"),
    "not_fixed": pgettext_lazy("fact", "Not repaired by the visit"),
    "report_delivered": pgettext_lazy("fact", "Problem report delivered"),
    "called_back": pgettext_lazy("fact", "Customer phoned back"),
    "call_back_tried": pgettext_lazy("fact", "Nobody reached by phone"),
    "paused": pgettext_lazy("fact", "Waiting"),
    "resumed": pgettext_lazy("fact", "Goes on"),
    "pause_acknowledged": pgettext_lazy("fact", "Customer acknowledged the pause"),
    "pause_objected": pgettext_lazy("fact", "Customer objected to the pause"),
    "pause_objection_upheld": pgettext_lazy("fact", "Objection to the pause stands"),
    "advised_by_phone": pgettext_lazy("fact", "Advised by phone"),
    "measures_taken": pgettext_lazy("fact", "Measures taken"),
    "restoration_agreed": pgettext_lazy("fact", "Time of restoration agreed"),
    "interim_restored": pgettext_lazy("fact", "Got round for now"),
    "reported_elsewhere": pgettext_lazy("fact", "Reported elsewhere"),
    "handed_over": pgettext_lazy("fact", "Handed over"),
    "questions_answered": pgettext_lazy("fact", "Questions answered"),
    "split_off": pgettext_lazy("fact", "A part split off"),
    "split_from": pgettext_lazy("fact", "Split off from another request"),
    "routed": pgettext_lazy("fact", "Routed to a support group"),
    "taken": pgettext_lazy("fact", "Taken from the queue"),
    "group_escalated": pgettext_lazy("fact", "Escalated to the next group"),
    "cover_changed": pgettext_lazy("fact", "Cover decided"),
    "merged": pgettext_lazy("fact", "Merged"),
    "absorbed": pgettext_lazy("fact", "Another request merged into this one"),
    "withdrawn": pgettext_lazy("fact", "Entry taken back"),
}
FACT_ICONS: Mapping[str, str] = {
    "reported": "phone-incoming",
    "visit_planned": "calendar-event",
    "classified": "adjustments",
    "responded": "message-circle",
    "remote_started": "device-laptop",
    "remote_ended": "device-laptop",
    "on_site_decided": "calendar-event",
    "departed": "send",
    "arrived": "map-pin",
    "development_requested": "user-plus",
    "development_arrived": "user",
    "part_requested": "tool",
    "part_shipped": "send",
    "part_delivered": "tool",
    "restored": "tool",
    "confirmed_by_customer": "circle-check",
    "archived": "file-text",
    "cancelled": "x",
    "reopened": "refresh",
    "sheet_signed": "tool",
    "sheet_returned": "tool",
    "not_fixed": "tool",
    "report_delivered": "file-certificate",
    "called_back": "phone",
    "call_back_tried": "phone",
    "paused": "clock-pause",
    "resumed": "clock",
    "advised_by_phone": "phone",
    "interim_restored": "tool",
    "handed_over": "user",
    "questions_answered": "list-check",
    "split_off": "arrow-right",
    "split_from": "arrow-left",
    "routed": "users",
    "assigned": "send",
    "accepted": "check",
    "declined": "x",
    "unit_skipped": "x",
    "offer_timed_out": "clock",
    "offer_returned": "arrow-right",
    "routing_ended": "alert-triangle",
    "expert_invited": "users",
    "expert_joined": "check",
    "expert_declined": "x",
    "expert_withdrawn": "x",
    "expert_advised": "message-circle",
    "clinic_concluded": "check",
    "duty_asked": "phone",
    "duty_unanswered": "alert-triangle",
    "taken": "user",
    "group_escalated": "users",
    "withdrawn": "x",
}
PLAN_DRAFT_STATES: Words = {
    "drafting": pgettext_lazy("plan", "being written"),
    "approved": pgettext_lazy("plan", "approved"),
    "published": pgettext_lazy("plan", "published"),
    "dropped": pgettext_lazy("plan", "given up"),
}
PLAN_OUTCOMES: Words = {
    "due_at": pgettext_lazy("promise", "due"),
    "state": pgettext_lazy("promise", "state"),
    "amount": pgettext_lazy("promise", "amount"),
}
OBLIGATION_STATES: Words = {
    "running": pgettext_lazy("promise", "Running"),
    "paused": pgettext_lazy("promise", "Paused"),
    "met": pgettext_lazy("promise", "Kept"),
    "missed": pgettext_lazy("promise", "Missed"),
    "void": pgettext_lazy("promise", "No longer applies"),
}
CLAUSE_CHANGES: Words = {
    "added": pgettext_lazy("clause", "added"),
    "removed": pgettext_lazy("clause", "removed"),
    "changed": pgettext_lazy("clause", "changed"),
}
CLAUSE_FIELDS: Words = {
    "title": pgettext_lazy("clause", "Title"),
    "text": pgettext_lazy("clause", "Text"),
    "limit": pgettext_lazy("clause", "Limit"),
    "start": pgettext_lazy("clause", "Starts"),
    "end": pgettext_lazy("clause", "Ends"),
    "applies_to": pgettext_lazy("clause", "Applies to"),
    "calendar": pgettext_lazy("clause", "Calendar"),
    "remedies": pgettext_lazy("clause", "Remedies"),
    "ladder": pgettext_lazy("clause", "Escalation"),
}
NOTICE_STATES: Words = {
    "waiting": pgettext_lazy("notice", "Waiting"),
    "sent": pgettext_lazy("notice", "Sent"),
    "failed": pgettext_lazy("notice", "Failed"),
}
NOTICE_CHANNELS: Words = {
    "app": pgettext_lazy("notice", "In the app"),
    "phone": pgettext_lazy("notice", "Phone"),
    "sms": pgettext_lazy("notice", "SMS"),
    "email": pgettext_lazy("notice", "E-mail"),
    "im": pgettext_lazy("notice", "Work chat"),
}
NOTICE_TROUBLES: Words = {
    "no_address": _("This person has no number or address for this channel."),
}
CHANGE_CAUSES: Words = {
    "facts": pgettext_lazy("cause", "a fact came in"),
    "clock": pgettext_lazy("cause", "time passed"),
    "holidays": pgettext_lazy("cause", "new holidays were published"),
    "terms": pgettext_lazy("cause", "a supplement reaches back"),
}
COVERS: Words = {
    "warranty": _("Warranty"),
    "contract": _("Contract"),
    "goodwill": _("Goodwill"),
    "paid": _("Paid service"),
}
COVER_REASONS: Words = {
    "warranty_runs": _("the warranty runs"),
    "contract_runs": _("the contract is in force"),
    "warranty_ended": _("the warranty has ended"),
    "contract_ended": _("the contract has ended"),
    "not_started": _("the contract has not started yet"),
    "not_included": _("no contract names this asset"),
    "no_contract": _("there is no contract"),
    "decided": _("decided for this request"),
    "suspended": _("the contract is suspended"),
    "excluded": _("excluded by the terms of the warranty"),
    "not_factory": _("the component is not in the factory configuration"),
    "used_up": _("the visits or hours bought are used up"),
    "goodwill_rule": _("goodwill after the end, by the contract's rule"),
    "user_damage": _("damage by the user, under its separate contract"),
}
RUNGS: Words = {
    "repair": _("repaired free of charge"),
    "replace_part": _("part replaced free of charge"),
    "replace_unit": _("whole unit replaced free of charge"),
}
DOUBLE_REASONS: Words = {
    "asset": _("the same asset"),
    "text": _("words alike:"),
    "category": _("the same category"),
}
ZONES: Words = {"Asia/Shanghai": _("Beijing time")}


def plan_role(code: str) -> str:
    """A role as plans name it, in the reader's language."""
    text = ROLES.get(code)
    return in_language(text.zh, text.en) if text else code


def word(words: Words, code: str) -> Text:
    """The word of a code; the code itself when it has none, so that nothing is hidden."""
    return words.get(code, code)
