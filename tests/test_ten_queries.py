"""The pages on which staff look after people, things and closures, and those of the door, ask ten
questions at most, however many people there are."""

import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from labbooking.bookings.models import Allocation, Booking, BookingGroup, Closure
from labbooking.bookings.models.groups import Membership
from labbooking.period import DAY, HOUR
from residents.membership.models import Invitation
from residents.models import Induction, User
from residents.signin.models import AccountRequest, Device, Recovery
from tests.bookings.days import booked
from tests.bookings.intake.asking import asks
from tests.equipment.announced import an_event
from tests.house.managing import MANAGE_GET
from tests.invited import people_may_ask
from tests.people_room import pages as people
from tests.residents.signin import pages as signin
from tests.rows_of_pages import a_closure
from tests.test_pages_and_roles import ASKING, GET, path_of

pytestmark = pytest.mark.django_db

AT_MOST = 10
ABOUT_THE_HOUSE = (
    "profile/",
    "desk/closures/",
    "desk/closures/<int:pk>/",
    "desk/closures/<int:pk>/reopen/",
    "house/announcements/",
    "house/announcements/<int:pk>/",
    "house/announcements/<int:pk>/needs/",
    "house/announcements/<int:pk>/remove/",
)
FILES = {"profile/data.json"}
"""No page: each room is asked for its own, as tests/people_room/test_myself.py counts."""
PAGES = sorted({*people.GET, *signin.GET, *MANAGE_GET, *ABOUT_THE_HOUSE} - FILES)


@pytest.fixture
def house(lab, ada, sam):
    """Ada has something of everything; the words of addresses, as `path_of` takes them."""
    (booking,) = booked(ada, "seat-1")
    closure = a_closure(sam).pk
    return {
        "booking": booking,
        "words": {
            "<int:pk>": None,
            "<uuid:export_id>": "",
            "<day:week>": "",
            "<slug:name>": "",
            "<slug:act>": "",
            "<slug:provider_id>": "oidc-none",
            "<str:key>": "x",
            "<str:token>": "x",
            "<int:member>": "0",
            "<int:person_id>": f"{ada.pk}",
            "<slug:key>": asks("board", by=sam, required=False).key,
            "<uuid:key>": f"{uuid.uuid4()}",
            "people/<int:pk>": f"people/{ada.pk}",
            "desk/closures/<int:pk>": f"desk/closures/{closure}",
            "house/announcements/<int:pk>": f"house/announcements/{an_event(sam).pk}",
        },
    }


def many(count, ada, sam, lab):
    """So many people, all of whom have done a little of everything; Ada with them."""
    now = timezone.now()
    User.objects.bulk_create(
        User(email=f"{each}@x.example", name=f"Guest {each}", shown_to_people=each % 20 == 0)
        for each in range(count)
    )
    crowd = list(User.objects.filter(email__endswith="@x.example"))
    soon = {"made_at": now, "expires_at": now + DAY, "invited_by": sam}
    Invitation.objects.bulk_create(
        Invitation(email=f"new-{each.email}", role="creative", **soon) for each in crowd
    )
    Induction.objects.bulk_create(Induction(person=ada, topic=f"t{n}", given_at=now)
                                  for n in range(count))  # fmt: skip
    Recovery.objects.bulk_create(
        Recovery(person=each, asked_by=sam, asked_at=now, reason="lost") for each in crowd[:50]
    )
    when = {"began_at": now, "seen_at": now}
    Device.objects.bulk_create(
        Device(person=sam, session_key=f"s{n}", of_session=f"s{n}", **when) for n in range(count)
    )
    together(ada, crowd, now)
    ahead(count, ada, crowd, lab, now)


def together(ada, crowd, now):
    """Each has a group with Ada, and somebody who asks for an account."""
    groups = BookingGroup.objects.bulk_create(BookingGroup(name=f"Of {each}") for each in crowd)
    Membership.objects.bulk_create(
        Membership(group=group, person=person, joined_at=now)
        for group, each in zip(groups, crowd, strict=True)
        for person in (ada, each)
    )
    AccountRequest.objects.bulk_create(
        AccountRequest(email=f"asks-{each.email}", name=f"A friend of {each}", words="I carve.",
                       asked_at=now, proved_at=now, found="new")
        for each in crowd
    )  # fmt: skip


def ahead(count, ada, crowd, lab, now):
    """Hour by hour, on the seats in turn, every second one Ada's; and as many closures."""
    begins = now.replace(minute=0, second=0, microsecond=0) + 20 * DAY
    spans = [begins + (n // 10) * HOUR for n in range(2 * count)]
    bookings = Booking.objects.bulk_create(
        Booking(person=ada if n % 2 else each, made_by=ada, starts_at=start, ends_at=start + HOUR,
                state="approved", requested_at=now)
        for n, (each, start) in enumerate(zip(crowd, spans[:count], strict=True))
    )  # fmt: skip
    closures = Closure.objects.bulk_create(
        Closure(starts_at=start, ends_at=start + HOUR, reason_de=f"{n}", reason_en=f"{n}")
        for n, start in enumerate(spans[count:])
    )
    rows = [
        Allocation(resource=lab[f"seat-{n % 10 + 1}"], starts_at=start, ends_at=start + HOUR,
                   guarded_from=start, guarded_until=start + HOUR, **holder)
        for n, (start, holder) in enumerate(zip(spans, [
            *({"booking": each} for each in bookings), *({"closure": each} for each in closures)
        ], strict=True))
    ]  # fmt: skip
    Allocation.objects.bulk_create(rows)


def too_many(house, browsers):
    """What each page asked that asked too much, by who opened it."""
    asked = {}
    for who, browser in browsers.items():
        for route in PAGES:
            with CaptureQueriesContext(connection) as queries:
                answer = browser.get(path_of(route, house))
            listed = GET[route][ASKING.index(who)]
            assert answer.status_code == 200 or listed != 200, (who, route, answer.status_code)
            assert answer.status_code < 500, route
            if len(queries) > AT_MOST:
                asked[who, route] = len(queries)
    return asked


@pytest.mark.parametrize("count", [1, 500])
def test_every_page_asks_ten_questions_at_most(count, house, lab, ada, sam, just_signed_in):
    many(count, ada, sam, lab)
    people_may_ask()
    assert too_many(house, {"sam": just_signed_in(sam), "ada": just_signed_in(ada)}) == {}


def test_two_hundred_lines_ask_no_more_either(lab, sam, just_signed_in):
    lines = "\n".join(f"{each}@x.example;Guest {each}" for each in range(200))
    browser, address = just_signed_in(sam), "/people/invitations/paste/"
    with CaptureQueriesContext(connection) as queries:
        assert "200" in browser.post(address, {"lines": lines}).content.decode()
    assert len(queries) <= AT_MOST
