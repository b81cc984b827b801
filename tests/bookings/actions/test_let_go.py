"""What was let go from a bundle says so itself, on both engines, and everything that reads
bookings leaves it out."""

import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from labbooking import guards
from labbooking.bookings import actions
from labbooking.bookings.actions.move import move
from labbooking.bookings.demand.spec import BookingSpec
from labbooking.bookings.models import Allocation, Booking
from labbooking.errors import SlotTaken
from labbooking.period import HOUR, MINUTE, Period
from tests.bookings.days import hours, said
from tests.bookings.deciding import NOW, SLOT, asked, taken

BEFORE = "0006_state_words"


def in_part(ada, sam, *things, keep, at=NOW, **more):
    (booking,) = asked(ada, *things, at=at, **more)
    actions.approve_part(booking.pk, keep=keep, reason="Broken.", by=sam, at=at)
    return Booking.objects.get(pk=booking.pk)


@pytest.mark.django_db
def test_a_thing_let_go_tells_when_and_takes_no_time(lab, ada, sam):
    booking = in_part(ada, sam, "ar-headset-1", "board-1", keep=["board-1"])

    (let_go,) = booking.not_given
    assert (let_go.resource.slug, let_go.whole, let_go.active) == ("ar-headset-1", None, False)
    assert let_go.let_go_at == booking.decided_at == NOW
    assert [each.resource.slug for each in booking.named] == ["board-1"]


@pytest.mark.django_db
def test_the_parts_of_a_whole_go_with_it_and_are_not_told_one_by_one(lab, ada, sam):
    booking = in_part(ada, sam, "workspace", "board-1", keep=["board-1"])

    assert [each.resource.slug for each in booking.not_given] == ["workspace"]
    assert Allocation.objects.exclude(let_go_at=None).count() == 11
    assert taken() == ["board-1"]


@pytest.mark.django_db
def test_a_decision_taken_back_forgets_it(lab, ada, sam):
    booking = in_part(ada, sam, "workspace", "board-1", keep=["board-1"])

    actions.undo_decision(booking.pk, by=sam, at=NOW)

    assert not Allocation.objects.exclude(let_go_at=None).exists()
    assert len(taken()) == 12


@pytest.mark.django_db
def test_a_booking_that_moves_remembers_what_it_was_not_given(lab, ada, sam):
    booking = in_part(ada, sam, "ar-headset-1", "board-1", keep=["board-1"])
    later = Period(SLOT.start + HOUR, SLOT.end + HOUR)

    move(booking.pk, by=sam, at=NOW, to=later)

    (let_go,) = Booking.objects.get(pk=booking.pk).not_given
    assert (let_go.period, let_go.guarded) == (later, later.widened(0 * HOUR, 15 * MINUTE))
    assert taken() == ["board-1"]


@pytest.mark.django_db
def test_bringing_things_back_early_leaves_what_was_let_go_as_it_was(lab, ada, sam):
    booking = in_part(ada, sam, "ar-headset-1", "board-1", keep=["board-1"])
    actions.check_in(booking.pk, by=sam, at=SLOT.start)

    actions.check_out(booking.pk, by=sam, at=SLOT.start + HOUR)

    (let_go,) = Booking.objects.get(pk=booking.pk).not_given
    assert (let_go.period, let_go.active) == (SLOT, False)


@pytest.mark.django_db
def test_pages_the_api_and_lists_tell_it_apart(lab, ada, sam, signed_in):
    at = timezone.now()
    booking = in_part(
        ada, sam, "ar-headset-1", "board-1", keep=["board-1"], at=at, period=hours(10)
    )
    browser = signed_in(sam)

    page = said(browser.get(f"/bookings/{booking.pk}/"))
    told = browser.get(f"/api/v1/bookings/{booking.pk}").json()

    assert "Not confirmed" in page
    assert [each["resource"] for each in told["allocations"]] == ["board-1"]
    assert told["not_given"] == ["ar-headset-1"]
    for slug, count in (("board-1", 1), ("ar-headset-1", 0)):
        items = browser.get("/api/v1/bookings/", {"resource": slug}).json()["items"]
        assert len(items) == count
        listed = said(browser.get("/bookings/", {"resource": slug}))
        assert ("No booking matches." in listed) == (count == 0)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "changes", [{"active": True}, {"whole": "itself"}], ids=["takes time", "its own whole"]
)
def test_the_database_refuses_what_contradicts_itself(lab, ada, sam, changes):
    in_part(ada, sam, "ar-headset-1", "board-1", keep=["board-1"])
    let_go = Allocation.objects.exclude(let_go_at=None).get()
    values = {key: let_go.resource if it == "itself" else it for key, it in changes.items()}

    with pytest.raises(IntegrityError), transaction.atomic():
        Allocation.objects.filter(pk=let_go.pk).update(**values)


@pytest.mark.django_db(transaction=True)
def test_what_was_marked_as_its_own_whole_is_read_from_older_labs(lab, ada, sam):
    booking = in_part(ada, sam, "workspace", "board-1", keep=["board-1"])
    call_command("migrate", "bookings", BEFORE, verbosity=0)
    try:
        old = MigrationExecutor(connection).loader.project_state(("bookings", BEFORE))
        marked = old.apps.get_model("bookings", "Allocation").objects.filter(booking=booking.pk)
        assert marked.get(resource=lab["workspace"].pk).whole_id == lab["workspace"].pk
        assert guards.missing(connection) == []
    finally:
        call_command("migrate", verbosity=0)

    assert guards.missing(connection) == []
    booking = Booking.objects.get(pk=booking.pk)
    assert [each.resource.slug for each in booking.not_given] == ["workspace"]
    let_go = Allocation.objects.filter(let_go_at=NOW)
    assert (let_go.count(), let_go.filter(whole=lab["workspace"]).count()) == (11, 10)
    with pytest.raises(SlotTaken):
        actions.request(BookingSpec(SLOT, ("board-1",)), by=ada, at=NOW)
