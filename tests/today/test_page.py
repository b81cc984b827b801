"""`/today/`: whose page it is, how it is found, and how often the database is asked for it."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from equipment.models import HouseText
from labbooking.bookings.actions.groups.change import add_member, make_group
from labbooking.bookings.models import Allocation, Booking
from labbooking.inductions.actions.places import take_place
from labbooking.period import DAY, HOUR
from labbooking.research.actions import forget_key, make_export
from residents.models import User
from tests.bookings.days import booked as ask
from tests.bookings.days import said
from tests.bookings.steps.stepping import in_two_steps
from tests.inductions.offered import a_slot
from tests.lab import MADE_AT
from tests.research.conftest import a_study

pytestmark = pytest.mark.django_db


def page_of(client, path="/today/"):
    return said(client.get(path))


def test_strangers_see_the_house_and_are_sent_to_the_login(lab):
    assert Client().get("/today/").url == "/login/?next=/today/"
    page = page_of(Client(), "/")
    assert "A house for artists" in page
    assert "/today/" not in page


@pytest.mark.parametrize("who", ["ada", "sam", "rui", "admin"])
def test_the_mark_leads_home_and_the_front_page_stays_in_reach(request, lab, signed_in, who):
    person = request.getfixturevalue(who)
    User.objects.filter(pk=person.pk).update(language="en")
    browser = signed_in(person)
    page = page_of(browser)
    assert '<a class="mark" href="/today/">' in page
    assert '<a href="/">Front page</a>' in page
    front = browser.get("/")
    assert front.status_code == 200
    assert 'href="/today/">My day</a>' in said(front)


def test_a_researcher_sees_their_studies_and_nobody(lab, ada, rui, signed_in):
    study, now = a_study("futurework", rui), timezone.now()
    a_study("elsewhere")
    page = page_of(signed_in(rui))
    assert "Nothing has been downloaded yet." in page
    make_export(study.slug, by=rui, starts_at=now - DAY, ends_at=now, at=now)
    page = page_of(signed_in(rui))
    assert '<a href="/research/futurework/">futurework</a>' in page
    assert "Last downloaded" in page
    assert "elsewhere" not in page
    assert "Ada" not in page
    assert 'name="say"' not in page


def test_of_a_study_that_has_ended_there_is_nothing_left_to_download(lab, rui, signed_in):
    study = a_study("futurework", rui)
    assert "Download the usage log" in page_of(signed_in(rui))
    forget_key(study.slug, at=timezone.now())
    page = page_of(signed_in(rui))
    assert "futurework" in page
    assert "Download the usage log" not in page


def test_a_researcher_without_a_study_is_told_who_gives_one(lab, rui, signed_in):
    assert "You are not a researcher in any study yet" in page_of(signed_in(rui))


def crowd(lab, numbers):
    """So many more people; each, and Ada and Sam too, with what runs, begins and waits."""
    User.objects.bulk_create(
        User(email=f"{number}@daig.example", name=f"Guest {number}") for number in numbers
    )
    now = timezone.now()
    people = list(User.objects.filter(role__in=["creative", "staff"]))
    states = ("in_use", "approved", "requested", "held")
    bookings = Booking.objects.bulk_create(
        Booking(
            person=each,
            made_by=each,
            state=state,
            requested_at=now,
            starts_at=now - HOUR if state == "in_use" else now + number * HOUR,
            ends_at=now + (number + 1) * HOUR,
            hold_until=now + HOUR if state in {"held", "requested"} else None,
            is_hold=state == "held",
        )
        for each in people
        for number, state in enumerate(states)
    )
    seats = [lab[f"seat-{number}"] for number in range(1, 11)]
    Allocation.objects.bulk_create(
        Allocation(
            resource=seats[number % 10],
            booking=each,
            rules=seats[0].type.rules,
            starts_at=each.starts_at,
            ends_at=each.ends_at,
            guarded_from=each.starts_at,
            guarded_until=each.ends_at,
            active=False,
        )
        for number, each in enumerate(bookings)
    )


@pytest.mark.parametrize("who", ["ada", "sam", "rui", "admin"])
def test_at_most_ten_questions_with_one_and_with_five_hundred_people(
    request, lab, signed_in, rui, who
):
    person = request.getfixturevalue(who)
    words = {"title_de": "x", "title_en": "x", "body_de": "x", "body_en": "x"}
    HouseText.objects.create(slug="arrival", **words, changed_at=MADE_AT)
    a_study("futurework", rui)
    browser, asked = signed_in(person), []
    assert connection.features.supports_json_field  # SQLite is asked once in a process
    for numbers in (range(1), range(1, 4), range(4, 500)):
        crowd(lab, numbers)
        with CaptureQueriesContext(connection) as queries:
            assert browser.get("/today/").status_code == 200
        asked.append(len(queries))
    assert max(asked) <= 10
    assert len(set(asked)) == 1


@pytest.mark.parametrize("who", ["ada", "sam", "rui", "admin"])
def test_an_empty_house_takes_no_more(request, lab, signed_in, who):
    browser = signed_in(request.getfixturevalue(who))
    with CaptureQueriesContext(connection) as queries:
        assert browser.get("/today/").status_code == 200
    assert len(queries) <= 10


def test_who_has_something_of_everything_takes_no_more(lab, ada, ben, nia, sam, kim, signed_in):
    """A thing of a group, one of a series of steps, a place at an induction, and the way in."""
    words = {"title_de": "x", "title_en": "x", "body_de": "x", "body_en": "x"}
    HouseText.objects.create(slug="arrival", **words, changed_at=MADE_AT)
    group, now = make_group("Loom", by=sam, at=MADE_AT), timezone.now()
    for name in ("Ben", "Nia"):
        add_member(group.pk, name, by=sam, at=MADE_AT)
    in_two_steps(lab["board-1"], sam, kim)
    take_place(a_slot(sam, now + 2 * DAY, at=now).pk, by=nia, at=now)
    ask(ben, "seat-1", "seat-2", group="Loom")
    ask(ben, "board-1", group="Loom")
    browser = signed_in(nia)
    with CaptureQueriesContext(connection) as queries:
        page = page_of(browser)
    for shown in ("Loom", "Board 1", "Workshop", "Way in"):
        assert shown in page
    assert len(queries) <= 10, "\n".join(each["sql"][:150] for each in queries.captured_queries)
