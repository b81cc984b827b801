"""The pages of an offer: for whoever got it, and for staff."""

import pytest
from django.test import Client
from django.utils import timezone

from labbooking.journal.models import Entry
from labbooking.period import DAY, MINUTE
from labbooking.residencies.offers.actions import scheduled
from labbooking.residencies.offers.models import Offer
from labbooking.residencies.stays.models import Stay
from residents.models import Role
from tests.bookings.days import said as words
from tests.bookings.intake.asking import answers, asks
from tests.people import person
from tests.residencies.calling import open_at
from tests.residencies.offers.offering import applied, around, now, sent, stands

pytestmark = pytest.mark.django_db


@pytest.fixture
def lin(db):
    return person("Lin", Role.APPLICANT, time_zone="America/New_York")


@pytest.fixture
def application(lab, lin, sam):
    open_at(sam, timezone.now(), slug="summer")
    return applied(lin, sam)


@pytest.fixture
def offer(application, sam):
    at = timezone.now()
    return sent(application, sam, at=at, words="We liked the bell.", **around(at))


def test_its_person_reads_and_accepts_it_by_one_press(offer, lin, sam, signed_in):
    browser = signed_in(lin)
    assert "See the offer: Studio 1" in words(browser.get("/today/"))
    page = words(browser.get(f"/offers/{offer.pk}/"))
    for told in ("Studio 1", "(28 nights)", "1,200 euros a month", "in New York", "Rules",
                 "We liked the bell.", "Electricity is included."):  # fmt: skip
        assert told in page, told
    for _twice in range(2):
        answer = browser.post(f"/offers/{offer.pk}/accept/")
        assert (answer.status_code, answer.url) == (302, f"/offers/{offer.pk}/")
    assert stands(offer) == ("accepted", "accepted", "approved")
    assert Entry.objects.filter(kind="offer.accepted").count() == 1
    page = browser.get(f"/offers/{offer.pk}/")
    assert "This offer was accepted" in words(page)
    assert f'"/stays/{Stay.objects.get().pk}/"' in page.content.decode()


def test_accepted_after_it_lapsed_it_says_what_happened(offer, lin, signed_in):
    Offer.objects.update(answer_by=timezone.now() - MINUTE)
    browser = signed_in(lin)
    late = browser.post(f"/offers/{offer.pk}/accept/")
    assert late.status_code == 409
    assert "The answer was due on" in words(late)
    scheduled.tick(timezone.now())
    late = browser.post(f"/offers/{offer.pk}/accept/")
    assert late.status_code == 409
    assert "it lapsed on" in words(late)
    assert "Accept the offer" not in words(late)


def test_it_is_declined_or_another_time_asked_for_in_words(offer, lin, sam, signed_in):
    browser = signed_in(lin)
    asking = f"/offers/{offer.pk}/another-time/"
    assert browser.get(asking).status_code == 200
    assert browser.post(asking, {"words": ""}).status_code == 422
    assert browser.post(asking, {"words": "In June?\r\nOr July."}).status_code == 302
    assert now(offer).asked == "In June?\nOr July."
    assert "In June?" in words(signed_in(sam).get(f"/offers/{offer.pk}/"))

    declining = f"/offers/{offer.pk}/decline/"
    assert "cannot be taken back" in words(browser.get(declining))
    assert browser.post(declining, {"words": ""}).status_code == 302
    assert stands(offer) == ("refused", "refused", "withdrawn")
    assert browser.get(declining).url == f"/offers/{offer.pk}/"
    assert browser.post(declining, {"words": ""}).status_code == 302
    assert "declined" in words(browser.get("/offers/"))


def test_what_the_studio_asks_is_answered_when_it_is_accepted(offer, lin, sam, signed_in):
    question = asks("studio", by=sam)
    browser = signed_in(lin)
    assert question.text in words(browser.get(f"/offers/{offer.pk}/"))
    refused = browser.post(f"/offers/{offer.pk}/accept/")
    assert refused.status_code == 422
    assert stands(offer) == ("open", "offered", "held")
    typed = {f"answer-{question.key}": "upright", f"asked-{question.key}": "1"}
    assert browser.post(f"/offers/{offer.pk}/accept/", typed).status_code == 302
    assert answers(offer.booking) == {question.key: "upright"}


def test_staff_send_what_they_have_seen_first(application, lin, sam, ada, signed_in):
    browser, at = signed_in(sam), timezone.now()
    assert "Lin" in words(browser.get("/offers/"))
    page = f"/offers/new/{application.pk}/"
    assert browser.get(page).status_code == 200
    days = around(at)
    typed = {
        "studio": "studio-1",
        "arrive": days["arrive"].isoformat(),
        "depart": days["depart"].isoformat(),
        "answer_by": f"{(at + 10 * DAY).date()}T18:00",
        "words": "Come!\r\nDo.",
    }
    assert browser.post(page, typed | {"depart": typed["arrive"]}).status_code == 422
    seen = browser.post(page, typed)
    assert "Send this offer?" in words(seen)
    assert "(28 nights)" in words(seen)
    assert not Offer.objects.exists()
    assert "Look at it first" in words(browser.post(page, typed | {"back": "1"}))
    answer = browser.post(page, typed | {"send": "1"})
    offer = Offer.objects.get()
    assert answer.url == f"/offers/{offer.pk}/"
    assert (offer.words, stands(offer)) == ("Come!\nDo.", ("open", "offered", "held"))
    # Into the same place: refused with what is there, on the page and before anything is sent.
    other = applied(ada, sam, code="TAVI")
    taken = browser.post(f"/offers/new/{other.pk}/", typed)
    assert taken.status_code == 409
    assert "Studio 1 is taken then. There is: Lin" in words(taken)
    assert browser.get(page).status_code == 404


def test_staff_give_more_time_call_back_and_see_who_is_next(offer, ada, lin, sam, signed_in):
    waiting = applied(ada, sam, state="reserve", code="TAVI", earliest=None, latest=None,
                      weeks_min=2, weeks_max=8)  # fmt: skip
    browser = signed_in(sam)
    page = words(browser.get(f"/offers/{offer.pk}/"))
    assert "Ada" in page
    assert "Accept the offer" not in page
    longer = f"/offers/{offer.pk}/prolong/"
    assert browser.get(longer).status_code == 200
    assert browser.post(longer, {"until": f"{timezone.now().date()}T00:00"}).status_code == 400
    until = f"{(timezone.now() + 20 * DAY).date()}T18:00"
    assert browser.post(longer, {"until": until}).status_code == 302
    assert now(offer).answer_by > offer.answer_by

    back = f"/offers/{offer.pk}/call-back/"
    assert browser.get(back).status_code == 200
    assert browser.post(back, {"reason": ""}).status_code == 422
    assert browser.post(back, {"reason": "Water damage."}).status_code == 302
    assert stands(offer) == ("called_back", "called_back", "withdrawn")
    assert browser.get(back).url == f"/offers/{offer.pk}/"
    assert f"/offers/new/{waiting.pk}/" in browser.get(f"/offers/{offer.pk}/").content.decode()
    assert "Water damage." in words(signed_in(lin).get(f"/offers/{offer.pk}/"))

    reserve = f"/offers/reserve/{offer.application_id}/"
    assert browser.post(reserve).status_code == 302
    assert now(offer.application).state == "reserve"
    assert browser.post(reserve).status_code == 302


def test_nobody_else_finds_it(offer, ada, rui, signed_in):
    for somebody in (ada, rui):
        browser = signed_in(somebody)
        for act in ("", "decline/", "another-time/", "prolong/", "call-back/"):
            assert browser.get(f"/offers/{offer.pk}/{act}").status_code == 404
        assert browser.post(f"/offers/{offer.pk}/accept/").status_code == 404
    assert Client().get(f"/offers/{offer.pk}/").status_code == 302
    assert stands(offer) == ("open", "offered", "held")


@pytest.mark.parametrize("count", [1, 3])
def test_lists_ask_as_often_for_one_as_for_three(
    count, lab, sam, signed_in, django_assert_max_num_queries
):
    at = timezone.now()
    open_at(sam, at, slug="summer")
    for number in range(count):
        lin = person(f"L{number}", Role.APPLICANT)
        sent(applied(lin, sam, code=f"A{number}"), sam, at=at,
             studio=f"studio-{number + 1}", **around(at))  # fmt: skip
        applied(person(f"R{number}", Role.APPLICANT), sam, state="reserve", code=f"B{number}")
    browser = signed_in(sam)
    with django_assert_max_num_queries(9):
        assert browser.get("/offers/").status_code == 200
