"""The one sentence on the front page, above the board, and what /book/ says it understood."""

import re
from html import unescape

import pytest
from django.utils import translation

from tests.bookings.days import said
from tests.bookings.pages.test_book_find import chips

pytestmark = pytest.mark.django_db


def asked(client, sentence):
    return client.get("/book/", {"say": sentence})


def typed(response, name):
    return re.findall(rf'name="{name}" value="([^"]*)"', said(response))


@pytest.mark.parametrize("address", ["/", "/board/", "/board/?view=season", "/book/"])
@pytest.mark.parametrize(
    ("language", "label"),
    [("en", "What would you like, and when?"), ("de", "Was möchtest du, und wann?")],
)
def test_whoever_may_book_can_say_it_there(lab, ada, signed_in, address, language, label):
    client = signed_in(ada)
    client.cookies["django_language"] = language
    ada.language = language
    ada.save()

    page = unescape(said(client.get(address)))

    form = page.split('<form class="sentence" method="get" action="/book/"')[1].split("</form>")[0]
    assert f'for="say">{label}</label>' in form
    assert 'aria-describedby="say-help"' in form
    assert 'id="say-help"' in form


def test_strangers_and_researchers_are_not_asked(lab, rui, client, signed_in):
    for each in (client, signed_in(rui)):
        for address in ("/", "/board/"):
            assert 'name="say"' not in said(each.get(address))


def test_at_three_is_in_the_afternoon_where_nothing_is_open_at_night(lab, ada, signed_in):
    page = asked(signed_in(ada), "a seat tomorrow at 3 for 2 hours")

    assert (typed(page, "starts"), typed(page, "ends")) == (["15:00"], ["17:00"])


def test_monday_to_wednesday_is_every_day(lab, ada, signed_in):
    page = asked(signed_in(ada), "seat from monday to wednesday 10 to 12")

    assert any(each.startswith("every day until") for each in chips(page))
    assert (typed(page, "starts"), typed(page, "ends")) == (["10:00"], ["12:00"])


def test_two_days_of_every_week(lab, ada, signed_in):
    with translation.override("en"):
        page = asked(signed_in(ada), "seat every tuesday and thursday 10-12 for 3 weeks")

    assert "every week on Tuesday, Thursday, 6 times" in chips(page)
    assert re.findall(r'value="(\w\w)"[^>]* checked', said(page)) == ["TU", "TH"]


def test_what_was_left_open_is_said(lab, ada, signed_in):
    page = said(asked(signed_in(ada), "seat at 10"))

    assert "You did not say which day" in page
    assert "You did not say how long: 2 hours" in page
    full = said(asked(signed_in(ada), "seat tomorrow 10-12"))
    assert "You did not say" not in full


def test_a_time_of_day_has_no_place_in_a_stay(lab, ada, signed_in):
    page = said(asked(signed_in(ada), "studio friday 10-12"))

    assert "Not understood: 10:00 12:00" in page


@pytest.mark.parametrize(
    ("language", "sentence", "words"),
    [
        ("en", "seat 4 December 10 to 12", "Not understood: december."),
        ("en", "seat 99 tomorrow 10 to 12", "There is no Seat 99 here."),
        ("en", "99 seats tomorrow 10 to 12", "There are only 10 of Seats."),
        ("en", "a seat for two people tomorrow 10 to 12", "Not understood: two."),
        ("de", "Platz 99 morgen 10 bis 12", "Arbeitsplatz 99 gibt es hier nicht."),
        ("de", "Platz für zwei Personen morgen 10 bis 12", "Nicht verstanden: zwei."),
    ],
)
def test_what_may_have_meant_something_else_is_not_booked_at_a_press(
    daig, ada, signed_in, language, sentence, words
):
    ada.language = language
    ada.save()
    response = asked(signed_in(ada), sentence)
    page = unescape(said(response))

    assert words in page
    assert 'id="outcome-book"' not in page
    assert 'id="outcome-keep"' not in page
    assert not response.context["outcome"].ok


def test_looked_at_and_found_right_it_can_be_booked_and_the_sentence_stays(daig, ada, signed_in):
    client = signed_in(ada)
    sentence = "a seat for two people tomorrow 10 to 12"
    response = asked(client, sentence)

    page = unescape(said(client.get(response.context["as_filled_in"])))

    assert 'id="outcome-book"' in page
    assert f'name="say" maxlength="300" autocomplete="off" value="{sentence}"' in page
    assert f'type="hidden" name="said" value="{sentence}"' in page


def test_it_stays_barred_while_other_fields_are_filled_in(daig, ada, signed_in):
    client = signed_in(ada)
    response = asked(client, "a seat for two people tomorrow 10 to 12")
    assert typed(response, "unclear") == ["1"]
    typed_since = f"{response.context['as_filled_in']}&unclear=1&purpose=Sketches"

    part = client.get(typed_since, headers={"HX-Request": "true"})

    assert "Not understood: two." in unescape(said(part))
    assert 'id="outcome-book"' not in said(part)
    assert "unclear=1" in part["HX-Replace-Url"]
    assert 'id="outcome-book"' in said(client.get(part.context["as_filled_in"]))


def test_what_is_only_a_word_more_does_not_bar_the_way(daig, ada, signed_in):
    page = said(asked(signed_in(ada), "a seat tomorrow 10 to 12 near the window"))

    assert 'id="outcome-book"' in page
    assert "Not understood: near window" in page
