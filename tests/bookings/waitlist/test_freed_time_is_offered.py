"""Whatever frees a time gives it to who waits for it, before anybody else can see it free."""

import pytest

from labbooking.bookings import actions
from labbooking.bookings.actions import scheduled
from labbooking.bookings.actions.hold import confirm
from labbooking.bookings.actions.import_calendar import import_events
from labbooking.bookings.actions.undo_decision import UNDO_WITHIN, undo_decision
from labbooking.bookings.actions.waitlist import leave
from labbooking.bookings.demand.spec import Scope
from labbooking.bookings.models import Booking
from labbooking.bookings.states import HOLDING, NEXT, State
from labbooking.errors import SlotTaken
from labbooking.house.lab_loader import load
from labbooking.period import DAY, HOUR, MINUTE, Period
from residents.models import Induction, Role
from tests.bookings.waitlist.freeing import (
    LATER,
    PATHS,
    ConfirmingAPart,
    ConfirmingSomeDates,
    Declining,
    calendar,
)
from tests.bookings.waitlist.freeing_by_data import BY_THE_TICK, PATHS_BY_DATA, described
from tests.bookings.waitlist.waiting_room import NOW, TEN_TO_TWELVE, ask, kinds, now, wait_for
from tests.people import person

pytestmark = pytest.mark.django_db


def test_every_change_of_state_that_frees_time_is_among_the_paths():
    frees = {
        (state, then)
        for state, following in NEXT.items()
        for then in following - HOLDING - {State.COMPLETED}
    }

    assert frees == {path.goes for path in PATHS if path.goes}


@pytest.mark.parametrize("path", [*PATHS, *PATHS_BY_DATA])
def test_what_frees_is_kept_for_who_waits_in_the_same_moment(lab, ada, ben, sam, eva, path):
    scene = path()
    taken = scene.take(ada, sam)
    thing = scene.wanted_thing or scene.thing
    wait = wait_for(ben, thing, period=scene.wanted)
    scene.meanwhile(taken, ada, ben)
    assert now(wait).state == "waiting"

    scene.free(taken, ada, sam, scene.frees_at)

    with pytest.raises(SlotTaken):
        ask(eva, thing, period=scene.wanted, at=scene.frees_at)
    kept = now(wait).booking
    assert (now(wait).state, kept.person, kept.state) == ("offered", ben, "held")
    assert (kept.period, kept.named[0].resource.slug) == (scene.wanted, thing)
    assert kinds()[-2:] == ["booking.held", "waiting.offered"]


@pytest.mark.parametrize("path", BY_THE_TICK)
def test_what_becomes_possible_without_an_act_is_kept_with_the_next_tick(lab, ada, ben, sam, path):
    scene = path()
    taken = scene.take(ada, sam)
    wait = wait_for(ben, scene.thing)
    scene.meanwhile(taken, ada, ben)
    scheduled.tick(scene.frees_at)
    assert now(wait).state == "waiting"

    scene.free(taken, ada, sam, scene.frees_at)
    scheduled.tick(scene.frees_at)

    assert (now(wait).state, now(wait).booking.person) == ("offered", ben)
    assert kinds()[-2:] == ["booking.held", "waiting.offered"]


def test_a_new_unit_goes_to_who_waits_for_any_with_the_file_that_names_it(lab, ada, ben):
    load(described(), at=NOW)
    ask(ada, "saw-1")
    wait = wait_for(ben, types={"saw": 1})

    load(described(units=2), at=NOW)

    assert now(wait).booking.named[0].resource.slug == "saw-2"


@pytest.fixture
def eva(db):
    return person("Eva", Role.CREATIVE, inducted_on=["ar-headset"])


def test_a_closure_that_grows_over_a_wait_is_not_stopped_by_its_offer(lab, ben, sam):
    headset = lab["ar-headset-1"]
    import_events(calendar(TEN_TO_TWELVE), headset, at=NOW)
    wait = wait_for(ben, "ar-headset-1")

    import_events(calendar(Period(TEN_TO_TWELVE.start, LATER.end)), headset, at=NOW)

    assert now(wait).state == "waiting"


def test_each_of_two_dates_goes_to_who_waits_for_it(lab, ada, ben, eva):
    first = ask(ada, "seat-1", rrule="FREQ=DAILY;COUNT=2")
    waits = [wait_for(ben, "seat-1"), wait_for(eva, "seat-1", period=TEN_TO_TWELVE.moved(DAY))]

    actions.cancel(first.pk, by=ada, at=NOW, scope=Scope.ALL)

    assert [now(each).state for each in waits] == ["offered", "offered"]


def test_who_may_not_by_now_is_passed_over_for_the_next(lab, ada, ben, eva):
    booking = ask(ada, "ar-headset-1")
    waits = [wait_for(ben, "ar-headset-1"), wait_for(eva, "ar-headset-1", at=NOW + MINUTE)]
    Induction.objects.filter(person=ben).delete()

    actions.withdraw(booking.pk, by=ada, at=NOW + HOUR)

    assert [now(each).state for each in waits] == ["waiting", "offered"]


def test_giving_up_an_offer_passes_it_on_at_once(lab, ada, ben, eva):
    booking = ask(ada, "seat-1")
    waits = [wait_for(ben, "seat-1"), wait_for(eva, "seat-1", at=NOW + MINUTE)]
    actions.cancel(booking.pk, by=ada, at=NOW + HOUR)

    leave(waits[0].pk, by=ben, at=NOW + HOUR)

    assert [now(each).state for each in waits] == ["left", "offered"]


# What staff take back


@pytest.mark.parametrize("path", [Declining, ConfirmingAPart, ConfirmingSomeDates])
def test_a_decision_taken_back_takes_its_offer_back_and_the_place_stays(
    lab, ada, ben, sam, eva, path
):
    scene = path()
    taken = scene.take(ada, sam)
    first = wait_for(ben, scene.thing)
    second = wait_for(eva, scene.thing, at=NOW + MINUTE)
    scene.free(taken, ada, sam, NOW + HOUR)

    decided = Booking.objects.filter(decided_at=NOW + HOUR).order_by("pk").first()
    undo_decision(decided.pk, by=sam, at=NOW + HOUR + UNDO_WITHIN)

    assert states_of(first, second) == ["waiting", "waiting"]
    assert not Booking.objects.filter(state="held").exists()
    assert Booking.objects.get(pk=taken.pk).state == "requested"
    assert kinds().count("waiting.put_back") == 1

    actions.decline(taken.pk, by=sam, at=NOW + 2 * HOUR, reason="No.")
    assert states_of(first, second) == ["offered", "waiting"]


def test_an_offer_that_was_taken_up_stands_against_the_undo(lab, ada, ben, sam):
    taken = ask(ada, "ar-headset-1")
    wait = wait_for(ben, "ar-headset-1")
    actions.decline(taken.pk, by=sam, at=NOW, reason="No.")
    confirm(now(wait).booking.pk, by=ben, at=NOW)

    with pytest.raises(SlotTaken):
        undo_decision(taken.pk, by=sam, at=NOW)

    assert (now(wait).state, Booking.objects.get(pk=taken.pk).state) == ("taken", "declined")


def states_of(*waits):
    return [now(each).state for each in waits]
