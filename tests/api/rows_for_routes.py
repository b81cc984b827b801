"""What each route of the API is asked about, made for one question."""

from datetime import datetime

from django.utils import timezone

from labbooking.bookings.actions import scheduled
from labbooking.bookings.actions.groups.change import add_member, make_group
from labbooking.bookings.actions.hold import hold
from labbooking.bookings.demand.spec import BookingSpec
from labbooking.period import DAY, HOUR, Period
from labbooking.residencies.applications.models import Application
from labbooking.residencies.calls.models import Call
from residents.membership.invitations import invite
from residents.membership.models import Invitation
from residents.membership.wanted import Wanted
from residents.models import User
from residents.signin.models import AccountRequest
from tests.api.program import Program, booked, moment, spec
from tests.desk.outages import down, not_checked_in
from tests.inductions.offered import TOPIC, a_slot, lately
from tests.invited import a_request_for_an_account
from tests.people import person
from tests.residencies.offers.offering import an_offer
from tests.residencies.seasons.applying import a_plan
from tests.residencies.works.applied import shows

WAITING = {"approve", "decline", "withdraw", "approve-part", "ask", "answer", "question", "undo"}


def a_hold_of_ada(day):
    start = datetime.fromisoformat(moment("10:00", day=day))
    asked = BookingSpec(Period(start, start + HOUR), ("seat-5",))
    return hold(asked, by=User.objects.get(name="Ada"), at=timezone.now()).pk


def a_guest(route):
    """Somebody whose account can end, or has ended."""
    known = User.objects.filter(name__startswith="Guest").count()
    email, left = f"guest{known}@daig.example", route.endswith("let-stay")
    return person(f"Guest {known}", email=email, is_active=not left)


def an_invitation():
    sam = User.objects.get(name="Sam")
    taken = Invitation.objects.count()
    return invite(Wanted(f"guest{taken}@daig.example"), by=sam, at=timezone.now())


def a_request(_route):
    return a_request_for_an_account(f"mo{AccountRequest.objects.count()}")


MADE_FOR_EACH = {
    "{person_id}": a_guest,
    "{invitation_id}": lambda _route: an_invitation(),
    "{request_id}": a_request,
    "{offer_id}": lambda _route: an_offer(),
}


def an_exception(day):
    return spec("seat-9", start="22:00", end="23:30", day=day, reason="It is the premiere.")


def a_booking_for(route, everybody, day):
    """Ada's booking, in the state from which the route leads on."""
    act = route.rsplit("/", 1)[1]
    if act == "confirm":
        return a_hold_of_ada(day)
    if act == "settle":
        booking = not_checked_in(User.objects.get(name="Ada"), f"seat-{day + 1}")
        down()
        return booking.pk
    if act == "exception":
        return everybody["ada"].post("bookings/exceptions", an_exception(day)).json()["id"]
    thing = "ar-headset-1" if act in WAITING else f"seat-{day + 1}"
    made = booked(everybody["ada"], thing, day=day)["id"]
    if act in {"answer", "question"}:
        everybody["sam"].post(f"bookings/{made}/ask", {"question": "What for?"})
    if act == "undo":
        everybody["sam"].post(f"bookings/{made}/approve")
    if act in {"check-out", "undo-handover"}:
        everybody["sam"].post(f"bookings/{made}/check-in", {"reason": "She is early."})
    return made


def a_place_of_ada(route, everybody, day):
    """Kim has the seat, and for an offer gives it up."""
    kim = Program(User.objects.get(name="Kim"))
    taken = booked(kim, "seat-7", day=day)["id"]
    place = everybody["ada"].post("waiting-list/", spec("seat-7", day=day)).json()["id"]
    if route.endswith("/take"):
        kim.post(f"bookings/{taken}/cancel")
        scheduled.tick(timezone.now())
    return place


def a_place_at_an_induction(route):
    """Ada's; for ticking off it has begun."""
    now, ada, sam = timezone.now(), *(User.objects.get(name=each) for each in ("Ada", "Sam"))
    slot = lately(sam, now) if route.endswith("tick-off") else a_slot(sam, now + DAY, at=now)
    slot.taken.create(person=ada, number=1, taken_at=now)
    return slot.pk


def in_a_group_of_ada(path, day):
    if "{group_id}" not in path:
        return path
    sam, now = User.objects.get(name="Sam"), timezone.now()
    group = make_group(f"Of Ada {day}", by=sam, at=now)
    member = add_member(group.pk, "Ada", by=sam, at=now)
    return path.replace("{group_id}", str(group.pk)).replace("{member_id}", str(member.pk))


def body_for_induction(path):
    act = path.rsplit("/", 1)[1]
    said = {"call-off": {}, "give-back": {}, "take": None}
    if act == "tick-off":
        return {"people": [User.objects.get(name="Ada").pk]}
    if act in said:
        return said[act]
    times = {"starts_at": moment("10:00"), "ends_at": moment("11:00")}
    topic = {"topic": TOPIC} if path.endswith("slots/") else {}
    return {**times, **topic, "location": "Attic", "people": 2}


def with_a_work_of_ada(path):
    """The path with the key of a text in her draft."""
    if "/application/works/" not in path:
        return path
    ada = User.objects.get(name="Ada")
    Application.objects.filter(person=ada).update(state="draft")
    return path.replace("{work_key}", shows(ada, text="Once.").key)


def with_a_plan(path):
    """The path with the number of a plan of the call's season."""
    if "{version}" not in path:
        return path
    sam, call = User.objects.get(name="Sam"), Call.objects.get(slug="a-call")
    return path.replace("{version}", str(a_plan(call, sam, timezone.now()).version))


def body_for_work(path):
    said = {"works/": {"kind": "text", "text": "Once."}, "move": {"to": "up"}, "change": {}}
    return next((body for end, body in said.items() if path.endswith(end)), None)
