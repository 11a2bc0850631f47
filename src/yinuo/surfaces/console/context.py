"""What every page needs around its content: navigation, person, appearance, server time.

Only `shell` reads the database, and only when a template asks for it, so that the page of an error
can be shown without one.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from yinuo.domains.network.naming import company_name
from yinuo.domains.network.permissions import Permission
from yinuo.domains.network.types import Actor
from yinuo.domains.notices.selectors import count_unread
from yinuo.platform.errors import SignInNeeded, Text
from yinuo.surfaces.console.access import actor_of

APPEARANCE_COOKIE = "yinuo_appearance"
APPEARANCES = {"system": _("Auto"), "light": _("Light"), "dark": _("Dark")}


@dataclass(frozen=True, slots=True)
class Destination:
    """One line of the navigation; shown to those who hold `permission` somewhere."""

    name: str
    label: Text
    icon: str
    permission: Permission


@dataclass(frozen=True, slots=True)
class Link:
    """A destination as this page shows it."""

    label: Text
    icon: str
    address: str
    is_current: bool
    is_inbox: bool


@dataclass(frozen=True, slots=True)
class Area:
    """Destinations under one heading."""

    label: Text
    destinations: tuple[Destination, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """An area as this page shows it: only the links that the person may follow."""

    label: Text
    links: tuple[Link, ...]


INBOX = "notices"
AREAS = (
    Area(
        _("Work"),
        (
            Destination("intake", _("Intake"), "headset", Permission.REQUEST_OPEN),
            Destination("requests", _("Requests"), "clipboard-list", Permission.REQUEST_READ),
            Destination("queues", _("Queues"), "users", Permission.REQUEST_READ),
            Destination("work", _("Work orders"), "tool", Permission.WORK_ORDER_READ),
            Destination(
                "field:shell", _("Field work"), "device-mobile", Permission.WORK_ORDER_PERFORM
            ),
            Destination("visits", _("Visits due"), "refresh", Permission.PREVENTION_READ),
            Destination("board", _("Dispatch"), "calendar-event", Permission.WORK_ORDER_ASSIGN),
            Destination(
                "parts", pgettext_lazy("stock", "Parts"), "list-check", Permission.PART_READ
            ),
            Destination("offers", _("Offers"), "send", Permission.OFFER_READ),
            Destination("clinic", _("Expert clinic"), "user-plus", Permission.REQUEST_READ),
            Destination(
                "emergency", _("Emergency plans"), "alert-triangle", Permission.EMERGENCY_READ
            ),
            Destination("duty", _("On call"), "moon", Permission.DUTY_READ),
            Destination("callbacks", _("Call-backs"), "phone", Permission.CALL_BACK_WRITE),
            Destination("repairs", _("Repair orders"), "refresh", Permission.REPAIR_READ),
            Destination("relocations", _("Relocations"), "refresh", Permission.RELOCATION_READ),
            Destination("goods", _("Goods orders"), "clipboard-list", Permission.GOODS_READ),
            Destination("standby", _("Standby units"), "device-laptop", Permission.STANDBY_READ),
            Destination("complaints", _("Complaints"), "message-circle", Permission.COMPLAINT_READ),
            Destination(INBOX, _("Notices"), "bell-ringing", Permission.NOTICE_READ),
        ),
    ),
    Area(
        _("Promises"),
        (
            Destination("promises", _("Today's promises"), "clock", Permission.OBLIGATION_READ),
            Destination("scores", _("Satisfaction"), "message-circle", Permission.SCORE_READ),
            Destination("myscore", _("My score"), "user", Permission.SCORE_OWN),
            Destination("appraisal", _("Appraisal"), "users", Permission.SCORE_READ),
            Destination("myappraisal", _("My appraisal"), "user", Permission.SCORE_OWN),
            Destination("quality", _("Promises kept"), "circle-check", Permission.EXPOSURE_READ),
            Destination("exposure", _("Exposure"), "cash", Permission.EXPOSURE_READ),
            Destination("breaches", _("Breach ledger"), "shield-off", Permission.BREACH_READ),
        ),
    ),
    Area(
        _("Customers"),
        (
            Destination("customers", _("Customers"), "building", Permission.CUSTOMER_READ),
            Destination("assets", _("Assets"), "device-desktop", Permission.ASSET_READ),
            Destination("contracts", _("Contracts"), "contract", Permission.CONTRACT_READ),
            Destination("letters", _("Letters of contact"), "mail", Permission.LETTER_READ),
            Destination("software", _("Software versions"), "download", Permission.SOFTWARE_READ),
            Destination("campaigns", _("Campaigns"), "alert-triangle", Permission.CAMPAIGN_READ),
        ),
    ),
    Area(
        _("Money"),
        (
            Destination("quotes", _("Quotes"), "file-invoice", Permission.QUOTE_READ),
            Destination("statements", _("Statements"), "cash", Permission.CHARGE_READ),
            Destination("charge_backs", _("Charge-backs"), "cash", Permission.BREACH_READ),
            Destination("costs", _("Cost and margin"), "cash", Permission.CHARGE_READ),
            Destination("prices", _("Price lists"), "receipt-yuan", Permission.PRICE_READ),
        ),
    ),
    Area(
        _("Foundations"),
        (
            Destination("plans", _("Service plans"), "list-check", Permission.PLAN_READ),
            Destination("checklists", _("Checklists"), "clipboard-list", Permission.CHECKLIST_READ),
            Destination(
                "documents",
                _("Document templates"),
                "file-invoice",
                Permission.DOCUMENT_TEMPLATE_READ,
            ),
            Destination(
                "certificates", _("Certificates"), "file-certificate", Permission.PERSON_READ
            ),
            Destination("trainings", _("Trainings"), "users", Permission.TRAINING_READ),
            Destination("mytrainings", _("My trainings"), "users", Permission.TRAINING_OWN),
            Destination("imports", _("Import"), "file-import", Permission.IMPORT_RUN),
            Destination("outbox", _("Outbox"), "send", Permission.OUTBOX_MANAGE),
            Destination("settings", _("Settings"), "settings", Permission.PERSON_READ),
        ),
    ),
)


@dataclass(frozen=True, slots=True)
class Shell:
    """Company, person, navigation and unread notices; all empty before sign-in."""

    company: str
    person: str
    groups: tuple[Group, ...]
    has_inbox: bool
    unread: int


def shell(request: HttpRequest) -> dict[str, Any]:
    """Context processor: `shell`, `appearance`, `appearances`, `server_now`."""
    chosen = request.COOKIES.get(APPEARANCE_COOKIE, "")
    return {
        "shell": SimpleLazyObject(lambda: _shell(request)),
        "appearance": chosen if chosen in APPEARANCES else "system",
        "appearances": APPEARANCES.items(),
        "server_now": timezone.now(),
    }


def _shell(request: HttpRequest) -> Shell:
    actor = _actor_or_none(request)
    return Shell(
        company=company_name() if actor else "",
        person=actor.name if actor else "",
        groups=_groups(request, actor) if actor else (),
        has_inbox=actor is not None and actor.may(Permission.NOTICE_READ),
        unread=count_unread(actor) if actor else 0,
    )


def _actor_or_none(request: HttpRequest) -> Actor | None:
    if not hasattr(request, "user"):
        return None
    try:
        return actor_of(request)
    except SignInNeeded:
        return None


def _groups(request: HttpRequest, actor: Actor) -> tuple[Group, ...]:
    here = request.resolver_match.view_name if request.resolver_match else ""
    section = here.removeprefix("console:").partition("_")[0]
    shown = (
        Group(
            area.label,
            tuple(_link(one, section) for one in area.destinations if actor.may(one.permission)),
        )
        for area in AREAS
    )
    return tuple(group for group in shown if group.links)


def _view_name(name: str) -> str:
    """A name of its own surface stays as it is."""
    return name if ":" in name else f"console:{name}"


def _link(destination: Destination, section: str) -> Link:
    return Link(
        label=destination.label,
        icon=destination.icon,
        address=reverse(_view_name(destination.name)),
        is_current=section == destination.name,
        is_inbox=destination.name == INBOX,
    )
