"""Who waits for a time with others, or for a group, is offered it with them."""

import pytest

from labbooking.bookings import actions
from labbooking.bookings.actions.groups.change import remove_member
from labbooking.bookings.actions.hold import confirm
from labbooking.bookings.actions.reassignment.departure import take_along
from labbooking.bookings.models import Booking
from labbooking.bookings.participants import party_of
from labbooking.bookings.queries import find_booking, visible_bookings
from labbooking.errors import Malformed, Refused
from labbooking.journal.models import Entry
from labbooking.period import HOUR
from residents.models import User
from tests.api.program import Program, spec
from tests.bookings.party.coming import group_of, holding, named_in, shown
from tests.bookings.waitlist.waiting_room import NOW, ask, now, wait_for
from tests.people import person

pytestmark = pytest.mark.django_db

LATER = NOW + HOUR


@pytest.fixture
def free(lab):
    """Somebody else has Seat 1, and gives it up."""
    booking = ask(person("Ivo"), "seat-1")
    return lambda: actions.cancel(booking.pk, by=booking.person, at=LATER)


def test_what_is_offered_has_all_who_come(free, ada, ben):
    shown(ben)
    wait = wait_for(ada, "seat-1", who={"participants": ("Ben",), "people": 2})
    free()
    offered = find_booking(ada, now(wait).booking_id)
    assert (named_in(offered), offered.people) == (["Ben"], 2)
    assert not Entry.objects.filter(kind="party.added").exists()
    confirm(offered.pk, by=ada, at=LATER)
    assert Entry.objects.filter(kind="party.added").count() == 1


def test_nobody_is_offered_what_holds_fewer_by_then(free, ada, ben):
    shown(ben)
    wait = wait_for(ada, "seat-1", who={"participants": ("Ben",)})
    holding("seat-1", 1)
    free()
    assert now(wait).state == "waiting"


def test_who_has_left_by_then_does_not_come(free, ada, ben):
    shown(ben)
    wait = wait_for(ada, "seat-1", who={"participants": ("Ben",)})
    User.objects.filter(pk=ben.pk).update(is_active=False)
    free()
    assert party_of(find_booking(ada, now(wait).booking_id)) == []


def test_whom_one_does_not_know_one_does_not_wait_with(free, ada, ben):
    with pytest.raises(Malformed):
        wait_for(ada, "seat-1", who={"participants": ("Ben",)})
    with pytest.raises(Malformed):
        wait_for(ada, "seat-1", who={"group": "Loom"})


def test_what_a_group_waited_for_is_the_groups_and_each_of_it_takes_it(free, ada, ben, sam):
    group = group_of("Loom", ada, ben, by=sam, at=NOW)
    for number in range(2, 6):
        ask(ada, f"seat-{number}")
    with pytest.raises(Refused):
        wait_for(ada, "seat-1")
    wait = wait_for(ada, "seat-1", who={"group": "loom"})
    free()
    offered = now(wait).booking
    assert offered.group == group
    confirm(offered.pk, by=ben, at=LATER)
    assert Booking.objects.get(pk=offered.pk).state == "approved"


def test_an_offer_goes_by_the_groups_limit(free, ada, ben, sam):
    group_of("Loom", ada, ben, by=sam, at=NOW)
    wait = wait_for(ada, "seat-1", who={"group": "Loom"})
    ask(ben, "seat-2", "seat-3", "seat-4", "seat-5", group="Loom")
    free()
    assert now(wait).state == "waiting"


def test_who_is_in_the_group_no_more_waits_for_themselves(free, ada, ben, sam):
    group = group_of("Loom", ada, ben, by=sam, at=NOW)
    wait = wait_for(ada, "seat-1", who={"group": "Loom"})
    member = group.memberships.get(person=ada)
    remove_member(group.pk, member.pk, by=sam, at=NOW)
    free()
    offered = now(wait).booking
    assert (offered.group, offered.person) == (None, ada)
    assert not visible_bookings(ben).exists()


def test_two_accounts_of_one_person_wait_with_others_once(free, ada, ben, nia):
    shown(ben, nia)
    wait = wait_for(ada, "seat-1", who={"participants": ("Ben", "Nia")})
    own = wait_for(nia, "seat-1", who={"participants": ("Ben",)})
    take_along(ben, nia)
    assert [each.name for each in wait.participants.all()] == ["Nia"]
    assert not own.participants.exists()


def test_by_api_it_is_said_and_told(lab, ada, ben, nia, sam):
    group_of("Loom", ada, ben, by=sam)
    shown(ben)
    program = Program(ada)
    Program(nia).post("bookings/", spec("seat-1"))
    who = {"participants": ["Ben"], "people": 1, "group": "Loom"}
    place = program.post("waiting-list/", spec("seat-1", **who)).json()
    assert (place["people"], place["group"]) == (1, "Loom")
