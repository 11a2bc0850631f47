"""Every right in plain words, in the groups in which an administrator looks for it."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import NamedTuple

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from yinuo.domains.network.permissions import Permission as Right
from yinuo.domains.network.permissions import granted_by
from yinuo.platform.errors import Text


class RightsGroup(NamedTuple):
    """Rights about one thing: the group's key and title, and each right with what it lets do."""

    key: str
    title: Text
    rights: tuple[tuple[Right, Text], ...]


GROUPS = (
    RightsGroup(
        "organisation",
        _("People, units and settings"),
        (
            (Right.UNIT_READ, _("See units")),
            (Right.UNIT_WRITE, _("Open, rename and close units")),
            (Right.PERSON_READ, _("See people")),
            (Right.PERSON_WRITE, _("Enter people, give accounts, end their work here")),
            (
                Right.QUALIFICATION_WRITE,
                _("Keep skills, certificates, hours and what work demands"),
            ),
            (Right.ROLE_ASSIGN, _("Give and take roles, as far as one holds their rights")),
            (Right.ROLE_ASSIGN_ANY, _("Give others any role")),
            (Right.ROLE_WRITE, _("Make roles and say what they may do")),
            (Right.GROUP_MANAGE, _("Set up support groups")),
            (Right.DISPATCH_PRICE, _("Set what dispatch reckons with")),
            (Right.IMPORT_RUN, _("Take in files of many rows, take whole lists out")),
            (Right.DOCUMENT_TEMPLATE_READ, _("See document templates")),
            (Right.DOCUMENT_TEMPLATE_WRITE, _("Write and publish document templates")),
            (Right.NOTICE_READ, _("Read one's own notices")),
            (Right.OUTBOX_MANAGE, _("See and resend what leaves the company")),
        ),
    ),
    RightsGroup(
        "customers",
        _("Customers, contracts and plans"),
        (
            (Right.CUSTOMER_READ, _("See customers")),
            (Right.CUSTOMER_WRITE, _("Keep customers, sites and contacts")),
            (Right.ASSET_READ, _("See assets")),
            (Right.ASSET_WRITE, _("Keep assets")),
            (Right.CONTRACT_READ, _("See contracts")),
            (Right.CONTRACT_WRITE, _("Keep contracts and supplements")),
            (Right.PLAN_READ, _("See service plans")),
            (Right.PLAN_WRITE, _("Write drafts of plans")),
            (Right.PLAN_APPROVE, _("Approve drafts of others")),
            (Right.PLAN_PUBLISH, _("Publish plans")),
            (Right.CAMPAIGN_READ, _("See campaigns")),
            (Right.CAMPAIGN_WRITE, _("Set up campaigns")),
            (Right.PREVENTION_READ, _("See visits due")),
            (Right.PREVENTION_WRITE, _("Set up series of visits, agree and order visits")),
            (Right.RELOCATION_READ, _("See relocations")),
            (Right.RELOCATION_WRITE, _("Plan and carry out relocations")),
            (Right.SOFTWARE_READ, _("See software versions")),
            (Right.SOFTWARE_DELIVER, _("Give software to customers and help with it")),
            (Right.SOFTWARE_PUBLISH, _("Publish software versions")),
        ),
    ),
    RightsGroup(
        "requests",
        _("Requests and field work"),
        (
            (Right.REQUEST_READ, _("See requests")),
            (Right.REQUEST_OPEN, _("Open requests")),
            (Right.REQUEST_WORK, _("Work on requests and record facts")),
            (Right.REQUEST_LEVEL, _("Change the level of a request")),
            (Right.REQUEST_CLOSE, _("Close requests")),
            (Right.REQUEST_CORRECT, _("Correct facts that others recorded")),
            (Right.PAUSE_DECIDE, _("Decide about objections to a pause")),
            (Right.COVER_CHANGE, _("Decide what applies: goodwill or paid")),
            (Right.WORK_ORDER_READ, _("See work orders")),
            (Right.WORK_ORDER_ISSUE, _("Issue work orders")),
            (Right.WORK_ORDER_ASSIGN, _("Send people and plan their days")),
            (Right.WORK_ORDER_PERFORM, _("Carry out visits")),
            (Right.WORK_ORDER_FILE, _("File signed sheets")),
            (Right.CHECKLIST_READ, _("See checklists")),
            (Right.CHECKLIST_PUBLISH, _("Publish checklists")),
            (Right.REPORT_WRITE, _("Write problem reports")),
            (Right.OFFER_READ, _("See what is offered to one's unit")),
            (Right.OFFER_ANSWER, _("Take, decline and give back offers")),
            (Right.DUTY_READ, _("See who is on duty")),
            (Right.DUTY_WRITE, _("Make rotas, turns and covers")),
            (Right.DUTY_LOG, _("Write the log of calls on duty")),
            (Right.EMERGENCY_READ, _("See emergency plans")),
            (Right.EMERGENCY_WORK, _("Take part in emergency plans")),
        ),
    ),
    RightsGroup(
        "parts",
        _("Parts, goods and repairs"),
        (
            (Right.PART_READ, _("See parts and stock")),
            (Right.PART_COST_READ, _("See what parts cost us")),
            (Right.PART_WRITE, _("Keep the catalogue of parts and depots")),
            (Right.PART_MOVE, _("Move and count parts")),
            (Right.PART_ASK, _("Ask for parts")),
            (Right.PART_APPROVE, _("Approve what others ask for")),
            (Right.PART_REPAIR, _("Repair faulty parts in a workshop")),
            (Right.REPAIR_READ, _("See repair orders")),
            (Right.REPAIR_WRITE, _("Open repair orders and take them on")),
            (Right.STANDBY_READ, _("See standby units")),
            (Right.STANDBY_WRITE, _("Lend standby units and take them back")),
            (Right.GOODS_READ, _("See goods orders")),
            (Right.GOODS_WRITE, _("Order and deliver goods")),
            (Right.GOODS_CATALOGUE, _("Keep the catalogue of goods")),
        ),
    ),
    RightsGroup(
        "feedback",
        _("Feedback, complaints and trainings"),
        (
            (Right.CALL_BACK_WRITE, _("Phone customers back")),
            (Right.CALL_BACK_RULE, _("Say who is phoned back")),
            (Right.SCORE_READ, _("See everybody's satisfaction and scores")),
            (Right.SCORE_OWN, _("See one's own score")),
            (Right.SCORE_DECIDE, _("Decide about appeals")),
            (Right.SCORE_PUBLISH, _("Say what counts how much, publish months")),
            (Right.COMPLAINT_READ, _("See complaints")),
            (Right.COMPLAINT_WRITE, _("Take in and handle complaints")),
            (Right.COMPLAINT_DECIDE, _("Decide complaints that are passed up")),
            (Right.TRAINING_READ, _("See trainings")),
            (Right.TRAINING_OWN, _("See one's own trainings")),
            (Right.TRAINING_WRITE, _("Plan trainings and record results")),
        ),
    ),
    RightsGroup(
        "money",
        _("Prices, money and breaches"),
        (
            (Right.PRICE_READ, _("See price lists")),
            (Right.PRICE_PUBLISH, _("Publish price lists")),
            (Right.QUOTE_READ, _("See quotes")),
            (Right.QUOTE_WRITE, _("Write and send quotes")),
            (Right.LETTER_READ, _("See letters of contact")),
            (Right.LETTER_WRITE, _("Write letters of contact")),
            (Right.LETTER_CONFIRM, _("Confirm letters for our side")),
            (Right.CHARGE_READ, _("See charges, statements and cost")),
            (Right.CHARGE_WRITE, _("Enter charges, issue statements")),
            (Right.OBLIGATION_READ, pgettext_lazy("right", "See promises")),
            (Right.EXPOSURE_READ, _("See what misses would cost")),
            (Right.BREACH_READ, _("See the breach ledger")),
            (Right.BREACH_WRITE, _("Enter disputes, losses and corrections of breaches")),
            (Right.BREACH_APPROVE, _("Approve penalties")),
            (Right.BREACH_WAIVE, _("Waive within the role's limit")),
            (Right.BREACH_LIMIT, _("Set the limits of waivers")),
        ),
    ),
)


def ticked(words: Iterable[str]) -> frozenset[str]:
    """The rights that a role's words stand for, by value; `*` in a word covers several."""
    return frozenset(right.value for right in granted_by(words))


def as_words(chosen: Collection[str], before: Iterable[str]) -> list[str]:
    """What a role keeps for these rights: words of before that still hold whole, then the others.

    A word such as `*:read` stays while everything it covers is chosen, so that a right which a
    later version adds belongs to it as well.

    >>> as_words({"unit:read", "unit:write", "asset:read"}, ["unit:*", "asset:*"])
    ['unit:*', 'asset:read']
    """
    kept = [word for word in before if (held := ticked([word])) and held <= set(chosen)]
    return kept + sorted(set(chosen) - ticked(kept))
