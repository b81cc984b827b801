"""What is asked on the pages: nothing typed is lost, and nothing answered stands in an address."""

import re
from html import unescape

import pytest
from django.utils import timezone

from equipment.actions import change_question, remove_question
from labbooking.bookings import actions
from labbooking.bookings.demand.spec import IntakeReply
from labbooking.bookings.models import Booking
from tests.bookings.days import booked, day, hours, said
from tests.bookings.intake.asking import KEY, LAYOUT, answers, asks, has_terms, spec
from tests.bookings.party.coming import shown

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


def fields(**more):
    when = {"day": f"{day(10)}", "starts": "10:00", "ends": "12:00"}
    return {"resource": "seat-1", "purpose": "Rehearsal"} | when | more


def address(slug="seat-1"):
    return f"/book/?resource={slug}&from={day(10)}T10:00&to={day(10)}T12:00"


def test_the_page_asks_what_the_chosen_type_asks_and_of_others_nothing(lab, ada, sam, signed_in):
    asks(by=sam)
    has_terms(by=sam)
    client = signed_in(ada)
    page = said(client.get(address()))
    assert "How should the screen stand?" in page
    assert "Do not drop it." in page
    assert "(optional)" not in page.split('id="intake"')[1].split("</fieldset>")[0]
    assert "How should" not in said(client.get(address("board-1")))
    part = said(client.get(address(), headers=HTMX))
    assert 'id="intake" class="book__part stack intake" hx-swap-oob="true"' in part


def test_nothing_typed_is_lost_where_terms_or_choices_changed_meanwhile(lab, ada, sam, signed_in):
    asks(by=sam)
    asks(by=sam, text_en="What exactly?", kind="text", choices=[])
    has_terms(by=sam)
    client = signed_in(ada)
    page = client.get(address())
    assert page.context["intake"].agreements[0][0].version == 1
    has_terms(by=sam, text_en="Do not drop it, ever.")
    said_ = LAYOUT | {"choices": [["flat", "liegend", "flat"], ["tilted", "schräg", "tilted"]]}
    change_question(KEY, said_, by=sam, at=timezone.now(), based_on=1)

    typed = {
        f"answer-{KEY}": "wide", f"asked-{KEY}": "1", "answer-what-exactly": "A <b>play</b>",
        "asked-what-exactly": "1", "terms-seat": "1",
    }  # fmt: skip
    again = client.post("/book/", fields(**typed))
    assert again.status_code == 422
    page = said(again)
    assert "A &lt;b&gt;play&lt;/b&gt;" in page
    assert "Do not drop it, ever." in page
    assert "The terms for Seat have changed" in page
    assert "This question has changed" in page
    assert 'value="Rehearsal"' in page
    assert not Booking.objects.exists()

    sent = typed | {f"answer-{KEY}": "flat", f"asked-{KEY}": "2", "terms-seat": "2"}
    assert client.post("/book/", fields(**sent)).status_code == 302
    assert answers(Booking.objects.get()) == {KEY: "flat", "what-exactly": "A <b>play</b>"}


def test_a_question_removed_meanwhile_stands_in_nobodys_way(lab, ada, sam, signed_in):
    asks(by=sam)
    remove_question(KEY, by=sam, at=timezone.now(), based_on=1)
    sent = fields(**{f"answer-{KEY}": "wide", f"asked-{KEY}": "1"})
    assert signed_in(ada).post("/book/", sent).status_code == 302


def test_an_earlier_answer_is_shown_with_a_way_to_change_it(lab, ada, sam, signed_in):
    asks(by=sam)
    booked(ada, "seat-9", period=hours(3), intake=IntakeReply({KEY: "wide"}))
    client = signed_in(ada)
    page = client.get(address())
    ((field, words),) = page.context["intake"].carried
    assert words == "wide"
    assert field.value() == "wide"
    assert "As answered before:" in said(page)
    client.post("/book/", fields(**{f"answer-{KEY}": "upright", f"asked-{KEY}": "1"}))
    assert answers(Booking.objects.latest("pk")) == {KEY: "upright"}


def test_another_answer_than_the_earlier_one_is_seen_until_it_is_sent(lab, ada, sam, signed_in):
    asks(by=sam)
    asks("board", by=sam, text_en="Chalk?", kind="yes-no", choices=[])
    booked(
        ada, "seat-9", "board-1", period=hours(3), intake=IntakeReply({KEY: "wide", "chalk": "no"})
    )
    client, typed = signed_in(ada), {f"answer-{KEY}": "upright", f"asked-{KEY}": "1"}
    look = client.post("/book/?look=1", fields(**typed) | {"resource": ["seat-1", "board-1"]})
    intake = look.context["intake"]
    assert [(each.name, each.value()) for each in intake.asked] == [(f"answer-{KEY}", "upright")]
    ((other, words),) = intake.carried
    assert (other.value(), words) == ("no", "No")


def test_an_answer_stays_where_there_is_no_need_to_wait(lab, ada, sam, signed_in):
    asks(by=sam, kind="text", choices=[])
    page = signed_in(ada).post("/waiting/join/", fields(**{f"answer-{KEY}": "My secret"}))
    assert page.status_code == 422
    assert page.context["intake"][f"answer-{KEY}"].value() == "My secret"


def test_what_is_typed_stands_in_no_address_that_a_page_leads_to(lab, ada, sam, signed_in):
    asks(by=sam, kind="text", choices=[])
    client = signed_in(ada)
    sent = fields(**{f"answer-{KEY}": "My secret", "starts": "12:00", "ends": "10:00"})
    page = said(client.post("/book/?look=1", sent))
    assert "My secret" in page
    assert "My+secret" not in page
    assert "My%20secret" not in page
    assert not Booking.objects.exists()


def test_no_way_on_from_the_page_loses_what_was_answered(lab, ada, sam, signed_in):
    asks("board", by=sam, kind="text", choices=[])
    client = signed_in(ada)
    early = {
        "resource": "board-1",
        "starts": "05:00",
        "ends": "07:00",
        f"answer-{KEY}": "My secret",
    }
    page = client.post("/book/?look=1", fields(**early))

    def press(page, button):
        leads_to = re.search(rf'id="{button}"[^>]* formaction="([^"]+)"', said(page))[1]
        there = client.post(unescape(leads_to), fields(**early))
        assert there.status_code == 200, there.content
        assert there.context["intake"][f"answer-{KEY}"].value() == "My secret"
        return there

    assert press(page, "outcome-nearest").context["outcome"].ok
    exception = press(page, "outcome-exception")
    assert not press(exception, "exception-back").context["outcome"].ok
    assert not Booking.objects.exists()


def test_who_looks_for_a_free_time_is_asked_as_well_and_may_go_on(lab, ada, sam, signed_in):
    asks(by=sam, kind="text", choices=[])
    client = signed_in(ada)
    client.handler.enforce_csrf_checks = True
    page = client.get(f"/book/?resource=seat-1&find=1&day={day(10)}&length=120")
    form = page.content.decode().split('id="book"')[1].split("</form>")[0]
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', form)[1]
    sent = {"resource": "seat-1", "find": "1", "day": f"{day(10)}", "length": "120"}
    sent |= {"csrfmiddlewaretoken": token, f"answer-{KEY}": "My secret"}
    found = client.post("/book/?look=1", sent)
    assert found.status_code == 200
    offered = unescape(re.search(r'formaction="(/book/[^"]+look=address)"', said(found))[1])
    assert "find=" not in offered
    there = client.post(offered, sent)
    assert there.context["outcome"].ok
    assert there.context["intake"][f"answer-{KEY}"].value() == "My secret"


def test_terms_have_a_tick_like_every_other_which_is_not_called_optional(lab, ada, sam, signed_in):
    has_terms(by=sam)
    page = said(signed_in(ada).get(address()))
    field = page.split("Do not drop it.")[1].split("</label>")[0]
    assert '<label class="choice" for="id_terms-seat">' in field
    assert "(optional)" not in field


def test_whoever_answers_is_told_who_reads_it(lab, ada, sam, signed_in):
    asks(by=sam)
    page = said(signed_in(ada).get(address()))
    assert "takes part reads this" not in page
    assert "take part in a study" not in page
    change_question(
        KEY, LAYOUT | {"shown_to": "fellows", "in_research": True},
        by=sam, at=timezone.now(), based_on=1,
    )  # fmt: skip
    page = said(signed_in(ada).get(address()))
    assert "Whoever takes part reads this as well." in page
    assert "If you take part in a study, it receives this answer" in page


def test_one_press_of_one_page_books_once_with_its_answers(lab, ada, sam, signed_in):
    asks(by=sam)
    client, sent = signed_in(ada), fields(**{f"answer-{KEY}": "wide"})
    for _press in range(2):
        assert client.post("/book/?key=k", sent).status_code == 302
    other = fields(**{f"answer-{KEY}": "upright"})
    assert client.post("/book/?key=k", other).status_code == 422
    assert Booking.objects.count() == 1


def test_a_time_that_is_kept_is_asked_for_on_its_page(lab, ada, sam, signed_in):
    asks(by=sam)
    client = signed_in(ada)
    held = actions.hold(spec(), by=ada, at=timezone.now())
    assert f"/bookings/{held.pk}/?ask=confirm" in said(client.get("/bookings/"))
    page = said(client.get(f"/bookings/{held.pk}/?ask=confirm"))
    assert "How should the screen stand?" in page

    wrong = client.post(f"/bookings/{held.pk}/confirm/", {f"answer-{KEY}": "diagonal"})
    assert wrong.status_code == 422
    assert "Please choose one of the answers offered" in said(wrong)
    done = client.post(f"/bookings/{held.pk}/confirm/", {f"answer-{KEY}": "wide"})
    assert done.status_code == 302
    assert answers(held) == {KEY: "wide"}


def test_staff_and_the_person_read_the_answers_and_whoever_decides(lab, ada, sam, signed_in):
    asks("board", by=sam, kind="text", choices=[])
    reply = IntakeReply({KEY: "Near <the> window"})
    made = booked(ada, "board-1", intake=reply)[0]
    for person in (ada, sam):
        assert "Near &lt;the&gt; window" in said(signed_in(person).get(f"/bookings/{made.pk}/"))
    assert "Near &lt;the&gt; window" in said(signed_in(sam).get("/approvals/"))


def test_who_is_not_them_reads_no_answer_anywhere(lab, ada, ben, sam, signed_in):
    asks("board", by=sam, kind="text", choices=[])
    booked(ada, "board-1", intake=IntakeReply({KEY: "My secret"}))
    client = signed_in(ben)
    for page in ("/board/", f"/board/?day={day(10)}", "/house/board-1/", "/bookings/"):
        assert "My secret" not in said(client.get(page))


def test_staff_who_book_for_somebody_see_what_that_person_answered(lab, ada, sam, signed_in):
    asks(by=sam)
    has_terms(by=sam)
    booked(ada, "seat-9", period=hours(3), intake=IntakeReply({KEY: "wide"}, {"seat": 1}))
    page = signed_in(sam).get(f"{address()}&person={ada.pk}")
    assert [words for _field, words in page.context["intake"].carried] == ["wide"]
    assert not page.context["intake"].agreements
    own = signed_in(sam).get(address())
    assert len(own.context["intake"].asked) == 1


def test_what_staff_ask_somebody_stays_while_the_time_is_not_clear(lab, ada, sam, signed_in):
    asks(by=sam)
    sent = {"resource": "seat-1", "day": f"{day(10)}", "starts": "10:00", "ends": ""}
    page = signed_in(sam).get("/book/", sent | {"person": f"{ada.pk}"}, headers=HTMX)
    assert page.context["intake"].person == ada


@pytest.mark.parametrize(
    "way",
    [
        f"say=seat+1+{day(10):%d.%m.%Y}+10-12",
        f"type=seat:2&from={day(10)}T10:00&to={day(10)}T12:00",
        f"resource=board-1&resource=seat-1&from={day(10)}T10:00&to={day(10)}T12:00",
        "resource=seat-1",
    ],
)
def test_the_sentence_the_finder_the_basket_and_the_board_lead_to_what_is_asked(
    way, lab, ada, sam, signed_in
):
    asks(by=sam)
    assert "How should the screen stand?" in said(signed_in(ada).get(f"/book/?{way}"))


def test_whoever_takes_part_reads_what_is_for_them(lab, ada, ben, sam, signed_in):
    asks(by=sam, kind="text", choices=[])
    asks(by=sam, text_en="Music?", kind="text", choices=[], shown_to="fellows")
    shown(ben)
    reply = IntakeReply({KEY: "Between us", "music": "Rather loud"})
    made = booked(ada, "seat-1", intake=reply, participants=(ben.name,))[0]
    page = said(signed_in(ben).get(f"/bookings/{made.pk}/"))
    assert "Rather loud" in page
    assert "Between us" not in page
