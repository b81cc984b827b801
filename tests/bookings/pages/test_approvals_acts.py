"""Answering the queue by its forms alone, as a browser without JavaScript does."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from labbooking.bookings import actions
from labbooking.bookings.actions import scheduled
from labbooking.bookings.actions.reply_templates import add_reason
from labbooking.bookings.models import Approver, Booking
from labbooking.period import HOUR
from tests.bookings.days import booked, hours, said
from tests.lab import new_rules

pytestmark = pytest.mark.django_db

QUEUE = "next=/approvals/"


def act(client, booking, name, **data):
    return client.post(f"/bookings/{booking.pk}/{name}/?{QUEUE}", data, follow=True)


def undo_form(page):
    found = re.search(r'action="(/bookings/\d+/undo/[^"]*)" data-undo="(\d+)"', page)
    return found and (found[1].replace("&amp;", "&"), int(found[2]))


@pytest.mark.parametrize("name", ["approve", "decline"])
def test_a_decision_can_be_taken_back_from_the_page_that_comes(lab, ada, sam, signed_in, name):
    (booking,) = booked(ada, "ar-headset-1")
    client = signed_in(sam)

    url, seconds = undo_form(said(act(client, booking, name, reason="No.")))
    assert 25 <= seconds <= 30
    page = said(client.post(url, follow=True))

    booking.refresh_from_db()
    assert booking.state == "requested"
    assert "Ada’s request is waiting for an answer again" in page
    assert undo_form(page) is None


def test_undo_is_still_there_when_the_page_is_opened_again(lab, ada, sam, kim, signed_in):
    (booking,) = booked(ada, "ar-headset-1")
    client = signed_in(sam)
    act(client, booking, "approve")

    assert undo_form(said(client.get("/approvals/")))
    assert undo_form(said(signed_in(kim).get("/approvals/"))) is None


def test_undo_that_comes_too_late_says_so(lab, ada, sam, signed_in):
    (booking,) = booked(ada, "ar-headset-1")
    client = signed_in(sam)
    act(client, booking, "approve")
    Booking.objects.update(decided_at=timezone.now() - timedelta(seconds=31))

    assert "A decision can be undone for 30 seconds" in said(act(client, booking, "undo"))
    booking.refresh_from_db()
    assert booking.state == "approved"


def test_a_no_whose_time_is_gone_stands_and_says_so(lab, ada, ben, sam, signed_in):
    (booking,) = booked(ada, "ar-headset-1")
    client = signed_in(sam)
    act(client, booking, "decline", reason="Broken.")
    booked(ben, "ar-headset-1")

    assert "so the decision stands" in said(act(client, booking, "undo"))


def test_of_a_bundle_staff_choose_what_to_confirm(lab, ada, sam, signed_in):
    (booking,) = booked(ada, "ar-headset-1", "board-1")
    client = signed_in(sam)

    page = said(client.get(f"/bookings/{booking.pk}/?ask=part&{QUEUE}"))
    assert re.findall(r'name="things" value="([\w-]+)"', page) == ["ar-headset-1", "board-1"]
    assert 'name="dates"' not in page
    answer = act(client, booking, "part", told="things", things="board-1", reason="Lent out.")

    assert "Board 1 confirmed" in said(answer)
    detail = said(signed_in(ada).get(f"/bookings/{booking.pk}/"))
    assert "Not confirmed" in detail
    assert "Lent out." in detail


def test_of_a_series_staff_choose_the_dates(lab, ada, sam, signed_in):
    dates = booked(ada, "board-1", rrule="FREQ=WEEKLY;COUNT=3")
    client = signed_in(sam)

    page = said(client.get(f"/bookings/{dates[0].pk}/?ask=part&{QUEUE}"))
    assert re.findall(r'name="dates" value="(\d+)"', page) == [str(each.pk) for each in dates]
    ready = add_reason(("Wir putzen.", "We are cleaning."), by=sam, at=timezone.now())
    data = {"told": "dates", "dates": [dates[1].pk], "ready": ready.pk}
    assert "1 of 3 dates confirmed" in said(act(client, dates[0], "part", **data))

    found = Booking.objects.order_by("starts_at").values_list("state", flat=True)
    assert list(found) == ["declined", "approved", "declined"]


def test_a_list_without_a_mark_is_nothing_and_not_everything(lab, ada, sam, signed_in):
    (booking,) = booked(ada, "ar-headset-1", "board-1")

    answer = act(signed_in(sam), booking, "part", told="things", reason="No.")

    assert "Nothing would be left to approve" in said(answer)
    assert answer.redirect_chain[-1][0].startswith(f"/bookings/{booking.pk}/?ask=part")
    booking.refresh_from_db()
    assert booking.state == "requested"


def test_a_question_goes_there_and_back(lab, ada, sam, signed_in):
    (booking,) = booked(ada, "ar-headset-1")
    staff, hers = signed_in(sam), signed_in(ada)

    page = said(act(staff, booking, "ask", text="How many <people>?"))
    assert "question asked" in page
    assert "<q>How many &lt;people&gt;?</q>" in page
    assert "Staff have a question. Answer by" in said(hers.get("/bookings/"))
    page = said(hers.get(f"/bookings/{booking.pk}/?ask=answer"))
    assert "How many &lt;people&gt;?" in page
    hers.post(f"/bookings/{booking.pk}/answer/", {"text": "Four."})

    page = said(staff.get("/approvals/"))
    assert "answered" in page
    assert "<q>Four.</q>" in page


def test_a_question_without_words_is_asked_for_again(lab, ada, sam, signed_in):
    (booking,) = booked(ada, "ar-headset-1")

    answer = act(signed_in(sam), booking, "ask", text=" ")

    assert "Write what you would like to know." in said(answer)
    assert 'name="text"' in said(answer)


@pytest.mark.parametrize("name", ["part", "ask", "answer", "undo"])
def test_who_may_do_what(lab, ada, ben, sam, rui, client, signed_in, name):
    (booking,) = booked(ada, "ar-headset-1", "board-1")
    if name == "answer":
        actions.ask(booking.pk, question="What for?", by=sam, at=timezone.now())
    if name == "undo":
        actions.approve(booking.pk, by=sam, at=timezone.now())
    data = {"text": "Words.", "told": "things", "things": ["board-1"], "reason": "Lent out."}
    url = f"/bookings/{booking.pk}/{name}/"

    assert "/login/" in client.post(url, data).url
    assert signed_in(ben).post(url, data).status_code == 404
    assert signed_in(rui).post(url, data).status_code == 404
    of_staff, of_the_person = signed_in(sam), signed_in(ada)
    allowed, refused = (of_the_person, of_staff) if name == "answer" else (of_staff, of_the_person)
    assert refused.post(url, data).status_code == 403
    assert allowed.post(url, data).status_code == 302
    assert allowed.get(url).status_code == 405


def test_the_queue_marks_what_is_overdue_and_says_who_decides(lab, ada, ben, sam, kim, signed_in):
    new_rules(lab["board-1"].type, approval="staff", escalate_after=HOUR)
    Approver.objects.create(type=lab["board-1"].type, person=sam)
    Approver.objects.create(type=lab["board-1"].type, person=kim, is_deputy=True)
    ago = timezone.now() - 2 * HOUR
    booked(ben, "ar-headset-1", period=hours(9))
    booked(ada, "board-1", at=ago)
    scheduled.tick(ago + HOUR)

    page = said(signed_in(sam).get("/approvals/"))

    assert re.findall(r'<h2 id="request-\d+">(\w+)', page) == ["Ada", "Ben"]
    assert page.count(">overdue<") == 1
    assert '<dt>Boards</dt><dd>Sam <span class="soft">· deputies: Kim</span></dd>' in page
    assert "<dt>Ar-Headsets</dt><dd>all staff</dd>" in page


def test_rivals_stand_in_columns_with_what_is_known_of_each(lab, ada, ben, sam, signed_in):
    missed = booked(ben, "seat-1")[0]
    Booking.objects.filter(pk=missed.pk).update(state="no_show")
    booked(ada, "ar-headset-1", purpose="Storyboard")
    booked(ben, "ar-headset-2", purpose="Rehearsal")

    page = said(signed_in(sam).get("/approvals/"))
    table = re.search(r"<table.*?</table>", page)[0]

    assert re.findall(r'<th scope="col">(?:<a[^>]*>)?(\w+)', table) == ["Ada", "Ben"]
    assert "<td>Storyboard</td><td>Rehearsal</td>" in table
    assert "always came, nothing late</span> </td><td>" in table
    assert "1 no-show" in table


def test_what_is_left_of_the_quota(lab, ada, sam, signed_in):
    new_rules(lab["ar-headset-1"].type, approval="staff", at_once=3, hours_a_week=10)
    new_rules(lab["board-1"].type, approval="staff")
    booked(ada, "ar-headset-1", period=hours(10, "09:00", "11:00"))
    booked(ada, "ar-headset-2", period=hours(10, "11:15", "13:15"))
    booked(ada, "ar-headset-3", "board-1", period=hours(10, "10:00", "12:00"))

    page = said(signed_in(sam).get("/approvals/"))

    assert page.count("2 of 3 at once, with this") == 3
    assert page.count("6 of 10 hours that week, with this") == 3
