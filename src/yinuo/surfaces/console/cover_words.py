"""The words on screen for covers, their candidates and the life of a contract."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from yinuo.surfaces.console.words import Words

ITEMS: Words = {
    "labour": pgettext_lazy("cover", "Labour"),
    "parts": pgettext_lazy("cover", "Parts"),
    "travel": pgettext_lazy("cover", "Travel"),
    "software": pgettext_lazy("cover", "Software"),
}
LOST: Words = {
    "other_thing": _("does not name this asset, site or customer"),
    "not_started": _("the contract has not started yet"),
    "ended": _("the contract has ended"),
    "suspended": _("the contract is suspended"),
    "start_unknown": _("the day its term starts from is not known"),
    "term_not_begun": _("its term has not begun"),
    "term_over": _("its term is over"),
    "excluded": _("excluded by its terms"),
    "not_factory": _("the component is not in the factory configuration"),
    "used_up": _("the visits or hours bought are used up"),
    "not_item": _("is not about this"),
    "consumable": _("consumables are paid"),
    "weaker": _("another kind of cover comes first"),
    "less_precise": _("another contract names the thing more precisely"),
    "started_earlier": _("another contract started later"),
    "ends_sooner": _("another cover lasts longer"),
    "entered_earlier": _("the same was entered later once more"),
}
PRECISIONS: Words = {
    "asset": _("names this asset"),
    "site": _("names this site"),
    "customer": _("covers the whole customer"),
    "elsewhere": _("names other things"),
}
TRIED: Words = {
    "": _("nothing yet: repair comes first"),
    "repair_failed": _("the repair failed"),
    "not_replaceable": _("replacing the part did not help"),
}
QUOTAS: Words = {
    "visits": pgettext_lazy("quota", "Visits"),
    "hours": pgettext_lazy("quota", "Hours"),
}
STAGES: Words = {
    "signing": pgettext_lazy("stage", "Q · Signing"),
    "acceptance": pgettext_lazy("stage", "Y · Acceptance"),
    "service": pgettext_lazy("stage", "B · Warranty and service"),
    "follow_up": pgettext_lazy("stage", "S · Follow-up"),
}
STANDINGS: Words = {
    "coming": pgettext_lazy("contract", "Not begun"),
    "running": pgettext_lazy("contract", "Running"),
    "suspended": pgettext_lazy("contract", "Suspended"),
    "ended": pgettext_lazy("contract", "Ended"),
}
CONDITIONS: Words = {
    "signed": _("signed, with its amount"),
    "project_finished": _("project finished"),
    "papers_complete": _("documents complete and checked"),
    "customer_registered": _("customer registered in the archive"),
    "project_accepted": _("project accepted"),
    "begun": _("its first day has come"),
    "ending": _("it is about to end"),
}
MISSING: Words = {
    "amount": _("neither total nor annual fee"),
    "project": _("no project is named"),
    "finished_on": _("the project's end is not recorded"),
    "accepted_on": _("the project's acceptance is not recorded"),
    "site_address": _("no site with an address"),
    "contact_phone": _("no contact with a number"),
    "starts_on": _("it begins later"),
    "ends_on": _("it has no end"),
    "not_yet": _("its end is still far"),
}
AGREEMENTS: Words = {
    "term": pgettext_lazy("agreement", "Term"),
    "running": pgettext_lazy("agreement", "Running"),
    "missed": pgettext_lazy("agreement", "Missed"),
    "kept": pgettext_lazy("agreement", "Kept"),
    "kept_late": pgettext_lazy("agreement", "Kept late"),
    "withdrawn": pgettext_lazy("agreement", "Withdrawn"),
}
