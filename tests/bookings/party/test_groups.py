"""A booking that belongs to a group: everybody in it acts for it, and it counts to its limits."""

import pytest
from django.utils import timezone

from labbooking.bookings import actions
from labbooking.bookings.actions.groups.change import (
    add_member,
    make_group,
    remove_group,
    remove_member,
)
from labbooking.bookings.actions.reassignment.departure import take_along
from labbooking.bookings.demand.spec import BookingSpec
from labbooking.bookings.models import Booking, BookingGroup, Membership
from labbooking.bookings.planning.preview import preview
from labbooking.bookings.queries import find_booking, visible_bookings
from labbooking.bookings.rules.permitted_acts import possible_acts
from labbooking.errors import Malformed, NotAllowed, NotThere, Refused, WrongState
from labbooking.journal.models import Entry
from residents.models import User
from tests.bookings.days import booked, hours

pytestmark = pytest.mark.django_db


@pytest.fixture
def loom(lab, ada, ben, sam):
    """A group of Ada and Ben."""
    now = timezone.now()
    group = make_group("Loom", by=sam, at=now)
    for name in ("Ada", "Ben"):
        add_member(group.pk, name, by=sam, at=now)
    return group


def anew(person):
    """As the next request knows them."""
    return User.objects.get(pk=person.pk)


def test_everybody_in_it_acts_for_what_belongs_to_it(loom, ada, ben, nia):
    now = timezone.now()
    first, second = booked(ada, "seat-1", "seat-2", group="loom")[0], booked(ada, "seat-3")[0]
    assert list(visible_bookings(ben)) == [first]
    assert not visible_bookings(nia).exists()
    assert "cancel" in possible_acts(find_booking(ben, first.pk), anew(ben), now)

    actions.move(first.pk, by=ben, at=now, to=hours(11))
    actions.change_party(first.pk, by=ben, at=now, people=1)
    actions.cancel(first.pk, by=ben, at=now)

    assert Booking.objects.get(pk=first.pk).state == "cancelled"
    moved = Entry.objects.get(kind="booking.moved")
    actor = moved.objects_touched.get(qualifier="actor")
    assert actor.key == str(ben.subject_key)
    with pytest.raises(NotThere):
        actions.cancel(second.pk, by=ben, at=now)


def test_a_request_is_answered_withdrawn_and_a_hold_confirmed_by_each(loom, ada, ben, sam):
    now = timezone.now()
    (asked,) = booked(ada, "board-1", group="Loom")
    actions.ask(asked.pk, question="Why?", by=sam, at=now)
    actions.answer(asked.pk, answer="For us.", by=ben, at=now)
    actions.withdraw(asked.pk, by=ben, at=now)
    held = actions.hold(BookingSpec(hours(10), ("seat-1",), group="Loom"), by=ada, at=now)
    actions.confirm(held.pk, by=ben, at=now)
    assert Booking.objects.get(pk=held.pk).state == "approved"
    assert Booking.objects.get(pk=held.pk).person == ada


def test_who_leaves_it_acts_for_it_no_more(loom, ada, ben, sam):
    (booking,) = booked(ada, "seat-1", group="Loom")
    member = Membership.objects.get(person=ben)
    remove_member(loom.pk, member.pk, by=sam, at=timezone.now())
    with pytest.raises(NotThere):
        actions.cancel(booking.pk, by=anew(ben), at=timezone.now())
    with pytest.raises(Malformed):
        booked(ben, "seat-2", group="Loom")
    with pytest.raises(NotThere):
        remove_member(loom.pk, member.pk, by=sam, at=timezone.now())


def test_what_is_held_for_a_group_is_ones_own_once_one_has_left_it(loom, ada, ben, sam):
    now = timezone.now()
    held = actions.hold(BookingSpec(hours(10), ("seat-1",), group="Loom"), by=ben, at=now)
    remove_member(loom.pk, Membership.objects.get(person=ben).pk, by=sam, at=now)
    with pytest.raises(NotAllowed):
        actions.confirm(held.pk, by=ada, at=now)
    actions.confirm(held.pk, by=ben, at=now)
    assert Booking.objects.get(pk=held.pk).group is None
    assert not visible_bookings(ada).exists()


def test_it_counts_to_the_group_and_to_no_person(loom, ada, ben):
    """Four seats at once: for each person, and for each group."""
    booked(ada, "seat-1", "seat-2", "seat-3", group="Loom")
    booked(ben, "seat-4", group="Loom")
    with pytest.raises(Refused) as no:
        booked(ada, "seat-5", group="Loom")
    assert [each.code for each in no.value.refusals] == ["quota_at_once"]
    assert "A group may hold 4 of these at once; with this it would hold 5." in no.value.detail
    booked(ada, "seat-5", "seat-6", "seat-7", "seat-8")
    with pytest.raises(Refused) as no:
        booked(ada, "seat-9")
    assert "One person may hold 4 of these at once" in no.value.detail


def test_a_move_is_judged_by_the_groups_limit_too(loom, ada, ben):
    booked(ada, "seat-1", "seat-2", "seat-3", "seat-4", group="Loom", period=hours(11))
    (other,) = booked(ben, "seat-5", group="Loom")
    with pytest.raises(Refused):
        actions.move(other.pk, by=ada, at=timezone.now(), to=hours(11))
    (own,) = booked(ben, "seat-6")
    actions.move(own.pk, by=ben, at=timezone.now(), to=hours(11))


def test_ways_on_of_a_series_go_by_the_groups_limit_too(loom, ada, ben, nia):
    booked(nia, "seat-1")
    booked(ada, "seat-2", "seat-3", "seat-4", "seat-5")
    series = BookingSpec(hours(10), ("seat-1",), rrule="FREQ=DAILY;COUNT=2", group="Loom")
    (options,) = preview(series, by=ada, at=timezone.now()).options.values()
    assert options.equal.instead == (("seat-1", "seat-6"),)
    booked(ben, "seat-6", "seat-7", "seat-8", "seat-9", group="Loom")
    (options,) = preview(series, by=ada, at=timezone.now()).options.values()
    assert options.equal is None


@pytest.mark.parametrize("name", ["Loom", "Nobody", "loom "])
def test_only_who_is_in_it_books_for_it(loom, nia, name):
    with pytest.raises(Malformed) as no:
        booked(nia, "seat-1", group=name)
    assert f"Nia is in no group called “{name.strip()}”." in no.value.detail


def test_groups_are_made_by_staff_with_names_of_their_own(loom, ada, ben, sam, kim):
    now = timezone.now()
    for act in (
        lambda: make_group("Other", by=ada, at=now),
        lambda: add_member(loom.pk, "Nia", by=ada, at=now),
        lambda: remove_group(loom.pk, by=ada, at=now),
    ):
        with pytest.raises(NotAllowed):
            act()
    for name in ("LOOM", "  ", "—", "x" * 81):
        with pytest.raises(Malformed):
            make_group(name, by=sam, at=now)
    for name in ("Ada", "Kim", "Nobody"):
        with pytest.raises(Malformed):
            add_member(loom.pk, name, by=sam, at=now)


def test_a_group_with_bookings_ahead_stays(loom, ada, sam):
    now = timezone.now()
    (booking,) = booked(ada, "seat-1", group="Loom")
    with pytest.raises(WrongState) as no:
        remove_group(loom.pk, by=sam, at=now)
    assert "This group still has 1 booking ahead." in no.value.detail
    actions.cancel(booking.pk, by=ada, at=now)
    remove_group(loom.pk, by=sam, at=now)
    assert not BookingGroup.objects.exists()
    assert Booking.objects.get(pk=booking.pk).group is None


def test_two_accounts_of_one_person_are_in_it_once(loom, ada, ben, nia):
    take_along(ben, nia)
    take_along(nia, ada)
    assert [each.person for each in Membership.objects.all()] == [ada]


def test_no_group_no_question_to_the_database(lab, ada, django_assert_num_queries):
    booked(ada, "seat-1")
    (booking,) = [find_booking(ada, each.pk) for each in visible_bookings(ada)]
    with django_assert_num_queries(0):
        possible_acts(booking, ada, timezone.now())
