"""Names of every right, `resource:action`; roles and token scopes are sets of such names."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from fnmatch import fnmatchcase
from functools import lru_cache


class Permission(StrEnum):
    """One thing a person may be allowed to do within a unit and the units below it."""

    UNIT_READ = "unit:read"
    UNIT_WRITE = "unit:write"
    PERSON_READ = "person:read"
    PERSON_WRITE = "person:write"
    # Say what people and units can do: skills, certificates, hours, absences; what work demands.
    QUALIFICATION_WRITE = "qualification:write"
    ROLE_ASSIGN = "role:assign"
    # Give roles whose rights one does not hold oneself; never to oneself (R08).
    ROLE_ASSIGN_ANY = "role:assign_any"
    # Make roles and say what they may do, for the whole company.
    ROLE_WRITE = "role:write"
    CUSTOMER_READ = "customer:read"
    CUSTOMER_WRITE = "customer:write"
    ASSET_READ = "asset:read"
    ASSET_WRITE = "asset:write"
    PLAN_READ = "plan:read"
    PLAN_PUBLISH = "plan:publish"
    # Write drafts of plans; approve those whose last text is another person's.
    PLAN_WRITE = "plan:write"
    PLAN_APPROVE = "plan:approve"
    CONTRACT_READ = "contract:read"
    CONTRACT_WRITE = "contract:write"
    # Take in files of many rows, and take whole lists out; what they hold needs its own rights too.
    IMPORT_RUN = "import:run"
    # Recalls and campaigns over a class of assets; answers are recorded by who opens requests.
    CAMPAIGN_READ = "campaign:read"
    CAMPAIGN_WRITE = "campaign:write"
    # See trainings; those one gives or takes part in; plan them and record their course.
    TRAINING_READ = "training:read"
    TRAINING_OWN = "training:own"
    TRAINING_WRITE = "training:write"
    # See series of visits and what is due; set them up, agree with customers, order the visits.
    PREVENTION_READ = "prevention:read"
    PREVENTION_WRITE = "prevention:write"
    REQUEST_READ = "request:read"
    REQUEST_OPEN = "request:open"
    REQUEST_WORK = "request:work"
    REQUEST_LEVEL = "request:level"
    REQUEST_CLOSE = "request:close"
    # Correct facts that others recorded; one's own need no right beyond recording them.
    REQUEST_CORRECT = "request:correct"
    # Set up support groups: what they take, who takes from them.
    GROUP_MANAGE = "group:manage"
    # Decide about a customer's objection to a pause.
    PAUSE_DECIDE = "pause:decide"
    # Decide what applies to a request: goodwill, paid service.
    COVER_CHANGE = "cover:change"
    # See who is on duty outside office hours; make rotas, turns and covers.
    DUTY_READ = "duty:read"
    DUTY_WRITE = "duty:write"
    # Write the log of calls on duty.
    DUTY_LOG = "duty:log"
    # See what is offered to one's unit; take it, decline it, give it back.
    OFFER_READ = "offer:read"
    OFFER_ANSWER = "offer:answer"
    # See emergency plans; take part in their chains, in the steps that are one's role's.
    EMERGENCY_READ = "emergency:read"
    EMERGENCY_WORK = "emergency:work"
    WORK_ORDER_READ = "work_order:read"
    WORK_ORDER_ISSUE = "work_order:issue"
    WORK_ORDER_ASSIGN = "work_order:assign"
    WORK_ORDER_PERFORM = "work_order:perform"
    WORK_ORDER_FILE = "work_order:file"
    # See parts and what lies in the depots of one's units; what they cost us; keep the catalogue
    # and set up depots; move parts and count them.
    PART_READ = "part:read"
    PART_COST_READ = "part_cost:read"
    PART_WRITE = "part:write"
    PART_MOVE = "part:move"
    # Ask for parts for a case; approve what others ask for.
    PART_ASK = "part:ask"
    PART_APPROVE = "part:approve"
    # Repair faulty parts in the workshop of a depot.
    PART_REPAIR = "part:repair"
    # Set what dispatch reckons with: its weights, what an hour of whom costs.
    DISPATCH_PRICE = "dispatch:price"
    # See and publish templates of checklists; filling one in is part of carrying out the visit.
    CHECKLIST_READ = "checklist:read"
    CHECKLIST_PUBLISH = "checklist:publish"
    REPORT_WRITE = "report:write"
    CALL_BACK_WRITE = "call_back:write"
    # Say what share of customers is phoned back.
    CALL_BACK_RULE = "call_back:rule"
    # See what customers' answers come to, of everybody or of oneself.
    SCORE_READ = "score:read"
    SCORE_OWN = "score:own"
    # Decide about an appeal against a case's count; say what counts how much, publish a month.
    SCORE_DECIDE = "score:decide"
    SCORE_PUBLISH = "score:publish"
    # See complaints; take them in and handle them; decide beyond the limit and when passed up.
    COMPLAINT_READ = "complaint:read"
    COMPLAINT_WRITE = "complaint:write"
    COMPLAINT_DECIDE = "complaint:decide"
    # See devices sent in for repair; open orders for them and take them leg by leg.
    REPAIR_READ = "repair:read"
    REPAIR_WRITE = "repair:write"
    # See standby units and who has them; register, lend and take them back.
    STANDBY_READ = "standby:read"
    STANDBY_WRITE = "standby:write"
    # See the catalogue of goods and orders of them; order and deliver; keep the catalogue.
    GOODS_READ = "goods:read"
    GOODS_WRITE = "goods:write"
    GOODS_CATALOGUE = "goods:catalogue"
    # See software versions and who has them; give them to customers and help; publish them.
    SOFTWARE_READ = "software:read"
    SOFTWARE_DELIVER = "software:deliver"
    SOFTWARE_PUBLISH = "software:publish"
    # See relocations; plan them and carry them out.
    RELOCATION_READ = "relocation:read"
    RELOCATION_WRITE = "relocation:write"
    PRICE_READ = "price:read"
    PRICE_PUBLISH = "price:publish"
    QUOTE_READ = "quote:read"
    QUOTE_WRITE = "quote:write"
    LETTER_READ = "letter:read"
    LETTER_WRITE = "letter:write"
    # Confirm work, time and cost of a letter of contact for our side.
    LETTER_CONFIRM = "letter:confirm"
    CHARGE_READ = "charge:read"
    CHARGE_WRITE = "charge:write"
    OBLIGATION_READ = "obligation:read"
    # What promises cost in money when they are missed; who only works on them need not see it.
    EXPOSURE_READ = "exposure:read"
    BREACH_READ = "breach:read"
    # Enter what the customer says, correct amounts and legs, record losses, give rights.
    BREACH_WRITE = "breach:write"
    BREACH_APPROVE = "breach:approve"
    # Waive, within the role's limit; and set the limits.
    BREACH_WAIVE = "breach:waive"
    BREACH_LIMIT = "breach:limit"
    # One's own notices; and what left, waits or failed of everybody's.
    NOTICE_READ = "notice:read"
    OUTBOX_MANAGE = "outbox:manage"
    # See what the company writes in its documents; write and publish it.
    DOCUMENT_TEMPLATE_READ = "document_template:read"
    DOCUMENT_TEMPLATE_WRITE = "document_template:write"


EVERY = frozenset(Permission)


def is_scope(word: str) -> bool:
    """True when the word names at least one right: `request:open`, `request:*`, `*:read`, `*`."""
    return bool(granted_by([word]))


def granted_by(scopes: Iterable[str]) -> frozenset[Permission]:
    """The rights that a token's scope words stand for."""
    return _matching(tuple(scopes))


@lru_cache(maxsize=256)
def _matching(patterns: tuple[str, ...]) -> frozenset[Permission]:
    return frozenset(
        permission
        for permission in Permission
        if any(fnmatchcase(permission.value, pattern) for pattern in patterns)
    )
