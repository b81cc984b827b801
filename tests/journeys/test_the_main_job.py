"""The main job, once through: book, decide, hand over, take back, and what research may see."""

import csv
import io
from datetime import timedelta

import pytest
from django.utils import timezone

from labbooking.bookings import actions
from labbooking.bookings.actions import scheduled
from labbooking.bookings.demand.spec import BookingSpec
from labbooking.bookings.models import Booking
from labbooking.notifications.actions import plan
from labbooking.notifications.models import Notification
from labbooking.period import DAY, HOUR, MINUTE, Period
from labbooking.research.actions import give_consent, put_study
from tests.api.program import Program, moment, spec
from tests.lab import berlin

pytestmark = pytest.mark.django_db


@pytest.fixture
def study(rui):
    return put_study(
        "futurework",
        fields={
            "name_de": "Wie hier gearbeitet wird",
            "name_en": "How work happens here",
            "description_de": "Wann?",
            "description_en": "When?",
            "starts": berlin("2026-01-01 00:00").date(),
        },
        text_de="Ich bin einverstanden.",
        text_en="I agree.",
        researchers=[rui],
        at=berlin("2026-01-01 00:00"),
    )


def test_a_creative_works_here_and_a_researcher_learns_of_it(lab, study, ada, ben, sam, rui):
    ada_, ben_, sam_, rui_ = (Program(person) for person in (ada, ben, sam, rui))
    give_consent("futurework", by=ada, version=1, at=timezone.now())

    nights = {"starts_at": moment("15:00"), "ends_at": moment("11:00", 3)}
    studio = ada_.post("bookings/", {"resources": ["studio-1"], **nights}).json()
    assert studio["state"] == "requested"
    day = spec("seat-1", types={"ar-headset": 1}, purpose="Storyboard")
    bundle = ada_.post("bookings/", day).json()
    assert [each["resource"] for each in bundle["allocations"]] == ["seat-1", "ar-headset-1"]
    taken = ben_.post("bookings/", spec("seat-1"))
    assert taken.status_code == 409
    on_the_way = taken.json()["suggestions"][0]
    seat = ben_.post("bookings/", spec(*on_the_way["resources"])).json()
    assert seat["state"] == "approved"

    for request in (studio, bundle):
        answer = sam_.post(f"bookings/{request['id']}/approve")
        assert (answer.status_code, answer.json()["state"]) == (200, "approved")
    early = {"reason": "The room is ready."}
    assert sam_.post(f"bookings/{bundle['id']}/check-in", early).json()["state"] == "in_use"
    assert sam_.post(f"bookings/{bundle['id']}/check-out").json()["state"] == "completed"

    now = timezone.now()
    period = {"from": (now - DAY).isoformat(), "to": (now + DAY).isoformat(), "format": "csv"}
    export = rui_.post("studies/futurework/exports", period).json()
    log = rui_.get(export["download"]).getvalue().decode()

    rows = list(csv.DictReader(io.StringIO(log)))
    assert [row["kind"] for row in rows] == [
        "booking.requested",
        "booking.requested",
        "booking.approved",
        "booking.approved",
        "booking.checked_in",
        "booking.checked_out",
    ]
    assert len({row["person"] for row in rows}) == 1
    for known in ("Ada", "Ben", "Sam", "daig.example", "Storyboard", str(ada.subject_key)):
        assert known not in log


def test_everybody_hears_what_concerns_them_and_nothing_else(daig, ada, sam, kim):
    start = berlin("2026-12-01 10:00")
    period = Period(start, start + 2 * HOUR)

    (booking,) = actions.request(BookingSpec(period, ("ar-headset-1",)), by=ada, at=start - 2 * DAY)
    plan(start - 2 * DAY)
    actions.approve(booking.pk, by=sam, at=start - 2 * DAY + MINUTE)
    plan(start - 2 * DAY + MINUTE)
    scheduled.tick(start - DAY)
    plan(start - DAY)
    actions.check_in(booking.pk, by=sam, at=start)
    scheduled.tick(start + HOUR + 45 * MINUTE)
    plan(start + HOUR + 45 * MINUTE)

    heard = [
        (each.recipient.name, each.template)
        for each in Notification.objects.order_by("entry_id", "recipient__name")
    ]
    assert heard == [
        ("Ada", "received"),
        ("Kim", "waiting"),
        ("Sam", "waiting"),
        ("Ada", "approved"),
        ("Ada", "starting_soon"),
        ("Ada", "return_due"),
    ]


def test_nobody_comes_and_the_seat_is_free_again(daig, ada, ben):
    start = berlin("2026-12-01 10:00")
    period = Period(start, start + 3 * HOUR)
    actions.request(BookingSpec(period, ("seat-1",)), by=ada, at=start - DAY)
    scheduled.tick(start + HOUR)

    rest = Period(start + timedelta(hours=1), start + timedelta(hours=3))
    (booking,) = actions.request(BookingSpec(rest, ("seat-1",)), by=ben, at=rest.start)

    assert booking.state == "approved"
    assert Booking.objects.get(person=ada).state == "no_show"
