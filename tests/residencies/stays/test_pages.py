"""A stay by its pages, which work without JavaScript: opened at the desk, lived, and closed."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from labbooking.residencies.stays.checklists.models import CheckList
from labbooking.residencies.stays.models import Stay, StayTerms
from labbooking.residencies.stays.presence import actions as presence
from tests.bookings.days import day
from tests.bookings.days import said as words
from tests.residencies.stays.staying import (
    a_photo,
    a_stay,
    again,
    arrived,
    confirmed,
    departed,
    here_now,
    nights,
    terms,
    things_in,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def files_here(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def now():
    return timezone.now().replace(microsecond=0)


def contract(**more):
    return {
        "text_de": "Vertrag.", "text_en": "Contract.", "deposit": "300", "presence_of": "2",
        "presence_parts": "3", "guests_at_once": "1", "guest_nights": "7", "report_days": "30",
        "keep_days": "180",
        "giver_name": "Daig", "giver_address": "Weg 1", "home_address": "Weg 1",
        "based_on": "0", **more,
    }  # fmt: skip


def test_staff_write_what_goes_and_what_there_is(lab, sam, signed_in):
    desk = signed_in(sam)
    assert desk.post("/stays/terms/", contract()).url == "/stays/"
    assert StayTerms.objects.get().deposit_cents == 30_000
    late = desk.post("/stays/terms/", contract(guest_nights="9"))
    assert (late.status_code, late.context["based_on"]) == (409, 1)
    for wrong in ({"text_en": ""}, {"presence_of": "4"}, {"deposit": "nan"}, {"keep_days": "7"}):
        assert desk.post("/stays/terms/", contract(based_on="1", **wrong)).status_code == 422
    studio = "/stays/inventory/studio-1/"
    lines = {"lines_de": "Bett\r\nLampe", "lines_en": "Bed\nLamp", "based_on": ""}
    assert desk.post(studio, lines).url == "/stays/inventory/"
    assert desk.post(studio, {**lines, "lines_de": "Bett", "lines_en": "Bed"}).status_code == 409
    uneven = {**lines, "lines_en": "Bed", "based_on": "Bett\tBed\nLampe\tLamp"}
    assert desk.post(studio, uneven).status_code == 422
    assert "Bett\nLampe" in desk.get(studio).content.decode()
    assert desk.get("/stays/inventory/seat-1/").status_code == 404


def test_a_stay_from_the_first_day_to_the_last(lab, ada, sam, now, signed_in):
    terms(sam, now)
    things_in(sam, at=now)
    booking = confirmed(ada, sam, now, period=nights(5, 20))
    desk, resident = signed_in(sam), signed_in(ada)
    assert "Open the stay’s file" in words(desk.get(f"/bookings/{booking.pk}/"))
    assert "/stays/" not in words(resident.get(f"/bookings/{booking.pk}/"))
    page = desk.post(f"/stays/open/{booking.pk}/").url
    stay = Stay.objects.get()
    assert page == f"/stays/{stay.pk}/"
    assert page in words(resident.get(f"/bookings/{booking.pk}/"))
    assert page in words(resident.get("/today/"))
    prepares(page, desk, resident)
    announces(page, stay, desk, resident)
    arrived(again(stay), sam, stay.booking.starts_at)
    assert page in words(desk.get(f"/desk/?day={day(5)}"))
    paper = resident.post(f"{page}papers/registration/")
    assert (paper["Content-Type"], paper.content[:4]) == ("application/pdf", b"%PDF")
    assert "no-store" in paper["Cache-Control"]
    departed(again(stay), sam, stay.booking.ends_at)
    leaves(page, stay, desk, resident)


def prepares(page, desk, resident):
    """Contract, deposit and key."""
    first = words(resident.get(page))
    assert "Read and sign the contract" in first
    assert "Pay the deposit of 300.00 euros" in first
    assert "depends on where you live" not in first, "a short stay is nothing to register"
    assert resident.post(f"{page}sign/", {"sign-version": "1"}).url == page
    assert resident.post(f"{page}home/", {"home-lives": "no"}).url == page
    desk.post(f"{page}deposit-in/", {"deposit-in-euros": "300"})
    desk.post(f"{page}key-out/", {"key-out-tag": "S1"})
    told = words(resident.get(page))
    assert "Version 1, signed" in told
    assert "you live abroad" in told
    assert "Hand out a key" not in told
    at_the_desk = words(desk.get("/desk/"))
    assert "Keys that are out" in at_the_desk
    assert f"{page}#keys" in at_the_desk


def announces(page, stay, desk, resident):
    """Nights away, and a guest."""
    days = {"from_on": f"{day(6)}", "until_on": f"{day(8)}"}
    sent = {f"absence-{name}": value for name, value in days.items()} | {"absence-reason": "work"}
    assert resident.post(f"{page}absence/", sent).url == page
    guest = {f"guest-{name}": value for name, value in days.items()} | {"guest-name": "Mira"}
    assert resident.post(f"{page}guest/", guest).url == page
    twice = resident.post(f"{page}guest/", guest)
    assert twice.status_code == 422
    assert "Only 1 guest at a time." in words(twice)
    assert 'value="Mira"' in words(twice), "what was typed stays"
    row = stay.guests.get().pk
    decide = {"guest-decide-row": row, "guest-decide-do": "agree", "guest-decide-reason": ""}
    assert resident.post(f"{page}guest-decide/", decide).status_code == 404
    assert desk.post(f"{page}guest-decide/", decide).url == page
    assert "agreed" in words(resident.get(page))


def leaves(page, stay, desk, resident):
    """Report, key, deposit; then the file is closed, and opened again."""
    report = {"report-words": "It was fine.", "report-works": "", "report-may_be_published": "on"}
    assert resident.post(f"{page}report/", report).url == page
    still = desk.post(f"{page}close/")
    assert still.status_code == 422
    assert "A key is still out: S1." in words(still)
    desk.post(f"{page}key-back/", {"key-back-row": stay.keys.get().pk, "key-back-do": ""})
    wrong = desk.post(f"{page}deposit-back/", {"deposit-back-deductions": "lamp 25"})
    assert "does not begin with an amount" in words(wrong)
    desk.post(f"{page}deposit-back/", {"deposit-back-deductions": "25,50 lamp\r\n1.00 key"})
    assert "−25.50 euros" in words(resident.get(page))
    assert desk.post(f"{page}close/").url == page
    closed = words(resident.get(page))
    assert "File closed" in closed
    assert "<form" not in closed.partition("<main")[2].partition('id="papers"')[0]
    assert resident.post(f"{page}report/", report).status_code == 409
    assert desk.post(f"{page}reopen/").url == page
    assert "It was fine." in words(desk.get(page))


def test_the_list_is_gone_through_by_both(lab, ada, sam, now, signed_in):
    things_in(sam, at=now)
    stay = here_now(ada, sam, now)
    desk, resident, page = signed_in(sam), signed_in(ada), f"/stays/{stay.pk}/lists/arrival/"
    assert "Begin the list" in words(resident.get(page))
    assert resident.post(page, {"do": "save", "based_on": "1"}).status_code == 404
    assert resident.post(page, {"do": "begin"}).url == page
    assert "Begin the list" not in words(resident.get(page))
    items = list(CheckList.objects.get().items.all())
    sent = {"based_on": "1", "do": "save"}
    sent |= {f"item-{each.pk}-answer": "ok" for each in items}
    damaged = {f"item-{items[1].pk}-answer": "damaged", f"item-{items[1].pk}-words": "No bulb."}
    with_photo = {**sent, **damaged, f"item-{items[1].pk}-photo": a_photo()}
    assert resident.post(page, with_photo).url == page
    assert resident.post(page, {**sent, "do": "confirm"}).status_code == 409
    confirm = {**sent, **damaged, "based_on": "2", "do": "confirm"}
    assert resident.post(page, confirm).url == page
    assert desk.post(page, confirm).url == page
    assert CheckList.objects.get().is_confirmed
    told = words(desk.get(page))
    assert CheckList.objects.get().items.get(order=1).photo_url in told
    assert "Last said by Ada" in told
    svg = {**confirm, f"item-{items[0].pk}-photo": _named("x.svg", b"<svg/>")}
    assert resident.post(page, svg).status_code == 422
    leaving = f"/stays/{stay.pk}/lists/departure/"
    resident.post(leaving, {"do": "begin"})
    beside = words(desk.get(leaving))
    assert "No bulb." in beside
    assert "Lamp on arrival" in beside


def _named(name, content):
    return SimpleUploadedFile(name, content)


def test_nobody_else_finds_anything_there(lab, ada, ben, sam, rui, now, signed_in, client):
    stay = here_now(ada, sam, now)
    pages = [f"/stays/{stay.pk}/", f"/stays/{stay.pk}/lists/arrival/"]
    acts = [f"/stays/{stay.pk}/report/", f"/stays/{stay.pk}/papers/certificate/"]
    for somebody in (ben, rui):
        browser = signed_in(somebody)
        assert {browser.get(each).status_code for each in pages} == {404}
        assert {browser.post(each, {}).status_code for each in [*pages[1:], *acts]} == {404}
        assert "/stays/" not in words(browser.get("/today/"))
    assert {client.get(each).status_code for each in pages} == {302}
    browser = signed_in(ada)
    for each in ("nothing", "key-out"):
        sent = {"key-out-tag": "S1"}
        assert browser.post(f"/stays/{stay.pk}/{each}/", sent).status_code == 404
    assert browser.get(f"/stays/{10**18}/").status_code == 404
    assert browser.get(f"/stays/{10**30}/").status_code == 404
    for value in (0, 10**18, 2**63, "x", "-1", "\0"):
        sent = {"guest-gone-row": value, "absence-change-row": value, "absence-change-do": "remove"}
        for each in ("guest-gone", "absence-change"):
            assert browser.post(f"/stays/{stay.pk}/{each}/", sent).status_code in {404, 422}


def test_pages_ask_as_much_of_three_as_of_one(lab, ada, ben, nia, sam, now, signed_in):
    desk = signed_in(sam)
    terms(sam, now)
    one = here_now(ada, sam, now)
    days = {"from_on": one.first, "until_on": one.last}

    def count(address):
        with CaptureQueriesContext(connection) as asked:
            assert desk.get(address).status_code == 200
        return len(asked)

    def fill(stay, name):
        presence.note_absence(stay.pk, **days, reason="work", by=sam, at=now)
        Stay.objects.get(pk=stay.pk).guests.create(name=name, announced_at=now, **days)
        stay.keys.create(tag=name, out_at=now, out_by=sam)

    fill(one, "A")
    addresses = ("/stays/", f"/stays/{one.pk}/", "/desk/")
    before = [count(each) for each in addresses]
    for name in ("B", "C"):
        fill(one, name)
    two = here_now(ben, sam, now, studio="studio-2")
    a_stay(nia, sam, now, studio="studio-3", period=nights(3, 9))
    fill(two, "D")
    assert [count(each) for each in addresses] == before
