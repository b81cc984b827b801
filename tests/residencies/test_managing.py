"""Staff write, preview and publish calls by pages, which work without JavaScript."""

import pytest
from django.utils import timezone
from django.utils.html import escape

from equipment.models import Announcement
from labbooking.period import DAY
from labbooking.residencies.calls import actions
from labbooking.residencies.calls.models import KEPT, Call
from tests.bookings.days import said as words
from tests.lab import BERLIN
from tests.residencies.calling import a_draft, around, open_at, page
from tests.residencies.questions.asking import QUESTIONS

pytestmark = pytest.mark.django_db
CALL = "/calls/a-call/"
MANAGE = "/calls/manage/a-call/"


def typed(now, **more):
    """What a browser sends."""
    local = now.astimezone(BERLIN)
    studios = ["studio-1"]
    return {
        "name_de": "Winter", "name_en": "Winter", "slug": "",
        "opens_at": f"{local + DAY:%Y-%m-%dT%H:%M}",
        "closes_at": f"{local + 9 * DAY:%Y-%m-%dT%H:%M}",
        **{name: f"{Call._meta.get_field(name).default}" for name in KEPT},
        "grace_minutes": "15", "decision_on": f"{local + 20 * DAY:%Y-%m-%d}",
        "season_from": f"{local + 40 * DAY:%Y-%m-%d}",
        "season_last": f"{local + 139 * DAY:%Y-%m-%d}",
        "stay_weeks_min": "2", "stay_weeks_max": "8", "arrival_weekdays": ["0", "3"],
        "arrival_every_weeks": "1", "cushion_days": "0", "studios": studios, "stipend": "",
        "blind": "on", "email": "lab@daig.example",
        **{f"{name}_{language}": f"{name} {language}\r\nand more" for language in ("de", "en")
           for name in ("summary", "description", "costs", "access", "terms")},
        "criterion-TOTAL_FORMS": "2", "criterion-INITIAL_FORMS": "0",
        "criterion-0-name_de": "Idee", "criterion-0-name_en": "Idea", "criterion-0-weight": "2",
        "criterion-0-ORDER": "", "criterion-1-name_de": "", "criterion-1-name_en": "",
        "criterion-1-weight": "1", "criterion-1-ORDER": "",
        "question-TOTAL_FORMS": "0", "question-INITIAL_FORMS": "0",
        **more,
    }  # fmt: skip


def test_staff_write_preview_publish_and_change_by_pages_alone(lab, sam, now, signed_in):
    desk = signed_in(sam)
    answer = desk.post("/calls/manage/new/", typed(now))
    assert answer.url == "/calls/manage/winter/"
    call = Call.objects.get()
    assert (call.arrival_weekdays, call.season_last) == (
        [0, 3],
        (now + 139 * DAY).astimezone(BERLIN).date(),
    )
    assert call.summary_en == "summary en\nand more"
    assert [each.weight for each in call.criteria.all()] == [2]
    assert "Preview: this is what everybody will see" in words(desk.get(f"{answer.url}preview/"))
    asked = desk.get(f"{answer.url}publish/")
    assert "front page announces it" in words(asked)
    desk.post(f"{answer.url}publish/", {"based_on": call.revision})
    assert "Opens on" in page("/calls/winter/")
    call.refresh_from_db()
    again = typed(now, based_on=call.revision, name_en="Winter, longer", stipend="900.50")
    assert desk.post(answer.url, again).status_code == 302
    assert "900.50 euros a month" in page("/calls/winter/")
    assert Announcement.objects.get().title_en == "Winter, longer"


def test_how_many_of_a_discipline_is_typed_where_it_stands_and_goes_with_its_name(
    lab, sam, now, signed_in
):
    desk = signed_in(sam)
    lists = {"disciplines_de": "Tanz\r\nKlang", "disciplines_en": "Dance\r\nSound"}
    address = desk.post("/calls/manage/new/", typed(now, **lists)).url
    assert "Sound: at once at most" in words(desk.get(address))
    more = {"at_once_max_1": "2", "floor_1": "1", "cushion_days": "3", "arrival_every_weeks": "2"}
    desk.post(address, typed(now, based_on=1, **lists, **more))
    call = Call.objects.get()
    assert (call.disciplines_at_once_max, call.disciplines_floor) == ([None, 2], [0, 1])
    assert (call.cushion_days, call.arrival_every_weeks) == (3, 2)
    wrong = desk.post(address, typed(now, based_on=2, **lists, at_once_max_0="0", floor_1="x"))
    assert wrong.status_code == 422
    moved = {"disciplines_de": "Klang", "disciplines_en": "Sound art"}
    desk.post(address, typed(now, based_on=2, **moved, **more))
    call.refresh_from_db()
    assert (call.disciplines_at_once_max, call.disciplines_floor) == ([2], [1])
    preview = words(desk.get(f"{address}preview/"))
    assert "Sound art: at most 2 people at once, at least 1 person in all" in preview
    assert "every 2 weeks" in preview


def test_saving_what_the_form_shows_changes_nothing(lab, sam, now, signed_in):
    """Also not the seconds, which the input does not show."""
    desk = signed_in(sam)
    open_at(sam, now.replace(second=31), questions=QUESTIONS)
    page = desk.get(MANAGE).context
    form, criteria, asked = (page[name] for name in ("form", "criteria", "questions"))
    sent = {"based_on": page["based_on"]}
    for each in (form, *criteria, criteria.management_form, *asked, asked.management_form):
        for field in each:
            value = field.value()
            if hasattr(field.field.widget, "format_value") and not isinstance(value, list | bool):
                value = field.field.widget.format_value(
                    field.field.prepare_value(value) if value is not None else None
                )
            if value not in (None, False):
                sent[field.html_name] = value
    assert desk.post(MANAGE, sent).status_code == 302
    assert Call.objects.get().revision == 2


def test_the_second_of_two_sees_what_it_says_now_and_keeps_what_was_typed(
    lab, sam, kim, now, signed_in
):
    desk = signed_in(sam)
    desk.post("/calls/manage/new/", typed(now))
    seen = Call.objects.get().revision
    desk.post("/calls/manage/winter/", typed(now, based_on=seen, name_en="One"))
    answer = signed_in(kim).post("/calls/manage/winter/", typed(now, based_on=seen, name_en="Two"))
    assert answer.status_code == 409
    assert "What it says now" in words(answer)
    assert 'value="Two"' in words(answer)
    assert "<strong>One</strong>" in words(answer)
    based_on = answer.context["based_on"]
    signed_in(kim).post("/calls/manage/winter/", typed(now, based_on=based_on, name_en="Two"))
    assert Call.objects.get().name_en == "Two"


WRONG = [
    ({"closes_at": "2027-03-28T02:30"}, "does not exist"),
    ({"closes_at": "2027-10-31T02:30"}, "comes twice"),
    ({"closes_at": "9999-12-31T10:00"}, "years from"),
    ({"season_last": "9999-12-31"}, "years from"),
    ({"season_last": "2999-12-31"}, "years from"),
    ({"season_from": "2027-02-31"}, "valid date"),
    ({"stay_weeks_max": "1000000000"}, "52"),
    ({"stay_weeks_max": "1"}, "at least as long"),
    ({"arrival_weekdays": []}, "at least one day"),
    ({"arrival_weekdays": ["9"]}, "valid choice"),
    ({"arrival_weekdays": ["x"]}, "valid choice"),
    ({"name_en": "a\0b"}, "Null characters"),
    ({"slug": "manage"}, "address of another page"),
    ({"stipend": "nan"}, "Enter a number"),
    ({"stipend": "0"}, "0.01"),
    ({"season_last": "2026-01-01"}, "would end before it begins"),
    ({"criterion-0-weight": "6"}, "less than or equal to 5"),
    ({"criterion-TOTAL_FORMS": "9999999"}, ""),
    ({"studios": ["seat-1"]}, "valid choice"),
    ({"studios": ["\0"]}, "valid choice"),
    ({"disciplines_de": "A\nB"}, "As many lines"),
]


@pytest.mark.parametrize(("wrong", "sentence"), WRONG, ids=str)
def test_bad_input_is_a_sentence(lab, sam, now, signed_in, wrong, sentence):
    answer = signed_in(sam).post("/calls/manage/new/", typed(now, **wrong))
    assert answer.status_code == 422
    assert escape(sentence) in words(answer)
    assert not Call.objects.exists()


def test_the_preview_is_the_page_itself(lab, sam, now, signed_in):
    def article(text):
        return text.partition("<article")[2].partition("</article>")[0]

    desk = signed_in(sam)
    call = a_draft(sam, now, slug="a-call", **around(now))
    english, german = (
        article(words(desk.get(f"{MANAGE}preview/?language={each}"))) for each in ("en", "de")
    )
    actions.publish("a-call", by=sam, at=now, based_on=call.revision)
    assert english == article(page(CALL))
    assert german == article(page(CALL, "de"))
    assert "Sommer im Daig" in german
    assert desk.get(f"{MANAGE}preview/?language=%00").status_code == 200


def test_acts_are_asked_first_and_led_back_where_they_make_no_sense(lab, sam, now, signed_in):
    desk = signed_in(sam)
    a_draft(sam, slug="a-call", **around(now))
    for act in ("close", "call-off"):
        assert desk.get(f"{MANAGE}{act}/").url == MANAGE
    seen = Call.objects.get().revision
    assert desk.post(f"{MANAGE}publish/", {"based_on": "x"}).url == MANAGE
    assert Call.objects.get().state == "draft"
    desk.post(f"{MANAGE}publish/", {"based_on": seen})
    assert "people may count on that" in words(desk.get(f"{MANAGE}close/"))
    half = desk.post(f"{MANAGE}call-off/", {"reason_de": "Nur so.", "reason_en": ""})
    assert half.status_code == 422
    desk.post(f"{MANAGE}close/")
    assert Call.objects.get().stage(timezone.now()) == "closed"
    again = desk.post(f"{MANAGE}close/", follow=True)
    assert "Only a call that is open can be closed." in words(again)
    desk.post(f"{MANAGE}archive/")
    assert Call.objects.get().state == "archived"
    assert "Nothing of it can be changed any more." in words(desk.get(MANAGE))


def test_what_a_draft_lacks_stands_on_its_page(lab, sam, now, signed_in):
    a_draft(sam, slug="a-call", **around(now), criteria=(), summary_en="", email="")
    told = words(signed_in(sam).get(MANAGE))
    assert "Before it can be published:" in told
    assert "Criteria: Say by what it is decided" in told
    assert f"{MANAGE}publish/" not in told


def test_its_announcement_is_changed_where_the_call_is(lab, sam, now, signed_in):
    call, desk = open_at(sam, now), signed_in(sam)
    address = f"/house/announcements/{call.announcement_id}/"
    for path in (address, f"{address}remove/"):
        assert desk.get(path).url == MANAGE
        assert desk.post(path, {}).url == MANAGE
    assert Announcement.objects.exists()
