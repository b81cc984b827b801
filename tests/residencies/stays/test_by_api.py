"""Stays by API: one's own, and for lab staff everybody's."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from labbooking.residencies.stays.models import Stay
from tests.api.program import Program
from tests.bookings.days import day
from tests.residencies.stays.staying import a_stay as opened
from tests.residencies.stays.staying import here_now, nights, terms, things_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def now():
    return timezone.now().replace(microsecond=0)


def test_a_program_does_what_the_pages_do(lab, ada, ben, sam, now):
    terms(sam, now)
    things_in(sam, at=now)
    stay = here_now(ada, sam, now)
    here, desk, other = Program(ada), Program(sam), Program(ben)
    path = f"stays/{stay.pk}"
    told = here.post(f"{path}/sign", {"version": 1}).json()
    assert (told["contract_version"], told["state"], told["studio"]) == (1, "in_use", "studio-1")
    desk.post(f"{path}/keys", {"tag": "S1"})
    days = {"from_on": f"{day(1)}", "until_on": f"{day(3)}"}
    told = here.post(f"{path}/absences", {**days, "reason": "work"}).json()
    assert told["presence"] == {"nights": 22, "here": 20, "needed": 15}
    here.post(f"{path}/guests", {**days, "name": "Mira"})
    refused = here.post(f"{path}/guests", {**days, "name": "Noa"})
    assert refused.status_code == 422
    assert [each["code"] for each in refused.json()["refusals"]] == ["too_many_guests"]
    begun = here.post(f"{path}/lists/arrival/begin", None).json()["lists"][0]
    items = [{"id": each["id"], "answer": "ok"} for each in begun["items"]]
    for revision, status in ((1, 200), (1, 200), (9, 409)):
        changed = [{**each, "words": "x" * (revision - 1)} for each in items]
        sent = {"revision": revision, "items": changed}
        assert here.post(f"{path}/lists/arrival/fill-in", sent).status_code == status
    for who in (here, desk):
        told = who.post(f"{path}/lists/arrival/confirm", {"revision": 2}).json()["lists"][0]
    assert told["seen_by_resident_at"]
    assert told["seen_by_staff_at"]
    assert here.get("stays/").json()["items"] == [here.get(path).json()]
    assert other.get("stays/").json()["items"] == []
    assert other.get(path).status_code == 404
    for body in ({"cents": 0}, {"cents": 10**30}, {}, {"cents": 1, "more": 1}):
        assert desk.post(f"{path}/deposit-in", body).status_code == 400
    assert here.get(f"stays/{10**30}").status_code in {400, 404}


def test_an_inventory_by_api_and_the_second_of_two_is_told(lab, ada, sam):
    desk, path = Program(sam), "resources/studio-1/inventory"
    bed = {"label_de": "Bett", "label_en": "Bed"}
    assert desk.post(path, {"items": [bed], "before": []}).json()["items"] == [bed]
    assert desk.post(path, {"items": [], "before": []}).status_code == 409
    assert desk.get(path).json() == {"resource": "studio-1", "items": [bed]}
    assert desk.get("resources/seat-1/inventory").status_code == 404
    assert desk.post(path, {"items": [bed, bed], "before": [bed]}).status_code == 400
    assert Program(ada).get(path).status_code == 403


def test_three_stays_ask_as_much_as_one(lab, ada, ben, nia, sam, now):
    desk = Program(sam)

    def count():
        with CaptureQueriesContext(connection) as asked:
            assert desk.get("stays/").status_code == 200
        return len(asked)

    terms(sam, now)
    things_in(sam, at=now)
    stay = here_now(ada, sam, now)
    desk.post(f"stays/{stay.pk}/lists/arrival/begin", None)
    before = count()
    opened(ben, sam, now, studio="studio-2", period=nights(3, 9))
    opened(nia, sam, now, studio="studio-3", period=nights(3, 9))
    assert Stay.objects.count() == 3
    assert count() == before
