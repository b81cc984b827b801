"""From the second an offer is sent until it has ended, once."""

from datetime import datetime, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from labbooking.bookings import actions as bookings
from labbooking.bookings.actions import scheduled as clock_of_bookings
from labbooking.bookings.actions.reassignment.departure import Becomes, settle_departure
from labbooking.bookings.demand.spec import BookingSpec
from labbooking.bookings.models import Outage
from labbooking.errors import Malformed, NotAllowed, NotThere, SlotTaken, WrongState
from labbooking.journal.models import Entry
from labbooking.period import DAY, HOUR, MINUTE
from labbooking.residencies.offers import actions
from labbooking.residencies.offers.actions import scheduled
from labbooking.residencies.offers.models import Offer
from labbooking.residencies.stays.models import Stay
from residents.models import Role
from tests.people import person
from tests.residencies.offers.offering import (
    ANSWER_BY,
    ARRIVE,
    DEPART,
    NOW,
    applied,
    bookings_of,
    kinds,
    now,
    said,
    sent,
    stands,
)

pytestmark = pytest.mark.django_db
LATER = NOW + DAY


@pytest.fixture
def lin(db):
    return person("Lin", Role.APPLICANT)


@pytest.fixture
def offer(lab, lin, sam):
    return sent(applied(lin, sam), sam)


def test_an_offer_keeps_its_studio_until_the_answer_is_due(lab, lin, ada, sam, offer):
    (booking,) = bookings_of(lin)
    assert (booking.state, booking.kept_firmly, booking.hold_until) == ("held", True, ANSWER_BY)
    assert (booking.pk, booking.period) == (offer.booking_id, offer.period)
    assert stands(offer) == ("open", "offered", "held")
    for act in (bookings.request, bookings.hold):
        with pytest.raises(SlotTaken):
            act(BookingSpec(offer.period, ("studio-1",)), by=ada, at=LATER)
    (told,) = Entry.objects.filter(kind="offer.sent")
    assert (told.data["call"], told.data["code"]) == ("summer", "LUMO")
    assert "Lin" not in str(told.data)


def test_who_is_offered_what_and_when(lab, lin, ada, sam):
    chosen = applied(lin, sam)
    with pytest.raises(NotAllowed):
        sent(chosen, ada)
    with pytest.raises(Malformed, match="before the time begins"):
        sent(chosen, sam, until=NOW)
    for wrong in ({"studio": "seat-1"}, {"studio": "nowhere"}, {"depart": ARRIVE}):
        with pytest.raises(ValidationError):
            sent(chosen, sam, **wrong)
    for state in ("submitted", "ranked", "declined", "withdrawn", "accepted"):
        type(chosen).objects.update(state=state)
        with pytest.raises(WrongState):
            sent(chosen, sam)
    assert (Offer.objects.count(), bookings_of(lin), kinds()) == (0, [], [])
    for number, state in enumerate(("reserve", "called_back")):
        other = applied(person(f"P{number}"), sam, state=state, code=f"C{number}")
        assert sent(other, sam, studio=f"studio-{number + 1}").application.state == "offered"


def test_an_offer_into_a_taken_place_is_refused_with_what_is_there(lab, lin, ada, sam, offer):
    other = applied(ada, sam, code="TAVI")
    with pytest.raises(SlotTaken, match=r"Studio 1 is taken then. There is: Lin: "):
        sent(other, sam, depart=DEPART + 7 * DAY)
    assert now(other).state == "chosen"
    with pytest.raises(WrongState, match="open already"):
        sent(offer.application, sam, studio="studio-2")


def test_the_database_knows_one_standing_offer_of_an_application_and_of_a_booking(
    lab, lin, ada, sam, offer
):
    other = sent(applied(ada, sam, code="TAVI"), sam, studio="studio-2")
    for field in ("application", "booking"):
        rows = Offer.objects.filter(pk=other.pk)
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.update(**{field: getattr(offer, field)})


def test_a_preview_leaves_nothing(lab, lin, sam):
    application = applied(lin, sam)
    seen = actions.tried_out(said(application), by=sam, at=NOW)

    assert seen.resource.slug == "studio-1"
    assert (Offer.objects.count(), bookings_of(lin), kinds()) == (0, [], [])
    assert now(application).state == "chosen"


def test_accepting_is_one_act_of_everything_and_twice_is_once(lab, lin, sam, offer):
    key = lin.subject_key
    for at in (LATER, LATER + HOUR):
        assert actions.accept_offer(offer.pk, by=lin, at=at).state == "accepted"

    assert stands(offer) == ("accepted", "accepted", "approved")
    lin.refresh_from_db()
    assert (lin.role, lin.subject_key) == (Role.CREATIVE, key)
    (stay,) = Stay.objects.filter(person=lin)
    assert stay.booking_id == offer.booking_id
    assert kinds("stay.") == ["stay.opened"]
    assert kinds() == ["offer.sent", "offer.accepted"]
    assert kinds("booking.") == ["booking.held", "booking.requested", "booking.approved"]
    (gained,) = Entry.objects.filter(kind="role.changed")
    assert gained.data == {"before": "applicant", "after": "creative"}


def test_who_has_a_role_already_keeps_it(lab, ada, sam):
    offer = sent(applied(ada, sam), sam)
    actions.accept_offer(offer.pk, by=ada, at=LATER)
    ada.refresh_from_db()
    assert ada.role == Role.CREATIVE
    assert not Entry.objects.filter(kind="role.changed").exists()


def test_nobody_else_answers_and_strangers_find_nothing(lab, lin, ada, sam, offer):
    for act in (
        lambda by: actions.accept_offer(offer.pk, by=by, at=LATER),
        lambda by: actions.refuse_offer(offer.pk, by=by, at=LATER),
        lambda by: actions.ask_for_another_time(offer.pk, "May", by=by, at=LATER),
    ):
        with pytest.raises(NotAllowed):
            act(sam)
        with pytest.raises(NotThere):
            act(ada)
    for act in (actions.prolong, actions.call_back):
        with pytest.raises(NotAllowed):
            act(offer.pk, ANSWER_BY + DAY if act is actions.prolong else "No", by=lin, at=LATER)
    assert stands(offer) == ("open", "offered", "held")


def test_declining_frees_the_studio_at_once(lab, lin, ada, sam, offer):
    for _again in range(2):
        actions.refuse_offer(offer.pk, "I am in Rome.", by=lin, at=LATER)
    assert stands(offer) == ("refused", "refused", "withdrawn")
    assert now(offer).answer == "I am in Rome."
    assert kinds() == ["offer.sent", "offer.refused"]
    assert sent(applied(ada, sam, code="TAVI"), sam, at=LATER).state == "open"


def test_it_lapses_with_its_hold_in_one_act_and_no_earlier(lab, lin, sam, offer):
    for early in (ANSWER_BY - MINUTE, ANSWER_BY - timedelta(seconds=1)):
        scheduled.tick(early)
        clock_of_bookings.tick(early)
    assert stands(offer) == ("open", "offered", "held")
    clock_of_bookings.tick(ANSWER_BY)
    assert stands(offer) == ("open", "offered", "held")
    assert scheduled.tick(ANSWER_BY) == 1
    assert scheduled.tick(ANSWER_BY + MINUTE) == 0
    assert stands(offer) == ("lapsed", "lapsed", "expired")
    with pytest.raises(WrongState, match="lapsed on Monday 15 March 2027"):
        actions.accept_offer(offer.pk, by=lin, at=ANSWER_BY + HOUR)
    assert kinds()[-1] == "offer.lapsed"


def test_nothing_is_accepted_late_even_where_the_clock_has_not_been_by(lab, lin, sam, offer):
    for act in (actions.accept_offer, actions.refuse_offer):
        with pytest.raises(WrongState, match="The answer was due on"):
            act(offer.pk, by=lin, at=ANSWER_BY)
    with pytest.raises(WrongState):
        actions.prolong(offer.pk, ANSWER_BY + DAY, by=sam, at=ANSWER_BY)
    lin.refresh_from_db()
    assert lin.role == Role.APPLICANT


def test_more_time_is_for_the_offer_and_its_hold_together(lab, lin, sam, offer):
    for wrong in (ANSWER_BY, NOW, offer.starts_at + MINUTE):
        with pytest.raises(Malformed):
            actions.prolong(offer.pk, wrong, by=sam, at=LATER)
    until = ANSWER_BY + 3 * DAY
    actions.prolong(offer.pk, until, by=sam, at=LATER)
    assert (now(offer).answer_by, now(offer.booking).hold_until) == (until, until)
    scheduled.tick(ANSWER_BY + HOUR)
    assert actions.accept_offer(offer.pk, by=lin, at=ANSWER_BY + HOUR).state == "accepted"
    (told,) = Entry.objects.filter(kind="offer.prolonged")
    assert datetime.fromisoformat(told.data["was_due"]) == ANSWER_BY


def test_called_back_with_a_reason_it_may_be_offered_anew(lab, lin, sam, offer):
    with pytest.raises(ValidationError):
        actions.call_back(offer.pk, "  ", by=sam, at=LATER)
    actions.call_back(offer.pk, "Water damage.", by=sam, at=LATER)
    assert stands(offer) == ("called_back", "called_back", "withdrawn")
    with pytest.raises(WrongState, match="called this offer back"):
        actions.accept_offer(offer.pk, by=lin, at=LATER)
    anew = sent(now(offer.application), sam, at=LATER, studio="studio-2")
    assert stands(anew) == ("open", "offered", "held")


def test_another_time_is_a_message_and_changes_nothing(lab, lin, sam, offer):
    with pytest.raises(Malformed):
        actions.ask_for_another_time(offer.pk, " ", by=lin, at=LATER)
    for at in (LATER, LATER + HOUR):
        actions.ask_for_another_time(offer.pk, "From June on?", by=lin, at=at)
    assert (now(offer).asked, now(offer).asked_at) == ("From June on?", LATER)
    assert kinds() == ["offer.sent", "offer.asked"]
    assert stands(offer) == ("open", "offered", "held")


def test_reminders_at_half_time_and_on_the_last_day_once_and_anew_with_more_time(
    lab, lin, sam, offer
):
    for at in (NOW + 6 * DAY, NOW + 7 * DAY, NOW + 8 * DAY, ANSWER_BY - DAY, ANSWER_BY - HOUR):
        scheduled.tick(at)
        scheduled.tick(at)
    assert kinds() == ["offer.sent", "offer.half_time", "offer.last_day"]
    assert Entry.objects.get(kind="offer.half_time").at == NOW + 7 * DAY
    actions.prolong(offer.pk, ANSWER_BY + 10 * DAY, by=sam, at=ANSWER_BY - HOUR)
    scheduled.tick(ANSWER_BY + 9 * DAY + HOUR)
    assert kinds()[-1] == "offer.last_day"


def test_what_fell_due_while_the_house_was_down_is_for_staff_to_settle(lab, lin, sam, offer):
    Outage.objects.create(began_at=ANSWER_BY - HOUR, ended_at=ANSWER_BY + HOUR)
    later = ANSWER_BY + 2 * HOUR
    assert scheduled.tick(later) == 0
    assert stands(offer) == ("open", "offered", "held")
    actions.prolong(offer.pk, later + DAY, by=sam, at=later)
    assert actions.accept_offer(offer.pk, by=lin, at=later + HOUR).state == "accepted"


def test_whoever_leaves_the_house_has_no_offer_any_more(lab, lin, sam, offer):
    settle_departure(lin, {offer.booking_id: Becomes.CANCEL}, by=lin, at=LATER)
    with pytest.raises(WrongState, match="withdrawn"):
        actions.accept_offer(offer.pk, by=lin, at=LATER)
    assert scheduled.tick(LATER) == 1
    assert stands(offer) == ("lapsed", "lapsed", "withdrawn")
    assert Entry.objects.get(kind="offer.lapsed").data["gone"] is True
    assert scheduled.tick(ANSWER_BY) == 0


def test_staff_put_somebody_on_the_reserve_list(lab, lin, sam, offer):
    scheduled.tick(ANSWER_BY)
    application = offer.application
    with pytest.raises(NotAllowed):
        actions.put_on_reserve(application.pk, by=lin, at=ANSWER_BY + HOUR)
    actions.put_on_reserve(application.pk, by=sam, at=ANSWER_BY + HOUR)
    assert now(application).state == "reserve"
    with pytest.raises(WrongState):
        actions.put_on_reserve(application.pk, by=sam, at=ANSWER_BY + HOUR)
    assert kinds("application.") == ["application.reserve"]


def test_no_clock_sends_an_offer_or_a_decline(lab, lin, ada, sam, offer):
    """GDPR article 22: a person's act stands behind each. A place becomes free, somebody on the
    list could have it, and weeks of ticks offer nothing to anybody and decline nobody."""
    waiting = applied(ada, sam, state="reserve", code="TAVI")
    for day in range(40):
        scheduled.tick(NOW + day * DAY)
    assert stands(offer) == ("lapsed", "lapsed", "expired")
    assert (Offer.objects.count(), now(waiting).state) == (1, "reserve")
    actor = Entry.objects.filter(objects_touched__qualifier="actor").values("pk")
    alone = set(Entry.objects.exclude(pk__in=actor).values_list("kind", flat=True))
    offers = {each for each in alone if each.startswith(("offer.", "application."))}
    assert offers == {"offer.half_time", "offer.last_day", "offer.lapsed"}
