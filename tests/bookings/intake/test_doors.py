"""Every way to a booking asks what its type asks, and takes the answer along."""

import pytest
from django.utils import timezone

from labbooking.bookings import actions
from labbooking.bookings.actions.waitlist import join
from labbooking.bookings.demand.spec import IntakeReply
from labbooking.bookings.models import Acceptance, Booking, IntakeAnswer
from labbooking.bookings.models.waitlist import Waiting
from labbooking.errors import Refused
from tests.api.program import Program
from tests.api.program import spec as body
from tests.bookings.days import booked, day, hours
from tests.bookings.intake.asking import KEY, answers, asks, has_terms, spec

pytestmark = pytest.mark.django_db


@pytest.fixture
def asking(lab, sam):
    """Seats ask one question and have terms."""
    asks("seat", by=sam)
    has_terms("seat", by=sam)


@pytest.fixture
def doors(lab, ada, ben, sam, signed_in):
    return Doors(ada, ben, sam, signed_in)


class Doors:
    """Each door tries to get ada a seat; a page or a program answers, an action raises."""

    def __init__(self, ada, ben, sam, signed_in):
        self.ada, self.ben, self.sam, self.signed_in = ada, ben, sam, signed_in

    # Actions themselves: whatever calls them, a command or what is still to be built.
    def request(self, reply):
        return self._act(actions.request, reply)

    def series(self, reply):
        return self._act(actions.request, reply, rrule="FREQ=DAILY;COUNT=3")

    def of_a_type(self, reply):
        asked = spec(reply=reply, types={"seat": 2})
        return self._try(lambda: actions.request(asked, by=self.ada, at=timezone.now()))

    def bundle(self, reply):
        return self._act(actions.request, reply, "board-1", "seat-1")

    def exception(self, reply):
        late = hours(10, "05:00", "07:00")
        asked = spec("seat-1", period=late, reply=reply)
        now = timezone.now()
        return self._try(
            lambda: actions.ask_exception(asked, reason="A premiere.", by=self.ada, at=now)
        )

    def held_and_confirmed(self, reply):
        held = actions.hold(spec(), by=self.ada, at=timezone.now())
        now = timezone.now()
        return self._try(lambda: actions.confirm(held.pk, by=self.ada, at=now, reply=reply))

    def on_behalf(self, reply):
        asked = spec(reply=reply)
        now = timezone.now()
        return self._try(lambda: actions.request(asked, by=self.sam, at=now, person=self.ada))

    def _act(self, act, reply, *things, **more):
        asked = spec(*things, reply=reply, **more)
        return self._try(lambda: act(asked, by=self.ada, at=timezone.now()))

    def _try(self, act):
        try:
            act()
        except Refused as no:
            return {each.code for each in no.refusals}
        return set()

    # Pages.
    def page(self, reply):
        return self._page("/book/", reply)

    def page_keeps(self, reply):
        """Kept first, and then asked for from the page of what is kept."""
        client = self.signed_in(self.ada)
        assert client.post("/book/?keep=1", self._fields()).status_code == 302
        held = Booking.objects.get(person=self.ada, state="held")
        return self._answered(client.post(f"/bookings/{held.pk}/confirm/", self._typed(reply)))

    def page_series(self, reply):
        return self._page("/book/", reply, repeat="daily", ending="times", times="3")

    def page_for_ada(self, reply):
        fields = self._fields() | self._typed(reply) | {"person": f"{self.ada.pk}"}
        return self._answered(self.signed_in(self.sam).post("/book/", fields))

    def page_exception(self, reply):
        address = f"/book/exception/?resource=seat-1&from={day(10)}T05:00&to={day(10)}T07:00"
        fields = {"key": "k", "reason": "A premiere."} | self._typed(reply)
        return self._answered(self.signed_in(self.ada).post(address, fields))

    def _page(self, address, reply, **more):
        fields = self._fields(**more) | self._typed(reply)
        return self._answered(self.signed_in(self.ada).post(address, fields))

    def _fields(self, **more):
        when = {"day": f"{day(10)}", "starts": "10:00", "ends": "12:00"}
        return {"resource": "seat-1"} | when | more

    def _typed(self, reply):
        said = {f"answer-{key}": value for key, value in reply.answers.items()}
        return said | {f"terms-{slug}": number for slug, number in reply.accepted.items()}

    def _answered(self, response):
        if response.status_code == 302:
            return set()
        assert response.status_code == 422, response.status_code
        wrong = response.context["intake"].errors
        codes = {"answer_required"} if f"answer-{KEY}" in wrong else set()
        return codes | ({"terms_required"} if "terms-seat" in wrong else set())

    # Programs.
    def api(self, reply):
        return self._api("bookings/", reply)

    def api_hold(self, reply):
        program = Program(self.ada)
        kept = program.post("holds/", body("seat-1")).json()["id"]
        return self._told(program.post(f"bookings/{kept}/confirm", self._json(reply)))

    def api_exception(self, reply):
        early = body("seat-1", start="05:00", end="07:00", reason="A premiere.")
        return self._told(Program(self.ada).post("bookings/exceptions", early | self._json(reply)))

    def api_for_ada(self, reply):
        return self._told(
            Program(self.sam).post(
                "bookings/", body("seat-1", **{"for": self.ada.email}) | self._json(reply)
            )
        )

    def _api(self, path, reply):
        return self._told(Program(self.ada).post(path, body("seat-1") | self._json(reply)))

    def _json(self, reply):
        return {"answers": dict(reply.answers), "accept_terms": dict(reply.accepted)}

    def _told(self, response):
        if response.status_code < 300:
            return set()
        assert response.status_code == 422, response.content
        return {each["code"] for each in response.json()["refusals"]} & CODES


CODES = {"answer_required", "terms_required"}
DOORS = [
    *("request", "series", "of_a_type", "bundle", "exception", "held_and_confirmed", "on_behalf"),
    *("page", "page_keeps", "page_series", "page_for_ada", "page_exception"),
    *("api", "api_hold", "api_exception", "api_for_ada"),
]
SAID = IntakeReply({KEY: "wide"}, {"seat": 1})


def standing(person):
    return Booking.objects.filter(person=person).exclude(state="held")


@pytest.mark.parametrize("door", DOORS)
def test_without_an_answer_no_door_books(door, doors, asking, ada):
    assert getattr(doors, door)(IntakeReply()) == CODES
    assert not standing(ada).exists()
    assert not Acceptance.objects.exists()


@pytest.mark.parametrize("door", DOORS)
def test_with_an_answer_each_door_books_and_keeps_it_with_every_date(door, doors, asking, ada):
    assert getattr(doors, door)(SAID) == set()
    made = standing(ada)
    assert made.exists()
    for each in made:
        assert answers(each) == {KEY: "wide"}
    accepted = Acceptance.objects.get()
    assert accepted.person == ada
    assert accepted.booking == made.order_by("pk").first()


@pytest.mark.parametrize("door", DOORS)
def test_who_has_answered_once_is_not_asked_again(door, doors, asking, ada):
    earlier = booked(ada, "seat-9", period=hours(3), intake=SAID)[0]
    assert getattr(doors, door)(IntakeReply()) == set()
    made = standing(ada).exclude(pk=earlier.pk)
    assert all(answers(each) == {KEY: "wide"} for each in made)
    given = IntakeAnswer.objects.filter(booking__in=[earlier, *made])
    assert len(set(given.values_list("given_at", flat=True))) == 1
    assert Acceptance.objects.count() == 1


@pytest.mark.parametrize("door", DOORS)
def test_where_nothing_is_asked_each_door_is_as_before(door, doors, ada):
    assert getattr(doors, door)(IntakeReply()) == set()
    assert standing(ada).exists()
    assert not IntakeAnswer.objects.exists()


def test_whoever_joins_the_waiting_list_is_asked_then_and_not_when_it_is_their_turn(
    asking, ada, ben, sam
):
    now = timezone.now()
    taken = booked(ben, "seat-1", intake=SAID)[0]
    with pytest.raises(Refused) as no:
        join(spec(), by=ada, at=now)
    assert {each.code for each in no.value.refusals} == CODES

    join(spec(reply=SAID), by=ada, at=now)
    actions.cancel(taken.pk, by=ben, at=now)

    offered = Waiting.objects.get().booking
    assert answers(offered) == {KEY: "wide"}
    assert actions.confirm(offered.pk, by=ada, at=now).state == "approved"


def test_a_question_that_came_up_since_is_asked_when_the_time_is_taken_up(lab, ada, ben, sam):
    now = timezone.now()
    taken = booked(ben, "seat-1")[0]
    join(spec(), by=ada, at=now)
    asks("seat", by=sam)
    actions.cancel(taken.pk, by=ben, at=timezone.now())

    offered = Waiting.objects.get().booking
    with pytest.raises(Refused):
        actions.confirm(offered.pk, by=ada, at=timezone.now())
    reply = IntakeReply({KEY: "upright"})
    actions.confirm(offered.pk, by=ada, at=timezone.now(), reply=reply)
    assert answers(offered) == {KEY: "upright"}


def test_joining_by_page_and_by_api_asks_as_well(asking, ada, ben, signed_in):
    booked(ben, "seat-1", intake=SAID)
    fields = {
        "resource": "seat-1", "day": f"{day(10)}", "starts": "10:00", "ends": "12:00",
        "purpose": "Rehearsal",
    }  # fmt: skip
    page = signed_in(ada).post("/waiting/join/", fields | {f"answer-{KEY}": "wide"})
    assert page.status_code == 422
    assert page.context["intake"][f"answer-{KEY}"].value() == "wide"
    assert "terms-seat" in page.context["intake"].errors

    ticked = {f"answer-{KEY}": "wide", "terms-seat": "1"}
    assert signed_in(ada).post("/waiting/join/", fields | ticked).status_code == 302

    booked(ada, "seat-2", period=hours(30))  # of other times she has all that is asked
    program, there = Program(ben), body("seat-3")
    assert Program(ada).post("bookings/", there).status_code == 201
    assert program.post("waiting-list/", there).status_code == 201


def test_moving_and_other_acts_on_what_is_booked_ask_nothing(lab, ada, sam):
    made = booked(ada, "seat-1")[0]
    asks("seat", by=sam)
    has_terms("seat", by=sam)
    now = timezone.now()

    actions.move(made.pk, by=ada, at=now, to=hours(11))
    actions.swap_unit(made.pk, slug="seat-1", instead="seat-2", by=sam, at=now)
    assert actions.cancel(made.pk, by=ada, at=now)[0].state == "cancelled"


def test_of_two_types_in_one_request_both_are_asked(lab, ada, sam):
    asks("seat", by=sam)
    other = asks("board", by=sam, text_en="How many magnets?", kind="number", choices=[])
    asked = spec("seat-1", "board-1")
    with pytest.raises(Refused) as no:
        actions.request(asked, by=ada, at=timezone.now())
    assert {each.question for each in no.value.refusals} == {KEY, other.key}
