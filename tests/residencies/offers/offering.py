"""Offers as staff send them. An application is brought to where the jury would leave it."""

from datetime import date

from django.utils import timezone

from equipment.models import Feature
from labbooking.bookings.models import Booking
from labbooking.journal.models import Entry
from labbooking.period import DAY
from labbooking.residencies.applications.models import Application
from labbooking.residencies.calls.models import Call, CallTerms
from labbooking.residencies.offers import actions
from labbooking.residencies.offers.models import Offer
from labbooking.residencies.offers.spec import OfferSaid
from residents.models import User
from tests.lab import berlin
from tests.people import person as somebody
from tests.residencies.calling import a_call

NOW = berlin("2027-03-01 10:00")
ANSWER_BY = NOW + 14 * DAY
ARRIVE, DEPART = date(2027, 4, 5), date(2027, 5, 31)


def applied(person, by, *, state="chosen", call="summer", code="LUMO", **fields):
    """An application that the jury has read."""
    the_call = Call.objects.filter(slug=call).first() or a_call(by, slug=call)
    known = {"begun_at": NOW - 40 * DAY, "changed_at": NOW - 35 * DAY}
    known |= {"submitted_at": NOW - 35 * DAY, "decided_at": NOW - 5 * DAY}
    known |= {"weeks_min": 4, "weeks_wished": 8, "weeks_max": 10}
    known |= {"earliest": date(2027, 4, 1), "latest": date(2027, 9, 1)}
    terms = CallTerms.objects.filter(call=the_call).first()
    needs = fields.pop("needs_features", ())
    made = Application.objects.create(
        call=the_call, person=person, code=code, state=state, terms=terms, **{**known, **fields}
    )
    made.features_needed.set(Feature.objects.filter(slug__in=needs))
    return made


def said(application, studio="studio-1", arrive=ARRIVE, depart=DEPART, until=ANSWER_BY, words=""):
    return OfferSaid(application.pk, studio, arrive, depart, until, words)


def sent(application, by, *, at=NOW, **more):
    return actions.send_offer(said(application, **more), by=by, at=at)


def around(now):
    """Of an offer by the real clock, for pages and the API."""
    first = (now + 40 * DAY).date()
    return {"arrive": first, "depart": first + 28 * DAY, "until": now + 10 * DAY}


def offers_to(person, other, by, at):
    """What the tables of all pages ask for: an open offer, and somebody who has none yet."""
    offer = sent(applied(person, by, call="autumn"), by, at=at, **around(at))
    waiting = applied(other, by, call="autumn", code="TAVI")
    named = {"offers/new/<int:pk>": waiting.pk, "offers/reserve/<int:pk>": waiting.pk}
    return {
        **{f"{route}": f"{route.split('<')[0]}{pk}" for route, pk in named.items()},
        "offers/<int:pk>": f"offers/{offer.pk}",
    }


def german_offers(person, by):
    """Numbers for addresses that are read in German."""
    at = timezone.now()
    offer = sent(applied(person, by, call="autumn"), by, at=at, words="Bis bald.", **around(at))
    other = applied(somebody("Tavi"), by, call="autumn", code="TAVI", state="reserve")
    return {"offer": offer.pk, "application": other.pk}


def an_offer():
    """To Ada, made for the first question that is about one."""
    if found := Offer.objects.first():
        return found
    ada, sam = (User.objects.get(name=name) for name in ("Ada", "Sam"))
    at = timezone.now()
    return sent(applied(ada, sam, call="autumn"), sam, at=at, **around(at))


def body_for_offer(path):
    days = around(timezone.now())
    if path == "offers/":
        application = Application.objects.filter(call__slug="autumn").first() or applied(
            User.objects.get(name="Ada"), User.objects.get(name="Sam"), call="autumn"
        )
        return {
            "application": application.pk,
            "resource": "studio-1",
            "arrive": f"{days['arrive']}",
            "depart": f"{days['depart']}",
            "answer_by": days["until"].isoformat(),
        }
    act = path.rsplit("/", 1)[1]
    longer = (days["until"] + DAY).isoformat()
    said = {"prolong": {"until": longer}, "call-back": {"reason": "Water."}, "accept": None}
    return said.get(act, {"words": "In June?"})


def now(row):
    return type(row).objects.get(pk=row.pk)


def stands(offer):
    """Its state, that of the application, and that of the booking."""
    found = Offer.objects.select_related("application", "booking").get(pk=offer.pk)
    return found.state, found.application.state, found.booking.state


def kinds(prefix="offer."):
    rows = Entry.objects.filter(kind__startswith=prefix).order_by("pk")
    return list(rows.values_list("kind", flat=True))


def bookings_of(person):
    return list(Booking.objects.filter(person=person).order_by("pk"))
