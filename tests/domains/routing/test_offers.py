"""A request goes from unit to unit: nearest first, entitled and certified, then up a level."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from threading import Barrier, Thread

import pytest
from django.db import connections
from tests.factories import make_member, make_unit
from tests.factories.qualified import make_absence, make_certificate
from tests.factories.routing import LINE, Network, make_network, place_unit

from yinuo.domains.network.models import Certificate, ServiceUnit
from yinuo.domains.notices.models import Notice
from yinuo.domains.obligations.models import FactRow, ObligationRow
from yinuo.domains.requests.models import Request
from yinuo.domains.requests.policies import visible_requests
from yinuo.domains.routing.models import Offer, Routing
from yinuo.domains.routing.selectors import count_open_offers, get_routing, list_offers
from yinuo.domains.routing.services.passing import pass_on_late
from yinuo.platform.errors import Conflict, Forbidden, IllegalMove, InvalidInput, NotFound

pytestmark = pytest.mark.req("SV-02", "B-33")


@pytest.fixture
def network(db: None) -> Network:
    return make_network()


def way(routing: Routing) -> list[tuple[str, str, str]]:
    return [
        (one.unit.name, one.outcome, one.passed_over)
        for one in routing.offers.select_related("unit").order_by("place")
    ]


def current(routing: Routing) -> Offer:
    return routing.offers.select_related("unit").get(outcome="offered")


def kinds(request: Request) -> list[str]:
    rows = FactRow.objects.filter(subject_id=request.public_id).order_by("occurred_at", "id")
    return list(rows.values_list("kind", flat=True))


def test_the_own_unit_is_passed_over_with_the_reason_and_the_nearest_certified_is_asked(
    network: Network,
) -> None:
    routing = network.start()
    assert way(routing) == [
        ("绵阳经销商", "passed_over", "not_certified"),
        ("德阳合作网点", "offered", ""),
    ]
    facts = FactRow.objects.filter(subject_id=routing.request.public_id, kind="unit_skipped")
    assert facts.get().attrs["reason"] == "not_certified"
    assert Notice.objects.filter(topic="offer.made", person=network.at_beside.person).count() == 1


def test_an_offer_runs_out_when_the_plan_says(network: Network) -> None:
    request, now = network.open(), datetime.now(UTC)
    routing = network.start(request, now)
    assert current(routing).expires_at == now + timedelta(minutes=15)
    promise = ObligationRow.objects.get(subject_id=routing.request.public_id, clause="accept")
    assert promise.due_at == now + timedelta(minutes=15)


def test_without_a_promise_the_company_s_setting_counts(network: Network, settings) -> None:
    settings.OFFER_MINUTES = 7
    request = network.open()
    Request.objects.filter(pk=request.pk).update(plan_version=None, contract=None)
    now = datetime.now(UTC)
    assert current(network.start(request, now)).expires_at == now + timedelta(minutes=7)


def test_declined_it_goes_to_the_next_and_then_up_to_headquarters(network: Network) -> None:
    routing = network.start()
    network.answer(network.at_beside, current(routing), "decline", "人手不足")
    assert current(routing).unit == network.centre
    network.answer(network.at_centre, current(routing), "decline", "备件不在手边")
    assert current(routing).unit == network.company.headquarters
    assert [outcome for _, outcome, _ in way(routing)] == [
        *("passed_over", "declined", "declined", "offered")
    ]
    states = dict.fromkeys(
        ObligationRow.objects.filter(
            subject_id=routing.request.public_id, clause="accept"
        ).values_list("state", flat=True)
    )
    assert set(states) == {"met", "running"}


def test_each_offer_has_its_own_promise(network: Network) -> None:
    request, now = network.open(), datetime.now(UTC)
    routing = network.start(request, now)
    network.answer(network.at_beside, current(routing), "decline", "忙", now + timedelta(minutes=5))
    rows = ObligationRow.objects.filter(subject_id=routing.request.public_id, clause="accept")
    found = [(one.state, one.due_at) for one in rows.order_by("due_at")]
    assert found == [
        ("met", now + timedelta(minutes=15)),
        ("running", now + timedelta(minutes=20)),
    ]


def test_nobody_answers_in_time_and_it_goes_on_exactly_once(network: Network) -> None:
    now = datetime.now(UTC) - timedelta(minutes=16)
    request = network.open()
    Request.objects.filter(pk=request.pk).update(reported_at=now - timedelta(minutes=1))
    routing = network.start(request, now)
    due = now + timedelta(minutes=15)
    assert pass_on_late(now=due) == 0
    assert pass_on_late(now=due + timedelta(seconds=1)) == 1
    assert pass_on_late(now=due + timedelta(seconds=2)) == 0
    late = routing.offers.get(outcome="timed_out")
    assert (late.unit, late.ended_at) == (network.beside, due)
    assert current(routing).unit == network.centre
    assert kinds(request).count("offer_timed_out") == 1


def test_an_answer_after_the_time_is_over_is_refused(network: Network) -> None:
    request, now = network.open(), datetime.now(UTC)
    offer = current(network.start(request, now))
    with pytest.raises(IllegalMove):
        network.answer(
            network.at_beside, offer, "accept", now=now + timedelta(minutes=15, seconds=1)
        )


def test_accepted_the_unit_serves_it_and_sees_it(network: Network) -> None:
    routing = network.start()
    seen = visible_requests(network.at_beside.actor)
    assert not seen.filter(pk=routing.request_id).exists()
    network.answer(network.at_beside, current(routing), "accept")
    assert seen.filter(pk=routing.request_id).exists()
    routing.request.refresh_from_db()
    assert routing.request.serving_unit == network.beside
    assert kinds(routing.request)[-1] == "accepted"
    view = get_routing(network.desk.actor, routing.request.public_id)
    assert (view.state, view.follower_name) == ("accepted", "呼叫中心")


def test_what_a_unit_cannot_solve_it_gives_back_and_the_next_one_is_asked(network: Network) -> None:
    routing = network.start()
    offer = network.answer(network.at_beside, current(routing), "accept")
    network.answer(network.at_beside, offer, "return", "需要芯片级维修")
    assert current(routing).unit == network.centre
    assert not visible_requests(network.at_beside.actor).filter(pk=routing.request_id).exists()


def test_headquarters_declines_too_and_people_are_told(network: Network) -> None:
    routing = network.start()
    for by in (network.at_beside, network.at_centre, network.desk):
        network.answer(by, current(routing), "decline", "不行")
    routing.refresh_from_db()
    assert routing.state == "exhausted"
    assert kinds(routing.request)[-1] == "routing_ended"
    assert Notice.objects.filter(topic="offer.nobody", person=network.desk.person).count() == 1
    assert network.start(routing.request).state == "running"


def test_a_reason_is_needed_to_decline(network: Network) -> None:
    offer = current(network.start())
    for reason in ("", "  ", "长" * 201):
        with pytest.raises(InvalidInput):
            network.answer(network.at_beside, offer, "decline", reason)


def test_offers_are_seen_and_answered_by_their_unit_and_those_above_only(network: Network) -> None:
    routing = network.start()
    offer = current(routing)
    assert [one.public_id for one in list_offers(network.at_beside.actor).items] == [
        offer.public_id
    ]
    assert list_offers(network.at_dealer.actor).items == ()
    with pytest.raises(NotFound):
        network.answer(network.at_dealer, offer, "accept")
    assert count_open_offers(network.at_centre.actor) == 1


def test_before_it_is_taken_a_unit_learns_the_district_only(network: Network) -> None:
    network.start()
    row = list_offers(network.at_beside.actor).items[0]
    assert row.area == "四川省绵阳市涪城区"


def test_answered_twice_the_second_one_learns_it(network: Network) -> None:
    routing = network.start()
    offer = network.answer(network.at_beside, current(routing), "accept")
    with pytest.raises(IllegalMove):
        network.answer(network.at_beside, offer, "accept")
    with pytest.raises(IllegalMove):
        network.start(routing.request)


def test_whoever_may_not_work_on_it_cannot_offer_it(network: Network) -> None:
    quality = make_member(
        network.company.administrator, network.company.headquarters, ["leadership"]
    )
    network.desk = quality
    with pytest.raises(Forbidden):
        network.start(Request.objects.get(public_id=make_request(network)))


def make_request(network: Network) -> object:
    keeper = make_member(
        network.company.administrator, network.company.headquarters, ["service_manager"]
    )
    network.desk, desk = keeper, network.desk
    request = network.open()
    network.desk = desk
    return request.public_id


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"active": False}, "closed"),
        ({"reach_km": None, "areas": ["重庆市"]}, "area"),
        ({"product_lines": ["台式机"]}, "product_line"),
        ({"service_modes": ["phone"]}, "service_mode"),
    ],
)
def test_why_a_unit_is_passed_over(
    network: Network, change: dict[str, object], reason: str
) -> None:
    ServiceUnit.objects.filter(pk=network.beside.pk).update(**change)
    assert way(network.start())[1] == ("德阳合作网点", "passed_over", reason)


def test_a_unit_whose_people_lost_their_certificate_or_are_away_is_passed_over(
    network: Network,
) -> None:
    now = datetime.now(UTC)
    make_absence(network.desk, network.at_beside.person, now, now + timedelta(days=1))
    assert way(network.start())[1][2] == "nobody_there"
    Certificate.objects.filter(person=network.at_beside.person).update(
        valid_until=datetime.now(UTC).date() - timedelta(days=1)
    )
    assert way(network.start())[1][2] == "nobody_certified"


def test_nobody_qualified_anywhere_leaves_headquarters(network: Network) -> None:
    Certificate.objects.all().delete()
    routing = network.start()
    assert current(routing).unit == network.company.headquarters
    assert [reason for _, _, reason in way(routing)[:-1]] == ["not_certified"] * 3


def test_the_nearer_of_two_partners_is_asked_first(network: Network) -> None:
    admin = network.company.administrator
    near = make_unit(admin, network.company.headquarters, "NX", "内江合作网点")
    member = make_member(admin, near, ["partner"])
    for holder in (near, member.person):
        make_certificate(network.desk, holder, line=LINE)
    ServiceUnit.objects.filter(pk=near.pk).update(level=3)
    place_unit(near, reach_km=200)
    ServiceUnit.objects.filter(pk=network.beside.pk).update(latitude="31.400000")
    routing = network.start()
    assert (current(routing).unit, current(routing).distance_km) == (near, 0)
    network.answer(member, current(routing), "decline", "忙")
    assert (current(routing).unit, current(routing).distance_km) == (network.beside, 82)


def test_a_certificate_that_expires_during_the_job_does_not_take_the_request_away(
    network: Network,
) -> None:
    routing = network.start()
    network.answer(network.at_beside, current(routing), "accept")
    Certificate.objects.filter(person=network.at_beside.person).update(
        valid_until=datetime.now(UTC).date() - timedelta(days=1)
    )
    routing.request.refresh_from_db()
    assert routing.request.serving_unit == network.beside


@pytest.mark.usefixtures("committed")
def test_an_answer_and_a_time_out_at_the_same_moment_have_one_winner() -> None:
    network = make_network()
    request, now = network.open(), datetime.now(UTC)
    routing = network.start(request, now)
    offer, ready, ended = current(routing), Barrier(3), []

    def accept() -> None:
        ready.wait()
        try:
            network.answer(network.at_beside, offer, "accept", now=now + timedelta(minutes=15))
            ended.append("accepted")
        except (IllegalMove, Conflict):
            ended.append("refused")
        finally:
            connections.close_all()

    def time_out() -> None:
        ready.wait()
        try:
            pass_on_late(now=now + timedelta(minutes=16))
        finally:
            connections.close_all()

    threads = [Thread(target=accept), Thread(target=time_out), Thread(target=time_out)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    offer.refresh_from_db()
    assert (ended, offer.outcome) in ((["accepted"], "accepted"), (["refused"], "timed_out"))
    asked = routing.offers.exclude(outcome="passed_over").count()
    assert asked == (1 if offer.outcome == "accepted" else 2)


def test_certified_for_every_line_counts(network: Network) -> None:
    make_certificate(network.desk, network.dealer, line=LINE)
    make_certificate(network.desk, network.at_dealer.person, line="")
    assert current(network.start()).unit == network.dealer
