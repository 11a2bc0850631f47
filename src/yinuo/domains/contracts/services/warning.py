"""Telling in time that a certificate ends, with what loses cover on that day."""

from __future__ import annotations

from datetime import datetime

from yinuo.domains.contracts.cycle import today_of
from yinuo.domains.contracts.losing import Loss, losses_in
from yinuo.domains.network.qualification_types import CertificateRow
from yinuo.domains.network.roster import Holder, Roster, read_roster
from yinuo.domains.network.services import claim_warnings
from yinuo.domains.network.types import SYSTEM
from yinuo.domains.notices.services import notify
from yinuo.domains.notices.types import Telling
from yinuo.platform.journal.work import writing

TOPIC, SUBJECT = "certificate.ending", "certificate"
# Who can see to it: those who plan people, and the person himself.
ROLES = ("engineering_manager", "service_manager", "customer_support_manager")
# A unit of the network that is not ours is told itself, beside those who answer for it.
THEIRS = ("partner",)


def warn_of_certificates(*, now: datetime) -> int:
    """Tell of every certificate whose end has come near, each once; gives how many.

    Told are the managers of the holder's unit or of the nearest one above that has any, the people
    of a partner unit, and the holder when it is a person. An end moved by an extension is told anew
    in its time.
    """
    today = today_of(now)
    with writing(actor=SYSTEM, now=now) as work:
        claimed = claim_warnings(today=today, now=now)
        if claimed:
            roster = read_roster()
            losses = losses_in(claimed, today, None)
            for one in claimed:
                notify(work, _telling(one, losses[one.id]), _told(one, roster), ())
        return len(claimed)


def _told(one: CertificateRow, roster: Roster) -> list[Holder]:
    partners = roster.holders(THEIRS, one.unit_id)
    himself = roster.person(one.person_id)
    found = [
        *roster.holders(ROLES, one.unit_id).holders,
        *(partners.holders if partners.is_meant else ()),
        *([himself] if himself else ()),
    ]
    return list(dict.fromkeys(found))


def _telling(one: CertificateRow, loss: Loss) -> Telling:
    data = {
        "holder": one.holder,
        "kind": one.data.kind,
        "line": one.data.product_line,
        "on": one.data.valid_until.isoformat(),
        "others": loss.others,
        "contracts": loss.contracts,
        "numbers": list(loss.numbers),
    }
    return Telling(TOPIC, SUBJECT, one.public_id, one.unit_id, data)
