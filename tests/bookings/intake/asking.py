"""Types that ask something, and every way to a booking of one."""

import itertools

from django.utils import timezone

from equipment.actions import add_question, set_terms
from equipment.models import Terms
from labbooking.bookings.demand.spec import BookingSpec, IntakeReply
from labbooking.bookings.models import IntakeAnswer
from tests.bookings.days import hours
from tests.people import person

LAYOUT = {
    "text_de": "Wie soll der Bildschirm stehen?",
    "text_en": "How should the screen stand?",
    "kind": "choice",
    "choices": [["upright", "hochkant", "upright"], ["wide", "quer", "wide"]],
    "required": True,
}
TERMS = {"text_de": "Nicht fallen lassen.", "text_en": "Do not drop it."}
KEY = "how-should-the-screen-stand"
_numbers = itertools.count(1)


def staff():
    return person(f"desk-{next(_numbers)}", role="staff")


def asks(slug="seat", *, by=None, **said):
    """A question of that type, needed unless told, from now on."""
    return add_question(slug, LAYOUT | said, by=by or staff(), at=timezone.now())


def has_terms(slug="seat", *, by=None, **texts):
    at = timezone.now()
    last = Terms.objects.filter(type__slug=slug).order_by("version").last()
    number = last.version if last else 0
    return set_terms(slug, TERMS | texts, in_force_at=at, by=by or staff(), at=at, based_on=number)


def spec(*resources, period=None, reply=None, **more):
    return BookingSpec(
        period or hours(10), resources or ("seat-1",), intake=reply or IntakeReply(), **more
    )


def answers(booking):
    rows = IntakeAnswer.objects.filter(booking=booking).select_related("question")
    return {each.question.key: each.value for each in rows}
