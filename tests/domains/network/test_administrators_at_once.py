"""Administrators under strain: two who remove each other at the same moment."""

from __future__ import annotations

from datetime import UTC, datetime
from threading import Event, Thread

import pytest
from django.db import connections, transaction
from tests.factories import Member, make_company, make_member

from yinuo.domains.network.services import deactivate_person
from yinuo.platform.errors import IllegalMove

# How long the first keeps its step open for a second that does not wait for it.
OPEN_SECONDS = 2


def end(by: Member, whom: Member) -> bool:
    person = whom.person
    try:
        deactivate_person(
            actor=by.actor,
            person_id=person.public_id,
            version=person.version,
            now=datetime.now(UTC),
        )
    except IllegalMove:
        return False
    return True


@pytest.mark.usefixtures("committed")
@pytest.mark.req("R08")
def test_last_two_administrators_cannot_remove_each_other() -> None:
    company = make_company()
    one = company.administrator
    other = make_member(one, company.headquarters, ["administrator"])
    for each in (one, other):
        each.person.refresh_from_db()
    is_first_done, is_second_done, ended = Event(), Event(), []

    def first() -> None:
        with transaction.atomic():
            ended.append(end(one, other))
            is_first_done.set()
            is_second_done.wait(OPEN_SECONDS)
        connections.close_all()

    def second() -> None:
        is_first_done.wait(30)
        ended.append(end(other, one))
        is_second_done.set()
        connections.close_all()

    threads = [Thread(target=first), Thread(target=second)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert ended == [True, False]
