"""Events and calls on the front page: who announces them, which are shown, and until when."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation

from equipment.actions import announce, change_announcement, take_down
from equipment.models import Announcement
from equipment.queries import current, on_the_front_page
from labbooking.journal.models import Entry, EntryObject
from tests.equipment.announced import HOUR, a_call, an_event, fields
from tests.lab import berlin

DAY = 24 * HOUR
LIST = "/house/announcements/"
TYPED = {
    "kind": "event",
    "title_de": "Sommerfest",
    "title_en": "Summer party",
    "text_de": "Mit Musik.",
    "text_en": "With music.",
    "starts_at": "2036-07-01T18:00",
    "ends_at": "",
    "url": "https://daig.example/fest",
    "email": "",
}


def front(language="en"):
    return Client(headers={"accept-language": language}).get("/").content.decode()


def based_on(browser, address):
    return browser.get(address).context["based_on"]


def changed(pk, words, by):
    seen = Announcement.objects.get(pk=pk).version
    return change_announcement(pk, words, by=by, at=timezone.now(), based_on=seen)


def shown(at=None):
    return [each.title_en for each in on_the_front_page(at or timezone.now())]


def test_only_staff_announce_and_take_down(db, ada, rui, sam):
    event = an_event(sam)
    for person in (ada, rui):
        with pytest.raises(PermissionDenied):
            announce(fields(), by=person, at=timezone.now())
        with pytest.raises(PermissionDenied):
            take_down(event.pk, by=person, at=timezone.now())
    assert Announcement.objects.get() == event


def test_the_journal_keeps_who_and_no_words(db, sam):
    event = an_event(sam)
    data = {"announcement": event.pk, "kind": "event"}
    take_down(event.pk, by=sam, at=timezone.now())

    kinds = ["announcement.made", "announcement.removed"]
    assert [(each.kind, each.data) for each in Entry.objects.order_by("pk")] == [
        (kind, data) for kind in kinds
    ]
    touched = EntryObject.objects.values_list("type", "key", "qualifier")
    assert set(touched) == {("subject", str(sam.subject_key), "actor")}


def test_the_front_page_tells_in_both_languages(lab, sam):
    assert "What is coming up" not in front()
    an_event(sam, url="https://daig.example/more")
    assert "Open studio" in front()
    assert "Come and see." in front()
    assert 'href="https://daig.example/more"' in front()
    assert "Offenes Atelier" in front("de")
    assert "Open studio" not in front("de")


def test_words_are_words_and_no_markup(lab, sam):
    an_event(sam, title_en="<b>Bold</b>", text_en="<script>x</script>")
    assert "&lt;b&gt;Bold" in front()
    assert "<script>x" not in front()


def test_an_event_is_shown_until_it_ends(db, sam):
    event = an_event(sam, lasts=2 * HOUR)
    assert shown(event.starts_at - DAY) == ["Open studio"]
    assert shown(event.ends_at - HOUR) == ["Open studio"]
    assert shown(event.ends_at) == []


def test_without_an_end_it_is_shown_all_its_day(db, sam):
    starts_at = berlin("2027-01-12 18:00")
    an_event(sam, at=berlin("2027-01-11 08:00"), starts_at=starts_at, lasts=None)
    assert shown(berlin("2027-01-12 23:59")) == ["Open studio"]
    assert shown(berlin("2027-01-13 00:00")) == []


def test_three_are_shown_and_the_call_that_ends_next_is_among_them(db, sam):
    for number in (4, 2, 1, 3):
        an_event(sam, title_en=f"Event {number}", starts_in=number * DAY)
    a_call(sam, title_en="Later call", starts_in=HOUR, lasts=60 * DAY)
    a_call(sam, title_en="Next call", starts_in=2 * HOUR, lasts=30 * DAY)
    assert shown() == ["Next call", "Event 1", "Event 2"]
    assert current(timezone.now()).count() == 6


def test_what_is_over_is_not_announced(db, sam):
    for over in (fields(starts_in=-3 * HOUR), fields(starts_in=-2 * DAY, lasts=None)):
        with pytest.raises(ValidationError, match="already over"), translation.override("en"):
            announce(over, by=sam, at=timezone.now())
    assert not Entry.objects.exists()


@pytest.mark.parametrize("wrong", [{"kind": "call", "lasts": None}, {"lasts": -HOUR}])
def test_ends_that_make_no_sense(db, sam, wrong):
    with pytest.raises(ValidationError) as refused:
        announce(fields(**wrong), by=sam, at=timezone.now())
    assert list(refused.value.message_dict) == ["ends_at"]
    with pytest.raises(IntegrityError), transaction.atomic():
        Announcement.objects.create(**fields(**wrong))


def test_the_front_page_asks_as_much_for_one_as_for_three(lab, sam):
    def asked():
        with CaptureQueriesContext(connection) as queries:
            front()
        return len(queries)

    asked()
    an_event(sam)
    one = asked()
    an_event(sam)
    a_call(sam)
    assert front().count('class="tag"') == 3
    assert asked() == one


def test_staff_announce_on_a_page(lab, sam, signed_in):
    answer = signed_in(sam).post(LIST, TYPED)
    assert answer.url == LIST
    event = Announcement.objects.get()
    assert event.starts_at == berlin("2036-07-01 18:00")
    assert "Summer party" in signed_in(sam).get(LIST).content.decode()


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"title_en": " "}, "This field is required."),
        ({"starts_at": "2020-07-01T18:00"}, "That is already over."),
        ({"kind": "call"}, "until when people can apply"),
        ({"url": "javascript:alert(1)"}, "Enter a valid URL."),
        ({"kind": "party"}, "Select a valid choice."),
        ({"url": ""}, "Say how people answer"),
        ({"url": "", "kind": "call", "ends_at": "2036-08-01T18:00"}, "Say how people answer"),
        ({"email": "nobody"}, "Enter a valid email address."),
    ],
)
def test_what_cannot_be_announced_is_said_and_kept(lab, sam, signed_in, wrong, said):
    answer = signed_in(sam).post(LIST, TYPED | wrong)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert "Mit Musik." in answer.content.decode()
    assert not Announcement.objects.exists()


@pytest.mark.parametrize("kind", ["event", "call"])
def test_without_a_way_to_answer_nothing_is_published_by_any_way(db, sam, kind):
    with pytest.raises(ValidationError) as refused:
        announce(fields(kind=kind, email=""), by=sam, at=timezone.now())
    assert list(refused.value.message_dict) == ["url"]
    with pytest.raises(IntegrityError), transaction.atomic():
        Announcement.objects.create(**fields(kind=kind, email=""))


def test_the_front_page_says_how_one_answers(lab, sam):
    an_event(sam, url="https://daig.example/more")
    a_call(sam, email="apply@daig.example")

    assert 'href="https://daig.example/more"' in front()
    assert 'href="mailto:apply@daig.example"' in front()
    assert "How to apply" not in front()  # the call has no address on the web
    assert "More about it, and how to sign up" in front()


def test_staff_change_what_is_announced(lab, sam, ada, signed_in):
    event = an_event(sam, url="https://daig.example/more")
    address, browser = f"{LIST}{event.pk}/", signed_in(sam)
    page = browser.get(address).content.decode()
    assert 'value="Open studio"' in page
    assert address in browser.get(LIST).content.decode()

    typed = TYPED | {"based_on": based_on(browser, address)}
    refused = browser.post(address, typed | {"url": ""})
    assert refused.status_code == 422
    assert "Say how people answer" in refused.content.decode()
    assert refused.context["based_on"] == typed["based_on"]
    assert browser.post(address, typed).url == LIST
    event.refresh_from_db()
    assert (event.title_en, event.starts_at) == ("Summer party", berlin("2036-07-01 18:00"))
    assert (event.ends_at, event.email) == (None, "")
    entry = Entry.objects.get(kind="announcement.changed")
    assert entry.data == {"announcement": event.pk, "kind": "event"}

    browser.post(address, TYPED)
    assert Entry.objects.filter(kind="announcement.changed").count() == 1
    event.delete()
    assert browser.post(address, TYPED).status_code == 404


def test_only_staff_change_announcements(db, ada, rui, sam):
    event = an_event(sam)
    for person in (ada, rui):
        with pytest.raises(PermissionDenied):
            changed(event.pk, fields(title_en="Mine"), by=person)
    with pytest.raises(ValidationError, match="already over"), translation.override("en"):
        changed(event.pk, fields(starts_in=-3 * HOUR), by=sam)


def test_of_two_who_change_an_announcement_the_second_is_told_and_loses_no_word(
    lab, sam, signed_in
):
    event = an_event(sam)
    address, browser = f"{LIST}{event.pk}/", signed_in(sam)
    seen = based_on(browser, address)
    changed(event.pk, fields(text_en="Bring a chair."), by=sam)

    late = browser.post(address, TYPED | {"based_on": seen})

    page = late.content.decode()
    assert late.status_code == 409
    assert "Somebody else has changed this announcement meanwhile." in page
    assert "Bring a chair." in page
    assert "With music." in page
    event.refresh_from_db()
    assert event.text_en == "Bring a chair."
    again = TYPED | {"based_on": late.context["based_on"]}
    assert browser.post(address, again).url == LIST
    event.refresh_from_db()
    assert event.text_en == "With music."


def test_taking_down_asks_first(lab, sam, signed_in):
    event = an_event(sam)
    address, browser = f"{LIST}{event.pk}/remove/", signed_in(sam)
    assert "Take down “Open studio”?" in browser.get(address).content.decode()
    assert Announcement.objects.exists()
    assert browser.post(address).url == LIST
    assert "Open studio" not in front()
    assert browser.post(address).status_code == 404


def test_others_cannot_even_by_post(lab, sam, ada, rui, signed_in):
    event = an_event(sam)
    for person in (ada, rui):
        assert signed_in(person).post(LIST, TYPED).status_code == 404
        assert signed_in(person).post(f"{LIST}{event.pk}/remove/").status_code == 404
    assert Client().post(LIST, TYPED).url.startswith("/login/")
    assert Announcement.objects.get() == event


def test_only_staff_see_the_way_there(lab, sam, ada, signed_in):
    assert LIST in signed_in(sam).get("/").content.decode()
    assert LIST not in signed_in(ada).get("/").content.decode()
    assert LIST not in front()
