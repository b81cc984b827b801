"""Who applies adds, describes, orders and removes works, as long as it is their draft."""

import re

import pytest
from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from labbooking.errors import NotThere, WrongState
from labbooking.residencies.applications.actions import CallClosed
from labbooking.residencies.applications.models import Application
from labbooking.residencies.works import actions
from labbooking.residencies.works.models import MOST_WORKS, Work, WorkPage
from residents.privacy.erase import erase
from residents.privacy.my_data import as_file
from tests.bookings.days import said as words
from tests.equipment.sent_pictures import photo
from tests.papers.made import paper
from tests.residencies.calling import A_SECOND, open_at
from tests.residencies.works.applied import (
    WORKS,
    after_the_grace,
    an_application,
    an_image,
    handed_in,
    shows,
    some_pages,
    upload,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft(lab, ada, sam, now):
    return an_application(ada, open_at(sam, now))


def works(draft):
    return [(each.kind, each.caption) for each in draft.works.all()]


def files():
    return [each.path("large") for each in WorkPage.objects.order_by("pk")]


def test_works_of_all_kinds_are_put_together_on_the_page(draft, ada, signed_in):
    browser = signed_in(ada)
    sent = {
        "image": {"picture": upload(photo()), "caption": "Rope, 3 m", "year": "2026"},
        "pages": {"paper": upload(paper("One", "Two"), "x.pdf"), "caption": "Portfolio"},
        "link": {"url": "vimeo.com/123", "caption": "Film"},
        "text": {"text": "Once.", "caption": "Story"},
    }
    for kind, data in sent.items():
        assert browser.post(f"{WORKS}add/{kind}/", data).url == WORKS
    assert works(draft) == [
        ("image", "Rope, 3 m"), ("pages", "Portfolio"), ("link", "Film"), ("text", "Story"),
    ]  # fmt: skip
    page = words(browser.get(WORKS))
    for text in ("4 of 10", "Portfolio", "2 pages", "https://vimeo.com/123", "Once."):
        assert text in page
    image, pages, link, _text = draft.works.all()
    assert [each.words.strip() for each in pages.pages.all()] == ["One", "Two"]
    for do in ("up", "up", "down"):
        assert browser.post(f"{WORKS}{link.key}/", {"do": do}).url == WORKS
    assert [kind for kind, _caption in works(draft)] == ["image", "link", "pages", "text"]
    change = {"do": "change", "caption": "New", "year": "2020", "url": "https://example.org/a"}
    browser.post(f"{WORKS}{link.key}/", change)
    link.refresh_from_db()
    assert (link.caption, link.year, link.url) == ("New", 2020, "https://example.org/a")
    assert browser.post(f"{WORKS}{image.key}/", {"do": "remove"}).url == WORKS
    draft.refresh_from_db()
    assert draft.revision == 1 + 4 + 3 + 1 + 1
    ada.language = "de"
    ada.save()
    german = words(browser.get(WORKS))
    assert "Deine Arbeiten" in german
    assert "Ein Bild hinzufügen" in german


def test_what_cannot_be_is_told_where_it_was_typed_and_nothing_is_added(draft, ada, signed_in):
    browser = signed_in(ada)
    wrong = {
        "image": ({"picture": upload(b"<svg/>", "x.svg")}, "JPEG, PNG, WebP or AVIF"),
        "pages": ({"paper": upload(b"hello", "x.pdf")}, "This is not a PDF."),
        "link": ({"url": "javascript:alert(1)"}, "Write the address of a page"),
        "text": ({"text": " "}, "This field is required."),
    }
    for kind, (data, sentence) in wrong.items():
        answer = browser.post(f"{WORKS}add/{kind}/", data)
        assert answer.status_code == 422
        assert sentence in words(answer)
    for url in (
        "https://ada@example.org/",
        "ftp://example.org/",
        "https://",
        "//x",
        "mailto:a@b.de",
    ):
        assert browser.post(f"{WORKS}add/link/", {"url": url}).status_code == 422, url
    late = {"text": "Once.", "year": f"{timezone.now().year + 2}"}
    assert "too far ahead" in words(browser.post(f"{WORKS}add/text/", late))
    assert browser.post(f"{WORKS}add/film/", {}).status_code == 404
    assert not Work.objects.exists()
    link = shows(ada, url="https://example.org/")
    answer = browser.post(f"{WORKS}{link.key}/", {"do": "change", "url": "nowhere"})
    assert answer.status_code == 422
    assert browser.post(f"{WORKS}{link.key}/", {"do": "away"}).status_code == 404


def test_there_are_at_most_ten_and_no_file_stays_of_one_more(draft, ada, now):
    for number in range(MOST_WORKS):
        shows(ada, text=f"{number}")
    before = len(_all_files())
    with pytest.raises(ValidationError, match="10 works already"):
        shows(ada, picture=an_image())
    assert len(_all_files()) == before


def _all_files():
    return default_storage.listdir("pictures")[1] if default_storage.exists("pictures") else []


def test_only_a_draft_in_time_is_changed_and_only_by_who_wrote_it(draft, ada, ben, sam, now):
    row = shows(ada)
    for other in (ben, sam):
        with pytest.raises(NotThere):
            shows(other)
        with pytest.raises(NotThere):
            actions.remove_work("a-call", row.key, by=other, at=now)
    call = draft.call
    shows(ada, at=call.taken_until - A_SECOND)  # within the grace
    with pytest.raises(CallClosed):
        shows(ada, at=after_the_grace(call))
    handed_in(draft)
    for act in (
        lambda: shows(ada),
        lambda: actions.change_work("a-call", row.key, {"caption": "x"}, by=ada, at=now),
        lambda: actions.move_work("a-call", row.key, "down", by=ada, at=now),
        lambda: actions.remove_work("a-call", row.key, by=ada, at=now),
    ):
        with pytest.raises(WrongState, match="handed in"):
            act()
    assert draft.works.count() == 2


def test_files_go_with_their_work_their_application_and_their_person(
    draft, ada, sam, now, django_capture_on_commit_callbacks
):
    image, pages = shows(ada, picture=an_image()), shows(ada, paper=some_pages("One", "Two"))
    kept = files()
    assert all(map(default_storage.exists, kept))
    assert image.pages.get().number == 1
    with django_capture_on_commit_callbacks(execute=True):
        actions.remove_work("a-call", image.key, by=ada, at=now)
    assert [default_storage.exists(each) for each in kept] == [False, True, True]
    with django_capture_on_commit_callbacks(execute=True):
        Application.objects.filter(pk=draft.pk).delete()
    assert not any(map(default_storage.exists, kept))
    assert not Work.objects.filter(pk=pages.pk).exists()


def test_what_is_kept_is_told_and_erased(draft, ada, sam, now, django_capture_on_commit_callbacks):
    shows(ada, picture=an_image(), caption="Rope, 3 m")
    kept = files()
    told = as_file(ada, at=now)["held"]["residencies.Work"]
    assert [(each["kind"], each["caption"]) for each in told] == [("image", "Rope, 3 m")]
    ada.is_active = False
    ada.save()
    with django_capture_on_commit_callbacks(execute=True):
        erase(ada.pk, by=sam, at=now)
    assert not Work.objects.exists()
    assert not any(map(default_storage.exists, kept))


def test_pictures_are_for_who_made_them_and_for_staff_once_they_are_handed_in(
    draft, ada, ben, sam, rui, client, signed_in
):
    work = shows(ada, picture=an_image())
    address = f"/works/{work.key}/1/medium.webp"
    assert address in words(signed_in(ada).get(WORKS))

    def seen(*people):
        return [signed_in(each).get(address).status_code for each in people]

    assert seen(ada, ben, sam, rui) == [200, 404, 404, 404]
    assert client.get(address).status_code == 302
    handed_in(draft)
    assert seen(ada, ben, sam, rui) == [200, 404, 200, 404]
    answer = signed_in(ada).get(address)
    assert answer["Content-Type"] == "image/webp"
    assert answer["Cache-Control"] == "private, no-store"
    assert not {"ETag", "Last-Modified", "Content-Disposition"} & set(answer.headers)
    for other in ("2/medium", "1/huge", "0/medium"):
        assert signed_in(ada).get(f"/works/{work.key}/{other}.webp").status_code == 404
    key = work.pages.get().key
    assert key not in words(signed_in(ada).get(WORKS))
    assert not re.search(key, f"{answer.headers}")


def test_a_long_list_costs_as_few_queries_as_a_short_one(draft, ada, signed_in):
    browser = signed_in(ada)

    def cost():
        with CaptureQueriesContext(
            connection,
        ) as asked:
            assert browser.get(WORKS).status_code == 200
        return len(asked)

    shows(ada, picture=an_image())
    browser.get(WORKS)
    one = cost()
    shows(ada, picture=an_image())
    shows(ada, url="https://example.org/")
    assert cost() == one
