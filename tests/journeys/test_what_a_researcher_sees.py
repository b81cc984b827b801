"""What a study gets to see: the entries of people who consent at the moment of the download, under
pseudonyms, and nothing of anybody else.

The journal is complete and append-only. Consent is asked on the way out, never on the way in.
"""

from datetime import timedelta

import pytest
from django.utils import timezone

from labbooking.journal.models import Entry
from tests.api.program import Program, booked
from tests.research.conftest import a_study
from tests.research.log import read

YES = {"version": 1, "covers": "from_first_day"}
pytestmark = pytest.mark.django_db


@pytest.fixture
def study(rui):
    """Rui's study; nobody takes part yet."""
    return a_study("futurework", rui)


@pytest.fixture
def seats_are_booked(lab, ada, ben):
    for person, seat in ((ada, "seat-1"), (ben, "seat-2")):
        booked(Program(person), seat)


def an_export(program, study="futurework"):
    """The address at which yesterday and today can be downloaded."""
    now = timezone.now()
    period = {"from": now - timedelta(days=1), "to": now + timedelta(days=1)}
    body = {name: instant.isoformat() for name, instant in period.items()}
    return program.post(f"studies/{study}/exports", body).json()["download"]


def downloaded(program, address):
    return read(b"".join(program.get(address).streaming_content))


def test_only_who_takes_part_is_in_the_log(study, seats_are_booked, ada, rui, signed_in):
    researcher = Program(rui)
    assert downloaded(researcher, an_export(researcher)) == []

    signed_in(ada).post("/consents/futurework/give/", YES)
    rows = downloaded(researcher, an_export(researcher))

    assert [row["kind"] for row in rows] == ["booking.requested", "booking.approved"]
    assert len({row["person"] for row in rows}) == 1
    assert all(str(ada.subject_key) not in row.values() for row in rows)


def test_who_withdraws_is_gone_from_exports_that_were_made_before(
    study, seats_are_booked, ada, rui, signed_in
):
    researcher, browser = Program(rui), signed_in(ada)
    browser.post("/consents/futurework/give/", YES)
    address = an_export(researcher)
    assert downloaded(researcher, address)

    browser.post("/consents/futurework/withdraw/")

    assert downloaded(researcher, address) == []
    assert read(b"".join(researcher.post(address).streaming_content)) == []
    assert Entry.objects.filter(kind="export.downloaded").count() == 2


def test_two_studies_know_a_person_by_different_pseudonyms(
    study, seats_are_booked, ada, rui, signed_in
):
    a_study("nightwork", rui)
    for slug in ("futurework", "nightwork"):
        signed_in(ada).post(f"/consents/{slug}/give/", YES)

    researcher = Program(rui)
    rows = [
        downloaded(researcher, an_export(researcher, slug)) for slug in ("futurework", "nightwork")
    ]

    first, second = ({row["person"] for row in each} for each in rows)
    assert first.isdisjoint(second)


def test_staff_learn_nothing_of_studies(study, sam, signed_in):
    for page in ("/research/", "/research/futurework/", "/consents/"):
        assert signed_in(sam).get(page).status_code == 404
