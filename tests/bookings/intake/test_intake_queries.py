"""Where nothing is asked, not one query more; where much is asked, no more than for one thing."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from labbooking.bookings import actions
from labbooking.bookings.demand.spec import IntakeReply
from labbooking.bookings.intake.for_person import last_answers
from residents.privacy.my_data import held_about
from tests.api.program import Program
from tests.bookings.days import booked, day, hours
from tests.bookings.intake.asking import asks, has_terms, spec

pytestmark = pytest.mark.django_db


def queries(act):
    with CaptureQueriesContext(connection) as found:
        act()
    return found.captured_queries


def of_intake(found):
    words = (
        "equipment_question",
        "equipment_terms",
        "bookings_intakeanswer",
        "bookings_acceptance",
    )
    return [each["sql"] for each in found if any(word in each["sql"] for word in words)]


def test_a_house_without_questions_asks_the_database_nothing_about_them(lab, ada, signed_in):
    client, program = signed_in(ada), Program(ada)
    made = booked(ada, "seat-9")[0]
    look = f"/book/?resource=seat-1&from={day(10)}T10:00&to={day(10)}T12:00"
    acts = [
        lambda: actions.request(spec(), by=ada, at=timezone.now()),
        lambda: client.get(look),
        lambda: client.get(f"/bookings/{made.pk}/"),
        lambda: client.get("/bookings/"),
        lambda: program.get("types/"),
        lambda: program.get(f"bookings/{made.pk}"),
    ]
    for act in acts:
        assert of_intake(queries(act)) == []


def asking(sam, count):
    for slug in ("seat", "board", "telepresence")[:count]:
        asks(slug, by=sam, text_en=f"How on {slug}?")
        has_terms(slug, by=sam)


THINGS = ("seat-1", "board-1", "telepresence-1")


@pytest.mark.parametrize("page", ["book", "types"])
def test_three_types_that_ask_are_looked_up_like_one(page, lab, ada, sam, signed_in):
    client = signed_in(ada)
    span = f"from={day(10)}T10:00&to={day(10)}T12:00"
    named = "&".join(f"resource={slug}" for slug in THINGS)
    url = f"/book/?{named}&{span}" if page == "book" else "/api/v1/types/"
    asking(sam, 1)
    client.get(url)
    one = len(of_intake(queries(lambda: client.get(url))))
    for slug in ("board", "telepresence"):
        asks(slug, by=sam, text_en=f"How on {slug}?")
        has_terms(slug, by=sam)
    assert len(of_intake(queries(lambda: client.get(url)))) == one <= 4


def test_of_many_answers_to_a_question_the_last_one_is_read(lab, ada, sam):
    asked = asks("seat", by=sam)
    for number, said in enumerate(("wide", "upright", "wide", "upright"), 1):
        booked(ada, f"seat-{number}", intake=IntakeReply({asked.key: said}))
    (last,) = last_answers([asked], ada)
    assert last.value == "upright"


def test_a_page_of_approvals_reads_the_answers_of_all_at_once(lab, ada, sam, signed_in):
    asks("board", by=sam)
    client, key = signed_in(sam), "how-should-the-screen-stand"

    def ask(number):
        booked(ada, "board-1", period=hours(number), intake=IntakeReply({key: "wide"}))

    ask(10)
    client.get("/approvals/")
    one = len(queries(lambda: client.get("/approvals/")))
    ask(11)
    ask(12)
    assert len(queries(lambda: client.get("/approvals/"))) == one


def test_what_somebody_holds_about_themselves_is_read_like_one_answer(lab, ada, sam):
    asks(by=sam)
    key = "how-should-the-screen-stand"
    booked(ada, "seat-1", intake=IntakeReply({key: "wide"}))

    def read():
        return queries(lambda: list(held_about(ada)))

    one = len(of_intake(read()))
    booked(ada, "seat-2")
    booked(ada, "seat-3")
    assert len(of_intake(read())) == one
