"""Several photos in an order with words for who cannot see them, and manuals that do nothing."""

import re

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.utils import timezone

from equipment import manuals
from equipment.actions import (
    add_manual,
    add_photo,
    describe_photo,
    order_photo,
    remove_manual,
    remove_photo,
    set_photo,
)
from equipment.actions.attachments import put
from equipment.actions.photos import MOST_PHOTOS
from equipment.models import Manual, Photo, Resource
from equipment.shown import shown_files
from labbooking import pictures
from labbooking.journal.models import Entry
from labbooking.lengths import LONGEST_LINE
from tests.bookings.days import said
from tests.equipment.test_pictures import photo as jpeg
from tests.equipment.test_pictures import png_that_claims
from tests.house.managing import of_thing, of_type

PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
WORDS = {"alt_de": "Im Etui.", "alt_en": "In its case."}


def upload(data=None, name="x.jpg"):
    return SimpleUploadedFile(name, data or jpeg())


def test_several_photos_in_order_with_words(lab, sam, client, signed_in):
    browser, address = signed_in(sam), f"{of_thing('seat-1')}photos/"
    for words in (WORDS, {"alt_de": "Von vorn.", "alt_en": "From the front."}):
        answer = browser.post(address, {"photo": upload(), **words})
        assert answer.url == f"{of_thing('seat-1')}files/"
    first, second = Photo.objects.filter(unit__slug="seat-1")

    page = said(client.get("/house/seat-1/"))
    assert f'src="{pictures.url(first.key, "large")}" alt="In its case."' in page
    assert f'src="{pictures.url(second.key)}" alt="From the front."' in page
    browser.post(f"/house/manage/photos/{second.pk}/", {"do": "up"})
    assert Resource.objects.get(slug="seat-1").photo == second.key
    page = said(client.get("/house/seat-1/", headers={"accept-language": "de"}))
    assert f'src="{pictures.url(second.key, "large")}" alt="Von vorn."' in page
    described = {"do": "describe", "alt_de": "Neu", "alt_en": "New"}
    browser.post(f"/house/manage/photos/{second.pk}/", described)
    second.refresh_from_db()
    assert (second.alt_de, second.alt_en) == ("Neu", "New")


def test_a_photo_taken_away_leaves_no_file_and_the_next_one_is_first(
    lab, sam, django_capture_on_commit_callbacks
):
    at, seat = timezone.now(), lab["seat-1"]
    one, two = (
        add_photo(seat, pictures.decode(upload()), WORDS, by=sam, at=at) for _number in range(2)
    )
    with django_capture_on_commit_callbacks(execute=True):
        remove_photo(one.pk, by=sam, at=at)

    assert not default_storage.exists(pictures.path(one.key, "large"))
    seat.refresh_from_db()
    assert seat.photo == two.key


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        (png_that_claims(10_000, 6_000), "too many pixels: up to 50 million"),
        (b"not a picture", "We cannot use this picture"),
    ],
)
def test_what_is_no_photo_gets_a_sentence_and_loses_no_word(lab, sam, signed_in, sent, sentence):
    answer = signed_in(sam).post(f"{of_type('seat')}photos/", {"photo": upload(sent), **WORDS})

    assert answer.status_code == 422
    assert sentence in said(answer)
    assert "In its case." in said(answer)


def test_there_are_only_so_many(lab, sam):
    Photo.objects.bulk_create(
        Photo(unit=lab["seat-1"], key=f"{number:032x}") for number in range(MOST_PHOTOS)
    )
    with pytest.raises(ValidationError, match="take one away first"):
        add_photo(lab["seat-1"], pictures.decode(upload()), {}, by=sam, at=timezone.now())


def test_a_manual_is_shown_from_where_it_can_do_nothing(
    lab, sam, client, signed_in, django_capture_on_commit_callbacks
):
    titles = {"title_de": "Anleitung", "title_en": "Manual"}
    browser, address = signed_in(sam), f"{of_type('seat')}manuals/"
    sent = titles | {"pdf": upload(PDF, "m.pdf")}
    assert browser.post(address, sent).url == f"{of_type('seat')}files/"
    browser.post(address, titles | {"title_en": "Video", "url": "https://daig.example/video"})

    kept = Manual.objects.exclude(key="").get()
    page = said(client.get("/house/seat-1/"))
    assert f'href="{manuals.url(kept.key)}"' in page
    assert 'href="https://daig.example/video"' in page
    answer = client.get(manuals.url(kept.key))
    assert b"".join(answer.streaming_content) == PDF
    assert answer["Content-Type"] == "application/pdf"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Disposition"].startswith("inline")
    assert "sandbox" in answer["Content-Security-Policy"]
    assert "allow-same-origin" not in answer["Content-Security-Policy"]
    with django_capture_on_commit_callbacks(execute=True):
        browser.post(f"/house/manage/manuals/{kept.pk}/", {"do": "remove"})
    assert client.get(manuals.url(kept.key)).status_code == 404


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({}, "Give a PDF or a web address: one of the two."),
        ({"pdf": upload(b"<script>", "m.pdf")}, "This is not a complete PDF."),
        ({"pdf": upload(PDF[:-8], "m.pdf")}, "This is not a complete PDF."),
        ({"url": "javascript:alert(1)"}, "Enter a valid URL."),
    ],
)
def test_what_is_no_manual_gets_a_sentence(lab, sam, signed_in, sent, sentence):
    titles = {"title_de": "Anleitung", "title_en": "Manual"}
    answer = signed_in(sam).post(f"{of_thing('seat-1')}manuals/", titles | sent)

    assert answer.status_code == 422
    assert sentence in said(answer)
    assert not Manual.objects.exists()


def test_only_staff_change_photos_and_manuals(lab, sam, ada):
    at = timezone.now()
    photo = add_photo(lab["seat-1"], pictures.decode(upload()), {}, by=sam, at=at)
    titles = {"title_de": "A", "title_en": "A", "url": "https://daig.example/"}
    manual = add_manual(lab["seat-1"], titles, None, by=sam, at=at)
    for act in (
        lambda: add_photo(lab["seat-1"], pictures.decode(upload()), {}, by=ada, at=at),
        lambda: order_photo(photo.pk, "up", by=ada, at=at),
        lambda: remove_photo(photo.pk, by=ada, at=at),
        lambda: add_manual(lab["seat-1"], titles, None, by=ada, at=at),
        lambda: remove_manual(manual.pk, by=ada, at=at),
    ):
        with pytest.raises(PermissionDenied):
            act()


def test_words_that_are_too_long_are_said_and_kept_on_the_page(lab, sam, signed_in):
    browser = signed_in(sam)
    browser.post(f"{of_thing('seat-1')}photos/", {"photo": upload(), **WORDS})
    photo = Photo.objects.get()
    long = "x" * (LONGEST_LINE + 1)

    answer = browser.post(
        f"/house/manage/photos/{photo.pk}/", {"do": "describe", "alt_de": long, "alt_en": "New"}
    )

    assert answer.status_code == 422
    assert f'value="{long}"' in answer.content.decode()
    photo.refresh_from_db()
    assert photo.alt_de == WORDS["alt_de"]


def test_a_photo_that_somebody_has_just_taken_away_is_not_there(lab, sam):
    with pytest.raises(Photo.DoesNotExist):
        put(Photo, lab["seat-1"], 1, "up")


def test_the_manual_of_a_thing_stands_before_those_of_its_kind(lab, sam):
    at, where = timezone.now(), {"url": "https://daig.example/"}
    for owner, title in ((lab["seat-1"].type, "All seats"), (lab["seat-1"], "This seat")):
        add_manual(owner, where | {"title_de": title, "title_en": title}, None, by=sam, at=at)

    shown = shown_files(lab["seat-1"])["manuals"]

    assert [each.title for each in shown] == ["This seat", "All seats"]


@pytest.mark.parametrize("sent", [{}, {"do": "delete"}, {"do": "UP"}])
def test_an_act_that_nobody_knows_moves_nothing(lab, sam, signed_in, sent):
    rows = [Photo(unit=lab["seat-1"], key=f"{number:032x}", order=number) for number in range(2)]
    Photo.objects.bulk_create(rows)
    first, second = Photo.objects.order_by("order")
    browser = signed_in(sam)

    assert browser.post(f"/house/manage/photos/{second.pk}/", sent).status_code == 400
    assert browser.post(f"{of_thing('seat-2')}order/", {"to": "upwards"}).status_code == 400

    assert list(Photo.objects.order_by("order")) == [first, second]
    assert not Entry.objects.filter(kind__in=["resource.changed", "things.ordered"]).exists()


def test_what_would_be_gone_for_good_is_asked_about_first(lab, sam, signed_in):
    at, titles = timezone.now(), {"title_de": "A", "title_en": "A"}
    add_photo(lab["seat-1"], pictures.decode(upload()), WORDS, by=sam, at=at)
    add_manual(lab["seat-1"], titles | {"url": "https://daig.example/"}, None, by=sam, at=at)

    page = said(signed_in(sam).get(f"{of_thing('seat-1')}files/"))

    asked = "".join(re.findall(r"<details>.*?</details>", page))
    assert asked.count('value="remove"') == page.count('value="remove"') == 2


def test_the_same_words_once_more_are_no_entry(lab, sam):
    at = timezone.now()
    photo = add_photo(lab["seat-1"], pictures.decode(upload()), WORDS, by=sam, at=at)
    before = Entry.objects.count()
    describe_photo(photo.pk, WORDS, by=sam, at=at)
    assert Entry.objects.count() == before
    describe_photo(photo.pk, {"alt_en": "New"}, by=sam, at=at)
    assert Entry.objects.count() == before + 1


class PowerCut(Exception):
    pass


@pytest.mark.parametrize("act", ["add_photo", "set_photo", "add_manual"])
def test_what_is_not_committed_leaves_no_file(act, lab, sam, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path

    def cut(execute, *question):
        if question[0].startswith("INSERT INTO") and "journal_entry" in question[0]:
            raise PowerCut
        return execute(*question)

    with pytest.raises(PowerCut), connection.execute_wrapper(cut):
        kept_by(act, lab["seat-1"], sam)
    assert not [each for each in tmp_path.rglob("*") if each.is_file()]


def kept_by(act, seat, sam):
    at, picture = timezone.now(), pictures.decode(upload())
    if act == "add_photo":
        add_photo(seat, picture, WORDS, by=sam, at=at)
    elif act == "set_photo":
        set_photo(seat, picture, by=sam, at=at)
    elif act == "add_manual":
        add_manual(seat, {"title_de": "A", "title_en": "A", "url": ""}, PDF, by=sam, at=at)
