"""How much longer a booking could last: what ends it is said without names, with a way on."""

import pytest

from labbooking.bookings.actions.closures import close
from labbooking.bookings.actions.move import move
from labbooking.bookings.moves.extension import Limit, Why, as_long_as_possible, limit_of
from labbooking.errors import Refused, SlotTaken
from labbooking.period import DAY, HOUR, MINUTE, Period
from tests.api.program import Program, booked, is_problem, moment
from tests.bookings.days import booked as booked_by
from tests.bookings.days import day, hours, said
from tests.bookings.waitlist.freeing import PUTZ
from tests.bookings.waitlist.waiting_room import NOW, TEN_TO_TWELVE, ask
from tests.lab import SEAT_RULES, STUDIO_RULES, berlin, new_rules

pytestmark = pytest.mark.django_db
TWELVE = TEN_TO_TWELVE.end


def until(end):
    return Period(TEN_TO_TWELVE.start, end)


# What ends it


@pytest.mark.parametrize(
    ("follows", "until_then"), [(TWELVE, TWELVE), (TWELVE + 2 * HOUR, TWELVE + 2 * HOUR)]
)
def test_the_next_booking_ends_it(lab, ada, ben, follows, until_then):
    mine = ask(ada, "seat-1")
    ask(ben, "seat-1", period=Period(follows, follows + HOUR))

    assert limit_of(mine) == Limit(until_then, Why.BOOKED, follows)


def test_between_two_bookings_the_turnaround_is_kept(lab, ada, ben):
    mine = ask(ada, "ar-headset-1")
    ask(ben, "ar-headset-1", period=Period(TWELVE + HOUR, TWELVE + 2 * HOUR))

    assert limit_of(mine) == Limit(TWELVE + 45 * MINUTE, Why.BOOKED, TWELVE + HOUR)


def test_a_closure_ends_it_with_its_reason(lab, ada, sam):
    mine = ask(ada, "seat-1")
    close([lab["seat-1"]], Period(TWELVE + HOUR, TWELVE + 2 * HOUR), **PUTZ, by=sam, at=NOW)

    assert limit_of(mine) == Limit(TWELVE + HOUR, Why.CLOSED, TWELVE + HOUR, "Paint")


def test_the_house_closes_and_the_rules_know_a_longest(lab, ada):
    mine = ask(ada, "seat-1")
    assert limit_of(mine) == Limit(berlin("2026-11-24 23:00"), Why.HOUSE_CLOSES)

    new_rules(lab["seat-1"].type, **{**SEAT_RULES, "largest": 3 * HOUR})
    mine = mine.person.bookings.get()
    assert limit_of(mine) == Limit(TWELVE + HOUR, Why.LONGEST)


def test_of_a_whole_any_part_that_is_booked_ends_it(lab, ada, ben):
    mine = ask(ada, "workspace")
    ask(ben, "seat-7", period=Period(TWELVE + HOUR, TWELVE + 2 * HOUR))

    assert limit_of(mine).until == TWELVE + HOUR


def test_a_stay_lasts_to_a_departure_before_what_follows(lab, ada, ben):
    stay = Period(berlin("2026-11-24 15:00"), berlin("2026-11-27 11:00"))
    mine = ask(ada, "studio-1", period=stay)
    assert limit_of(mine).why is Why.NOTHING_SOON

    ask(ben, "studio-1", period=stay.moved(7 * DAY))
    assert limit_of(mine).until == berlin("2026-11-30 15:00")
    assert as_long_as_possible(mine, NOW) == Period(stay.start, berlin("2026-11-30 11:00"))
    new_rules(lab["studio-1"].type, **{**STUDIO_RULES, "largest_nights": 4})
    mine = mine.person.bookings.get()
    assert limit_of(mine) == Limit(berlin("2026-11-28 11:00"), Why.LONGEST)


def test_as_long_as_possible_keeps_to_the_steps_and_to_the_quotas(lab, ada, ben):
    new_rules(lab["board-1"].type, **{**SEAT_RULES, "step": 30 * MINUTE, "turnaround_after": HOUR})
    mine = ask(ada, "board-1")
    ask(ben, "board-1", period=Period(TWELVE + 150 * MINUTE, TWELVE + 4 * HOUR))
    assert as_long_as_possible(mine, NOW) == until(TWELVE + 90 * MINUTE)

    weekly = {**SEAT_RULES, "step": 30 * MINUTE, "hours_a_week": 3}
    new_rules(lab["board-1"].type, **weekly)
    mine = mine.person.bookings.get()
    assert as_long_as_possible(mine, NOW) is None


# How it is said


def test_the_action_refuses_to_last_longer_and_offers_how_far_it_can_go(lab, ada, ben):
    mine = ask(ada, "seat-1")
    ask(ben, "seat-1", period=Period(TWELVE + HOUR, TWELVE + 2 * HOUR))

    with pytest.raises(SlotTaken) as taken:
        move(mine.pk, by=ada, at=NOW, to=until(TWELVE + 2 * HOUR))
    (way,) = taken.value.suggestions
    assert (way.period, way.resources) == (until(TWELVE + HOUR), ("seat-1",))
    assert move(mine.pk, by=ada, at=NOW, to=way.period)[0].period == way.period

    with pytest.raises(SlotTaken) as taken:
        move(mine.pk, by=ada, at=NOW, to=until(TWELVE + 2 * HOUR))
    assert taken.value.suggestions == ()


def test_beyond_closing_time_it_may_last_until_then(lab, ada):
    mine = ask(ada, "seat-1")

    with pytest.raises(Refused) as refused:
        move(mine.pk, by=ada, at=NOW, to=until(berlin("2026-11-24 23:30")))

    assert [each.period for each in refused.value.suggestions] == [
        until(berlin("2026-11-24 23:00"))
    ]


@pytest.mark.parametrize(
    ("follows", "sentence"),
    [
        ("12:00", r"It cannot last longer: the next booking begins"),
        ("13:00", r"Nobody else has it until"),
    ],
)
def test_the_page_says_who_is_in_the_way_without_names_and_how_far_it_can_go(
    lab, ada, ben, signed_in, follows, sentence
):
    (mine,) = booked_by(ada, "seat-1")
    booked_by(ben, "seat-1", period=hours(10, follows, "14:00"))
    typed = {"from": f"{day(10)}T10:00", "to": f"{day(10)}T13:30"}
    client = signed_in(ada)

    part = said(client.get(f"/bookings/{mine.pk}/move/", typed, headers={"HX-Request": "true"}))
    refused = client.post(f"/bookings/{mine.pk}/move/", typed)

    assert refused.status_code == 409
    for page in (part, said(refused)):
        assert "Seat 1 is taken then." in page
        assert sentence in page
        assert ("10:00–13:00</a>" in page) is (follows == "13:00")
        assert "Ben" not in page


def test_as_long_as_possible_is_one_button(lab, ada, ben, signed_in):
    (mine,) = booked_by(ada, "seat-1")
    booked_by(ben, "seat-1", period=hours(10, "13:45", "15:00"))
    client = signed_in(ada)

    page = said(client.get(f"/bookings/{mine.pk}/move/"))

    assert f"to={day(10)}T13%3A45" in page
    assert "as long as possible" in page


def test_the_api_says_how_far_and_what_follows(lab, ada, ben):
    as_ada, as_ben = Program(ada), Program(ben)
    mine = booked(as_ada, "seat-1")["id"]
    booked(as_ben, "seat-1", start="13:00", end="15:00")
    longer = {"ends_at": moment("14:00")}

    thought = as_ada.get(f"bookings/{mine}/move", longer).json()
    assert thought["free_until"] == moment("13:00")
    assert thought["how_far"].startswith("Nobody else has it until")
    problem = is_problem(as_ada.post(f"bookings/{mine}/move", longer), 409, "slot_taken")
    assert [each["ends_at"] for each in problem["suggestions"]] == [moment("13:00")]
    assert "Ben" not in str([thought, problem])
