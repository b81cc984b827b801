"""The basket of the board: what is chosen, in words; and the sheet that asks whether it changed."""

import re

from django.test import Client
from django.utils import timezone

from labbooking.bookings import actions
from labbooking.bookings.actions.closures import close
from labbooking.bookings.models import Booking
from tests.bookings.days import booked, day, hours, said


def basket(client, *slugs, start="10:00", end="12:00", number=5):
    query = {"resource": slugs, "from": f"{day(number)}T{start}", "to": f"{day(number)}T{end}"}
    return client.get("/board/basket/", query, headers={"accept-language": "en"})


def test_it_says_what_is_chosen_and_whose_yes_it_needs(lab, ada, signed_in):
    page = said(basket(signed_in(ada), "seat-2", "ar-headset-1"))
    assert "10:00–12:00: Seat 2 and Ar Headset 1" in page
    assert "2 hours. Free; staff need to approve it." in page
    assert "/book/?resource=seat-2&amp;resource=ar-headset-1&amp;from=" in page
    assert Booking.objects.count() == 0


def test_seats_alone_are_there_at_once(lab, ada, signed_in):
    assert "Free, and yours at once" in said(basket(signed_in(ada), "seat-2"))


def test_what_stands_in_the_way_is_said(lab, nia, ben, signed_in):
    assert "you need an induction first" in said(basket(signed_in(nia), "ar-headset-1"))
    booked(ben, "seat-2", period=hours(5))
    taken = said(basket(signed_in(nia), "seat-2"))
    assert "cannot be booked as it is" in taken
    assert "Ben" not in taken


def test_strangers_are_told_to_sign_in(lab):
    assert "Sign in to ask for it" in said(basket(Client(), "seat-2"))


def test_a_stay_runs_from_arrival_to_departure(lab, ada, signed_in):
    query = {"resource": "studio-1", "from": f"{day(5)}", "to": f"{day(8)}"}
    page = said(signed_in(ada).get("/board/basket/", query))
    assert "3 nights" in page
    assert f"from={day(5)}&amp;to={day(8)}" in page


def test_a_room_for_the_night_does_not_go_with_a_seat(lab, ada, signed_in):
    page = said(basket(signed_in(ada), "studio-1", "seat-1", end="10:00"))
    assert "on their own" in page or "Nothing can be booked" in page


def test_what_is_no_time_or_no_thing_is_refused(lab):
    assert basket(Client(), "seat-2", start="later").status_code == 400
    assert basket(Client(), "seat-2", start="12:00", end="10:00").status_code == 400
    assert basket(Client(), "teapot").status_code == 400
    assert basket(Client()).status_code == 400


def sheet(client, etag="", **query):
    headers = {"X-Board": "sheet", "If-None-Match": etag}
    return client.get("/board/", {"day": f"{day(5)}", **query}, headers=headers)


def test_the_sheet_is_sent_again_only_when_something_changed(lab, ada, ben, signed_in):
    client = signed_in(ada)
    first = sheet(client)
    assert first.status_code == 200
    assert b"<html" not in first.content
    same = sheet(client, first["ETag"])
    assert (same.status_code, same.content) == (304, b"")

    (booking,) = booked(ben, "seat-3", period=hours(5))
    changed = sheet(client, first["ETag"])
    assert changed.status_code == 200
    assert b"block--busy" in changed.content
    assert sheet(client, changed["ETag"]).status_code == 304

    actions.cancel(booking.pk, by=ben, at=timezone.now())
    assert sheet(client, changed["ETag"]).status_code == 200


def test_what_is_closed_and_what_is_free_comes_with_the_sheet(lab, ada, signed_in):
    """They stand beside it, and an open board exchanges them too."""
    client = signed_in(ada)
    first = sheet(client)
    assert b"Closed on these days" not in first.content
    closed = {"reason_de": "Putztag", "reason_en": "Cleaning day", "by": None}
    close([lab["seat-1"]], hours(5), **closed, at=timezone.now())

    told = sheet(client, first["ETag"]).content.decode()
    assert "Closed on these days" in told
    assert "Cleaning day" in told
    page = client.get("/board/", {"day": f"{day(5)}"}).content.decode()
    for name in ("closed", "free"):
        (part,) = re.findall(
            rf'<(?:section|p)[^>]*data-live="{name}".*?</(?:section|p)>', told, re.DOTALL
        )
        assert part in page


def test_nobody_is_told_that_another_s_sheet_is_theirs(lab, ada, ben, signed_in):
    booked(ada, "seat-3", period=hours(5), purpose="Zirkuspferd")
    hers = sheet(signed_in(ada))
    assert b"Zirkuspferd" in hers.content
    his = sheet(signed_in(ben), hers["ETag"])
    assert his.status_code == 200
    assert b"Zirkuspferd" not in his.content
    assert sheet(signed_in(ada), hers["ETag"], view="week").status_code == 200


def test_that_nothing_changed_costs_few_queries(lab, ada, signed_in, django_assert_max_num_queries):
    client = signed_in(ada)
    etag = sheet(client)["ETag"]
    with django_assert_max_num_queries(3):
        assert sheet(client, etag).status_code == 304
