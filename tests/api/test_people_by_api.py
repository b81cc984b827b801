"""Oneself, people and invitations by API: the same acts as in the browser."""

import json
from datetime import timedelta

import pytest
from django.utils import timezone

from labbooking.bookings.models import Booking
from residents.membership.models import Invitation
from residents.models import Role, User
from tests.api.program import BASE, Program, booked, is_problem, walk
from tests.people import person

pytestmark = pytest.mark.django_db


def test_me_tells_whose_token_it_is(lab, ada, rui):
    told = Program(ada).get("me").json()
    assert (told["id"], told["email"], told["role"]) == (ada.pk, ada.email, "creative")
    assert told["may_book"] is True
    assert Program(rui).get("me").json()["may_book"] is False


def test_people_are_listed_page_by_page_and_found(lab, sam):
    for number in range(5):
        person(f"Guest {number}", email=f"{number}@daig.example", is_active=number != 3)
    staff = Program(sam)

    items, pages = walk(staff, "people/", {"limit": "2", "q": "guest"})
    assert [each["name"] for each in items] == [f"Guest {number}" for number in range(5)]
    assert pages == 3
    gone = staff.get("people/", {"active": "false"}).json()["items"]
    assert [each["name"] for each in gone] == ["Guest 3"]
    team = staff.get("people/", {"role": "staff"}).json()["items"]
    assert [each["name"] for each in team] == ["Sam"]
    is_problem(staff.get("people/", {"role": "king"}), 400, "malformed")


def test_one_person_with_what_lies_ahead(lab, ada, sam):
    booked(Program(ada), "seat-1")
    told = Program(sam).get(f"people/{ada.pk}").json()
    assert (told["bookings_ahead"], told["active"]) == (1, True)
    is_problem(Program(sam).get("people/999999"), 404, "not_found")


def test_somebody_is_invited_again_and_not_any_more(lab, ada, sam):
    staff = Program(sam)
    until = (timezone.now() + timedelta(days=30)).isoformat()
    made = staff.post("invitations/", {"email": "lin@x.example", "stays_until": until}).json()
    assert (made["state"], made["role"]) == ("open", "creative")
    assert "link" not in str(made)

    path = f"invitations/{made['id']}"
    assert staff.post(f"{path}/send-again").status_code == 200
    assert staff.post(f"{path}/take-back").json()["state"] == "taken_back"
    is_problem(staff.post(f"{path}/send-again"), 409, "wrong_state")
    listed = staff.get("invitations/").json()["items"]
    assert [each["state"] for each in listed] == ["taken_back"]


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ({"email": "ada@daig.example"}, 422, "refused"),
        ({"email": "nobody"}, 422, "refused"),
        ({"email": "l\0n@x.example"}, 400, "malformed"),
        ({"email": "l\ud800n@x.example"}, 400, "malformed"),
        ({"email": "lin@x.example", "role": "admin"}, 403, "not_allowed"),
        ({"email": "lin@x.example", "role": "king"}, 400, "malformed"),
        ({"email": "lin@x.example", "stays_until": "2020-01-01T00:00:00Z"}, 422, "refused"),
        ({"email": "lin@x.example", "password": "x"}, 400, "malformed"),
        ({}, 400, "malformed"),
    ],
)
def test_who_cannot_be_invited_is_told_why(body, status, code, ada, sam):
    is_problem(Program(sam).post("invitations/", body), status, code)
    assert not Invitation.objects.exists()


def test_an_administrator_gives_a_role_and_not_to_themselves(ada, admin):
    program = Program(admin)
    told = program.post(f"people/{ada.pk}/role", {"role": "staff"}).json()
    assert told["role"] == User.objects.get(pk=ada.pk).role == Role.STAFF
    is_problem(program.post(f"people/{admin.pk}/role", {"role": "creative"}), 403, "not_allowed")
    is_problem(program.post(f"people/{ada.pk}/role", {"role": "researcher"}), 422, "refused")


@pytest.mark.parametrize(
    ("act", "body"),
    [
        ("people/{ada}/role", {"role": "staff"}),
        ("people/{ada}/end", {}),
        ("people/{gone}/let-stay", {}),
        ("invitations/", {"email": "lin@x.example", "role": "admin"}),
    ],
)
def test_a_browser_that_signed_in_a_while_ago_changes_no_account_by_the_api(
    act, body, lab, ada, admin, signed_in, just_signed_in
):
    gone = person("Gone", is_active=False)
    path = BASE + act.format(ada=ada.pk, gone=gone.pk)
    sent = {"data": json.dumps(body), "content_type": "application/json"}
    assert signed_in(admin).post(path, **sent).status_code == 403
    assert just_signed_in(admin).post(path, **sent).status_code in {200, 201}


def test_an_account_ends_with_what_becomes_of_its_bookings(lab, ada, ben, sam):
    cancelled, passed_on, kept = (
        booked(Program(ada), f"seat-{each}", day=each)["id"] for each in (1, 2, 3)
    )
    said = {"cancel": [cancelled], "pass_on": [passed_on], "to": ben.pk, "reason": "She leaves."}

    is_problem(Program(sam).post(f"people/{ada.pk}/end", said | {"to": None}), 422, "refused")
    assert User.objects.get(pk=ada.pk).is_active
    told = Program(sam).post(f"people/{ada.pk}/end", said).json()

    assert told["active"] is False
    rows = {each.pk: (each.person.name, each.state) for each in Booking.objects.all()}
    assert rows == {
        cancelled: ("Ada", "cancelled"),
        passed_on: ("Ben", "approved"),
        kept: ("Ada", "approved"),
    }
    is_problem(Program(sam).post(f"people/{ada.pk}/end", {}), 409, "wrong_state")
    assert Program(sam).post(f"people/{ada.pk}/let-stay").json()["active"] is True


def test_nobody_puts_off_their_own_end_or_leaves_what_they_hold_by_it(lab, ada, sam):
    booked(Program(ada), "seat-1")
    until = timezone.now() + timedelta(days=3)
    Program(sam).post(f"people/{ada.pk}/end", {"until": until.isoformat()})
    later = {"until": (until + timedelta(days=90)).isoformat()}
    for asked in (later, {}):
        is_problem(Program(ada).post(f"people/{ada.pk}/end", asked), 403, "not_allowed")
    ada.refresh_from_db()
    assert (ada.is_active, ada.stays_until) == (True, until)


def test_an_end_may_be_set_for_later(lab, ada, sam):
    until = timezone.now() + timedelta(days=3)
    told = Program(sam).post(f"people/{ada.pk}/end", {"until": until.isoformat()}).json()
    assert told["active"] is True
    assert User.objects.get(pk=ada.pk).stays_until == until
