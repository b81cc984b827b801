"""Who takes part and leaves the house, and a booking that becomes another person's."""

import pytest
from django.utils import timezone

from labbooking.bookings import actions
from labbooking.bookings.actions.reassignment.departure import Becomes, settle_departure, take_along
from labbooking.bookings.groups import groups_of, groups_seen_by, own_and_of_groups
from labbooking.bookings.models.party import Participant
from labbooking.bookings.pages.calendar.ics_writer import in_feed
from labbooking.bookings.participants import party_of
from labbooking.bookings.queries import find_booking, seen_bookings
from labbooking.journal.models import Entry
from residents.models import Role
from residents.privacy.erase import erase
from residents.privacy.my_data import held_about
from tests.api.program import Program
from tests.bookings.days import booked
from tests.bookings.party.coming import group_of, holding, named_in, shown

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("way", ["ended", "researcher"])
def test_who_has_left_the_house_takes_part_in_nothing(lab, ada, ben, way):
    shown(ben)
    holding("seat-1", 2)
    (booking,) = booked(ada, "seat-1", participants=("Ben",))
    ben.is_active, ben.role = way != "ended", Role.RESEARCHER if way == "researcher" else ben.role
    ben.save()
    found = find_booking(ada, booking.pk)
    assert (party_of(found), found.party_size) == ([], 1)
    assert not seen_bookings(ben).exists()
    actions.change_party(booking.pk, by=ada, at=timezone.now(), people=1)


@pytest.mark.parametrize("way", ["ended", "researcher", "staff"])
def test_who_is_no_creative_any_more_is_in_no_group(lab, ada, ben, sam, way):
    group = group_of("Loom", ada, ben, by=sam)
    (booking,) = booked(ada, "seat-1", group="Loom")
    ben.is_active = way != "ended"
    ben.role = {"ended": ben.role, "researcher": Role.RESEARCHER, "staff": Role.STAFF}[way]
    ben.save()
    assert not own_and_of_groups(ben).exists()
    assert groups_of(ben) == []
    assert list(in_feed(ada, booking.starts_at)) == [booking]
    assert list(in_feed(ben, booking.starts_at)) == []
    (seen,) = groups_seen_by(sam)
    assert [each.person for each in seen.people] == [ada]
    if way == "researcher":
        assert Program(ben).get("groups/").json() == []
    assert group.memberships.filter(person=ben).exists()


def test_who_is_erased_is_gone(lab, ada, ben, admin):
    shown(ben)
    (booking,) = booked(ada, "seat-1", participants=("Ben",))
    ben.is_active = False
    ben.save()
    erase(ben.pk, by=admin, at=timezone.now())
    assert not Participant.objects.filter(booking=booking).exists()


def test_what_is_passed_on_goes_without_who_came_along(lab, ada, ben, nia, sam):
    shown(ben)
    (booking,) = booked(ada, "seat-1", participants=("Ben",), people=3)
    becomes = {booking.pk: Becomes.PASS_ON}
    settle_departure(ada, becomes, by=sam, at=timezone.now(), to=nia)
    found = find_booking(nia, booking.pk)
    assert (found.party_size, named_in(found)) == (1, [])
    assert Entry.objects.filter(kind="party.removed").count() == 1


def test_what_is_held_about_somebody_tells_how_many_came_and_the_group(lab, ada, ben, sam):
    group_of("Loom", ada, ben, by=sam)
    booked(ada, "seat-1", group="Loom", people=2)
    told = {holding.model: rows for holding, rows in held_about(ada)}
    (booking,), (member,) = told["bookings.Booking"], told["bookings.Membership"]
    assert (booking["people"], booking["group"], member["group"]) == (2, "Loom", "Loom")


def test_what_is_passed_on_within_its_group_stays_the_groups(lab, ada, ben, nia, sam):
    group = group_of("Loom", ada, ben, by=sam)
    (first,), (second,) = (booked(ada, f"seat-{each}", group="Loom") for each in (1, 2))
    for booking, to in ((first, ben), (second, nia)):
        settle_departure(ada, {booking.pk: Becomes.PASS_ON}, by=sam, at=timezone.now(), to=to)
    assert find_booking(ben, first.pk).group == group
    assert find_booking(nia, second.pk).group is None
    assert list(own_and_of_groups(ben)) == [first]


def test_two_accounts_of_one_person_take_part_once(lab, ada, ben, nia):
    shown(ben, nia)
    (both,) = booked(ada, "seat-1", participants=("Ben", "Nia"))
    (one,) = booked(ada, "seat-2", participants=("Ben",))
    (own,) = booked(nia, "seat-3", participants=("Ben",))
    take_along(ben, nia)
    assert [named_in(each) for each in (both, one, own)] == [["Nia"], ["Nia"], []]
