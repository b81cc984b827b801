"""Two accounts of one person become one."""

import pytest
from allauth.socialaccount.models import SocialAccount
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from labbooking.bookings.actions.waitlist import join
from labbooking.bookings.demand.spec import BookingSpec
from labbooking.bookings.models import Approver, Booking
from labbooking.errors import NotAllowed, Refused, WrongState
from labbooking.journal.models import Entry
from labbooking.people.actions import erase_person, join_with_bookings
from residents.membership.ending import change_role, end_account
from residents.models import Role, User
from residents.signin.university.actions import link
from tests.bookings.days import booked, hours, said
from tests.people import person

pytestmark = pytest.mark.django_db


def test_what_one_had_the_other_has_and_it_ends(lab, ada, ben, sam, just_signed_in):
    twin = person("Ada L", email="adal@daig.example", inducted_on=["board"])
    booking, has = booked(twin, "seat-1")[0], booked(ada, "seat-2")[0]
    booked(ben, "seat-3")
    join(BookingSpec(hours(10), ("seat-3",)), by=twin, at=timezone.now())
    browser, address = just_signed_in(sam), f"/people/{ada.pk}/join/"

    asked = said(browser.get(address, {"email": "ADAL@daig.example"}))
    assert "Is Ada L (adal@daig.example) the same person?" in asked
    page = said(browser.post(address, {"email": "adal@daig.example"}, follow=True))

    assert "1 booking came along" in page
    assert set(Booking.objects.filter(person=ada)) == {booking, has}
    assert {each.topic for each in ada.inductions.all()} == {"ar-headset", "board"}
    assert ada.waits.count() == 1
    assert not User.objects.get(pk=twin.pk).is_active
    entry = Entry.objects.get(kind="account.joined")
    assert entry.objects_touched.get(qualifier="before").key == str(twin.subject_key)


def test_who_joins_ends_or_reopens_accounts_is_asked_whether_it_is_still_them(
    ada, ben, sam, signed_in
):
    end_account(ben.pk, by=sam, at=timezone.now())
    browser = signed_in(sam)
    for path, sent in (
        (f"{ada.pk}/join", {"email": person("Ada L", email="adal@daig.example").email}),
        (f"{ada.pk}/end", {"seen": ""}),
        (f"{ben.pk}/stay", {}),
    ):
        answer = browser.post(f"/people/{path}/", sent)
        assert answer.status_code == 302
        assert "reauthenticate" in answer.url
    assert set(User.objects.filter(is_active=False)) == {ben}
    assert not Entry.objects.filter(kind="account.joined").exists()


@pytest.mark.parametrize(
    ("other", "sentence"),
    [("ada", "the same account"), ("sam", "different roles"), ("left", "one that may sign in")],
)
def test_what_cannot_be_one_person_is_said(other, sentence, ada, sam, admin):
    left = person("Left", is_active=False)
    goes, stays = {"ada": (ada, ada), "sam": (sam, ada), "left": (ada, left)}[other]
    with pytest.raises(Refused, match=sentence):
        join_with_bookings(goes.pk, stays, by=admin, at=timezone.now())


def test_staff_join_creatives_alone(ada, sam, kim):
    with pytest.raises(NotAllowed):
        join_with_bookings(kim.pk, sam, by=sam, at=timezone.now())
    assert User.objects.get(pk=kim.pk).role == Role.STAFF


def test_an_address_that_nobody_has_is_said(ada, sam, signed_in):
    answer = signed_in(sam).get(f"/people/{ada.pk}/join/", {"email": "x@x.example"})
    assert "Nobody here has that address." in said(answer)


def joined(*others, into, by):
    for each in others:
        join_with_bookings(each.pk, into, by=by, at=timezone.now())


def test_who_is_erased_is_erased_with_the_accounts_that_were_theirs(ada, ben, sam):
    first, second = person("Ada L"), person("A. Lindqvist")
    joined(first, into=second, by=sam)
    joined(second, into=ada, by=sam)
    end_account(ada.pk, by=sam, at=timezone.now())
    erase_person(ada.pk, by=sam, at=timezone.now())

    names = {str(each) for each in User.objects.filter(pk__in=[ada.pk, first.pk, second.pk])}
    assert names == {"Somebody who was erased"}
    assert Entry.objects.filter(kind="account.erased").count() == 3
    assert str(User.objects.get(pk=ben.pk)) == "Ben"


def test_nobody_is_erased_by_half(ada, sam):
    twin = person("Ada L")
    joined(twin, into=ada, by=sam)
    User.objects.filter(pk=twin.pk).update(is_active=True)
    end_account(ada.pk, by=sam, at=timezone.now())
    with pytest.raises(WrongState, match="End the account of Ada L"):
        erase_person(ada.pk, by=sam, at=timezone.now())
    assert User.objects.get(pk=ada.pk).erased_at is None


def test_who_researched_with_another_account_does_not_join_the_team(ada, admin):
    twin = person("Ada L")
    for role in (Role.RESEARCHER, Role.CREATIVE):
        change_role(twin.pk, role, by=admin, at=timezone.now())
    joined(twin, into=ada, by=admin)
    with pytest.raises(Refused, match="cannot do research here and be on the team"):
        change_role(ada.pk, Role.STAFF, by=admin, at=timezone.now())


def test_two_accounts_of_both_sides_are_not_joined(ada, admin):
    twin = person("Ada L")
    for who, role in ((twin, Role.RESEARCHER), (ada, Role.STAFF)):
        for each in (role, Role.CREATIVE):
            change_role(who.pk, each, by=admin, at=timezone.now())
    with pytest.raises(Refused, match="cannot do research here and be on the team"):
        joined(twin, into=ada, by=admin)
    assert User.objects.get(pk=twin.pk).is_active


def test_what_one_decides_on_the_other_does_once(lab, sam, admin):
    twin = person("Sam B", Role.STAFF)
    seat, studio = lab["seat-1"].type, lab["studio-1"].type
    Approver.objects.create(type=seat, person=twin)
    Approver.objects.create(type=studio, person=twin)
    Approver.objects.create(type=studio, person=sam, is_deputy=True)
    joined(twin, into=sam, by=admin)
    rows = Approver.objects.order_by("pk").values_list("type__slug", "person", "is_deputy")
    assert set(rows) == {("seat", sam.pk, False), ("studio", sam.pk, False)}


def test_a_university_account_lets_nobody_into_the_other_account_and_can_be_linked_anew(ada, sam):
    twin = person("Ada L")
    link(twin, "oidc", "ada-at-uni", at=timezone.now())
    joined(twin, into=ada, by=sam)
    assert not SocialAccount.objects.exists()
    assert Entry.objects.filter(kind="university.unlinked").count() == 1
    assert link(ada, "oidc", "ada-at-uni", at=timezone.now()).user == ada


@pytest.mark.only_postgresql
@pytest.mark.parametrize("act", ["join", "erase"])
def test_people_are_locked_in_the_order_of_their_keys(act, ada, sam, admin):
    """An administrator comes after the first and before the second of the two."""
    twin = person("Ada L")
    if act == "erase":
        joined(twin, into=ada, by=sam)
        end_account(ada.pk, by=sam, at=timezone.now())
    with CaptureQueriesContext(connection) as asked:
        if act == "join":
            joined(twin, into=ada, by=sam)
        else:
            erase_person(ada.pk, by=sam, at=timezone.now())
    locking = [
        each["sql"]
        for each in asked
        if "FOR NO KEY UPDATE" in each["sql"] and "_user" in each["sql"]
    ]
    assert all(f"{key}" in locking[0] for key in (ada.pk, twin.pk, sam.pk))
