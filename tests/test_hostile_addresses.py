"""Whatever stands in an address or a form, a page answers with a sentence and never breaks."""

import re
from urllib.parse import quote

import pytest

from tests.api.program import Program
from tests.bookings.days import booked
from tests.routes import addresses

pytestmark = pytest.mark.django_db

FIRST, LAST = quote("0001-01-01T00:00:00+14:00"), quote("9999-12-31T23:59:00-12:00")
ENDLESS = "9" * 5000
NUL = "%00"
SERIES = "resource=seat-1&from=2027-02-01T10:00&to=2027-02-01T11:00&repeat=weekly&times=3"
BOOK = (
    f"type=seat:{ENDLESS}",
    "type=seat:1&type=seat:2",
    f"person={ENDLESS}",
    f"key={NUL}&resource={NUL}&type={NUL}&purpose={NUL}&person={NUL}",
    f"from={FIRST}&to={FIRST}&resource=seat-1",
    f"from={LAST}&to={LAST}&resource=seat-1",
    "from=0001-01-01T00:00&to=0001-01-01T02:00&resource=seat-1",
    "from=9999-12-31T22:00&to=9999-12-31T23:00&resource=seat-1",
    "day=9999-12-31&starts=10:00&ends=00:00&resource=seat-1",
    "day=0001-01-01&starts=00:00&ends=01:00&last_day=9999-12-31&resource=seat-1",
    "arrive=0001-01-01&depart=9999-12-31&by=night&resource=studio-1",
    "find=1&arrive=9999-12-31&nights=366&by=night&resource=studio-1",
    "find=1&day=9999-12-31&length=60&resource=seat-1",
    "find=1&day=0001-01-01&length=60&resource=seat-1",
    f"day=2027-02-01&starts=10:00&ends=11:00&starts_at={FIRST}&ends_at={LAST}&resource=seat-1",
    f"{SERIES}&on-2027-02-08={FIRST}&on-2027-02-15={LAST}",
    f"{SERIES}&on-2027-02-08=0001-01-01T00:00&on-2027-02-15=9999-12-31T23:59",
    f"{SERIES}&on-2027-02-08=seat-1:{NUL}&on-2027-02-15=:",
    f"{SERIES}&ending=until&until=9999-12-31",
    f"{SERIES}&ending=until&until=0001-01-01",
    "say=nan+seats",
    "say=seat+x+inf",
    f"say={NUL}",
    "say=%ED%A0%80",
    "say=seat+9999-12-31+10:00",
)
PAGES = (
    *(f"/book/?{said}" for said in BOOK),
    *(f"/book/exception/?{said}" for said in BOOK),
    *(f"/bookings/?after={moment}_1" for moment in (FIRST, LAST, "0001-01-01", "9999-12-31")),
    f"/bookings/?after=2027-01-01_{ENDLESS}",
    "/bookings/?day=0001-01-01",
    "/bookings/?day=9999-12-31",
    f"/bookings/?state={NUL}&resource={NUL}&person={NUL}&day={NUL}",
    "/bookings/99999999999999999999999999/",
    "/board/?day=0001-01-01&view=season",
    "/board/?day=9999-12-31&view=season",
    f"/board/?day={NUL}&view={NUL}&kind={NUL}&type={NUL}",
    f"/board/basket/?resource={NUL}&from=2027-02-01T10:00&to=2027-02-01T11:00",
    f"/board/basket/?resource=seat-1&from={FIRST}&to={LAST}",
    "/board/basket/?resource=seat-1&from=0001-01-01T00:00&to=9999-12-31T00:00",
    "/board/basket/?resource=studio-1&from=0001-01-01&to=9999-12-31",
    f"/plan/?day={NUL}&from={NUL}&to={NUL}",
    "/plan/?day=0001-01-01",
    "/desk/?day=9999-12-31",
    f"/desk/closures/?closed={ENDLESS}",
    "/desk/closures/?what=house&starts_at=0001-01-01T00:00&ends_at=9999-12-31T23:59",
    f"/desk/closures/?what={NUL}&starts_at={NUL}&ends_at={NUL}",
    f"/calls/{ENDLESS}/",
    "/offers/99999999999999999999999999/",
    f"/season/nowhere/?plan={NUL}",
    f"/calls/manage/?x={NUL}",
    f"/apply/{ENDLESS}/works/",
    f"/calls/manage/a-call/applications/{NUL}/names/",
    f"/calls/manage/nowhere/preview/?language={NUL}",
    f"/apply/{ENDLESS}/",
    f"/apply/nowhere/link/{NUL}/",
    f"/calls/manage/nowhere/applications/{ENDLESS}/",
    f"/stays/{ENDLESS}/",
    f"/stays/inventory/{NUL}/",
    f"/stays/1/lists/{NUL}/",
    "/jury/99999999999999999999999999/",
    f"/jury/go/{ENDLESS}/",
    f"/deciding/{ENDLESS}/?taken={ENDLESS}",
    f"/deciding/nowhere/?taken={NUL}",
    f"/house/manage/?kind={NUL}",
    f"/house/manage/kinds/?like={NUL}",
    f"/house/manage/kinds/seat/more/?like={NUL}",
    f"/house/manage/stickers/?kind={NUL}",
    f"/house/manage/stickers/?thing={NUL}",
)


@pytest.mark.parametrize("address", PAGES, ids=lambda address: address[:90])
def test_no_address_breaks_a_page(address, lab, ada, sam, signed_in, client):
    for browser in (client, signed_in(ada), signed_in(sam)):
        assert browser.get(address).status_code < 500


SENT = {
    "/book/?key=%00": {
        "resource": "seat-1",
        "day": "2027-02-01",
        "starts": "10:00",
        "ends": "11:00",
    },
    "/desk/approvers/": {"type": "\0", "rank": "approver"},
    "/waiting/join/": {"resource": "\0", "from": "0001-01-01T00:00", "to": "9999-12-31T00:00"},
    "/book/induction/ar-headset/": {"from": "0001-01-01T00:00+14:00", "next": "\0"},
    "/desk/closures/": {"what": "\0", "starts_at": "0001-01-01T00:00", "reason_de": "\0"},
    "/house/announcements/": {"kind": "event", "starts_at": "0001-01-01T00:00", "title_de": "\0"},
    "/calls/manage/new/": {"name_de": "\0", "opens_at": "0001-01-01T00:00", "slug": "\0"},
    "/apply/nowhere/": {"name": "\0", "email": "\0", "based_on": "\0", "earliest": "0001-01-01"},
    "/stays/terms/": {"text_de": "\0", "deposit": "nan", "presence_parts": "0"},
    "/stays/inventory/studio-1/": {"lines_de": "\0", "lines_en": "\0", "based_on": "\0"},
    "/plan/seat-1/": {"x": "nan", "y": "1e400"},
}


@pytest.mark.parametrize("address", SENT)
def test_no_form_breaks_a_page(address, lab, ada, sam, signed_in):
    for browser in (signed_in(ada), signed_in(sam)):
        said = SENT[address] | ({"person": f"{sam.pk}"} if "approvers" in address else {})
        assert browser.post(address, said).status_code < 500


NUMBERED = sorted({route for route, _ in addresses() if "<int:" in route})


@pytest.mark.parametrize("who", ["ada", "sam"])
def test_a_number_that_no_database_holds_is_nobodys(who, lab, ada, sam, signed_in):
    """Looked up as a key it is found nowhere; as the key of a row's relation it could break."""
    somebody = {"ada": ada, "sam": sam}[who]
    browser, program = signed_in(somebody), Program(somebody)
    for route in NUMBERED:
        address = "/" + re.sub(r"<int:\w+>", "9" * 30, re.sub(r"<(?!int:)[^>]+>", "seat-1", route))
        asking = program if "/api/" in address else browser
        for ask in (asking.get, asking.post):
            assert ask(address).status_code < 500, route


def test_no_part_of_a_request_breaks_its_decision(lab, ada, sam, signed_in):
    booking = booked(ada, "ar-headset-1")[0]
    said = {"told": "things dates", "things": "nothing", "dates": ENDLESS, "reason": "Because."}

    answer = signed_in(sam).post(f"/bookings/{booking.pk}/part/", said)

    assert answer.status_code == 302
    booking.refresh_from_db()
    assert booking.state == "requested"


def test_a_move_to_the_end_of_the_calendar_is_refused(lab, ada, signed_in):
    booking = booked(ada, "seat-1")[0]
    for start, end in ((FIRST, LAST), ("0001-01-01T00:00", "9999-12-31T23:59")):
        answer = signed_in(ada).post(f"/bookings/{booking.pk}/move/?from={start}&to={end}")
        assert answer.status_code == 400


def test_a_foreign_host_is_one_line_in_the_log(client, caplog):
    assert client.get("/", headers={"host": "evil.example"}).status_code == 400

    (line,) = caplog.records
    assert "evil.example" in line.getMessage()
    assert "\n" not in caplog.text.strip()
