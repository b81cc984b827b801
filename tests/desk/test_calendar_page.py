"""Staff take a calendar over in the browser: they see the plan, and say yes to that plan."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from labbooking.bookings.actions.closures import close
from labbooking.bookings.models import Closure
from labbooking.journal.models import Entry
from tests.bookings.days import booked, day, hours, said
from tests.desk.calendar_page import PAGE, agreed, give, on

pytestmark = pytest.mark.django_db


def test_a_calendar_is_looked_at_agreed_to_and_closed(lab, sam, signed_in):
    browser = signed_in(sam)
    events = on(10), on(20, "u2", summary="Betriebsferien")
    plan = give(browser, *events)

    assert "Newly closed (2)" in said(plan)
    assert "Betriebsferien" in said(plan)
    assert not Closure.objects.exists()

    done = browser.post(PAGE, agreed(plan), follow=True)
    assert "2 dates are closed." in said(done)
    assert "Betriebsferien" in said(done)
    assert {each.made_by for each in Closure.objects.all()} == {sam}
    assert Entry.objects.filter(kind="resource.closed").count() == 2
    assert "Nothing would change" in said(give(browser, *events))


def test_what_is_new_gone_and_changed_is_told_apart(lab, sam, signed_in):
    browser = signed_in(sam)
    browser.post(PAGE, agreed(give(browser, on(10), on(11, "u2"), on(12, "u3"))))

    plan = give(browser, on(10, "u1", "STATUS:CANCELLED"), on(15, "u2"), on(12, "u3"), on(16, "u4"))

    words = said(plan)
    for told in ("Newly closed (1)", "Changed (1)", "Open again (1)", "1 date is known already."):
        assert told in words
    assert "from now on" in words
    done = browser.post(PAGE, agreed(plan), follow=True)
    assert "2 dates are closed. 2 are open again." in said(done)


def test_clashes_are_named_and_only_what_fits_is_a_choice(lab, ada, sam, signed_in):
    browser = signed_in(sam)
    (booking,) = booked(ada, "seat-1")
    plan = give(browser, on(10, "u1", summary="Putz"), on(20, "u2"), on(30, "u3", "DURATION:-P1D"))

    words = said(plan)
    for told in ("Not all of it fits", "Putz", f"/bookings/{booking.pk}/", "Ada", "Line 14"):
        assert told in words
    refused = browser.post(PAGE, agreed(plan), follow=True)
    assert "it ends before it starts" in said(refused)
    assert not Closure.objects.exists()

    browser.post(PAGE, agreed(plan, only_what_fits="on"))
    assert Closure.objects.get().period.start.date() <= day(20)


def test_a_plan_that_changed_meanwhile_is_shown_anew(lab, ada, sam, signed_in):
    browser = signed_in(sam)
    plan = give(browser, on(10))
    booked(ada, "seat-1")
    shown = browser.post(PAGE, agreed(plan))
    assert shown.status_code == 409
    assert "Something has changed meanwhile" in said(shown)
    assert "Booked already (1)" in said(shown)
    assert not Closure.objects.exists()


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"what": "seat-1"}, "This field is required."),
        ({"what": "kiln"}, "Select a valid choice"),
        ({"what": "seat-1", "file": b"hello"}, "This is not an iCalendar file"),
    ],
)
def test_what_is_no_calendar_says_so(lab, sam, signed_in, fields, sentence):
    if "file" in fields:
        fields = fields | {"file": SimpleUploadedFile("x.ics", fields["file"])}
    page = signed_in(sam).post(PAGE, fields)
    assert page.status_code == 422
    assert sentence in said(page)


@pytest.mark.parametrize("carried", ["", "no letters of this kind", "AAAA"])
def test_a_calendar_that_does_not_arrive_whole_changes_nothing(lab, sam, signed_in, carried):
    fields = {"what": "seat-1", "name": "x.ics", "carried": carried, "seen": "x"}
    page = signed_in(sam).post(PAGE, fields, follow=True)
    assert "did not arrive whole" in said(page)


def test_another_s_calendar_of_the_same_thing_is_left_alone(lab, sam, signed_in):
    period = hours(25)
    close([lab["seat-1"]], period, reason_de="Zu", reason_en="Shut", by=sam, at=timezone.now())
    plan = give(signed_in(sam), on(10))
    assert "Shut" not in said(plan)


def test_many_dates_take_no_more_queries_and_are_not_all_told(
    lab, ada, sam, signed_in, django_assert_max_num_queries
):
    browser = signed_in(sam)

    def queries(*events):
        with django_assert_max_num_queries(25) as counted:
            page = give(browser, *events)
        return len(counted), said(page)

    booked(ada, "seat-1")
    queries(on(10))
    with_one, _words = queries(on(10), on(11, "u2"))
    with_many, words = queries(on(10), *(on(11 + n, f"u{n}") for n in range(2, 40)))
    assert with_many == with_one
    assert "and 18 more" in words


def test_the_closures_page_leads_there(lab, sam, ada, signed_in):
    assert f'href="{PAGE}"' in said(signed_in(sam).get("/desk/closures/"))
