"""Exports by page, by API and by command: the same rows whichever way."""

import json
import re
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from labbooking.journal.models import Entry
from labbooking.period import HOUR
from labbooking.research.models import Export
from tests.api.program import Program
from tests.people import person
from tests.research.conftest import a_study
from tests.research.log import agrees, happened, read

pytestmark = pytest.mark.django_db


@pytest.fixture
def some_entries(study, ada, nia):
    """Two entries of Ada, who takes part, and one of Nia, who does not; yesterday."""
    yesterday = timezone.now() - timedelta(days=1)
    agrees(ada, study, yesterday)
    happened(ada, at=yesterday)
    happened(ada, at=yesterday, kind="booking.approved")
    happened(nia, at=yesterday, booking=2)


def body(answer):
    return b"".join(answer.streaming_content)


def asks(start="2026-01-01T00:00:00+01:00", end="2099-01-01T00:00:00+01:00", **more):
    return {"from": start, "to": end, **more}


def test_a_researcher_downloads_the_last_four_weeks_with_one_press(
    study, some_entries, rui, just_signed_in
):
    browser = just_signed_in(rui)
    page = browser.get("/research/futurework/")
    days = page.context["form"].initial

    answer = browser.post("/research/futurework/exports/", days)

    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert re.search(r'filename="futurework-[\d-]{21}\.csv"', answer["Content-Disposition"])
    assert "no-store" in answer["Cache-Control"]
    assert [row["kind"] for row in read(body(answer))] == ["booking.requested", "booking.approved"]
    again = f"/research/exports/{Export.objects.get().pk}/"
    assert again in browser.get("/research/futurework/").content.decode()
    assert len(read(body(browser.post(again)))) == 2
    assert browser.get(again).status_code == 405
    assert Entry.objects.filter(kind="export.downloaded").count() == 2


@pytest.mark.parametrize(
    ("first", "last"),
    [
        ("2026-11-02", "2026-11-01"),
        ("", ""),
        ("x", "2026-11-01"),
        ("0001-01-01", "9999-12-31"),
        ("2026-11-01", "9998-11-01"),
    ],
)
def test_an_impossible_period_is_refused_beside_the_form(study, rui, just_signed_in, first, last):
    days = {"first": first, "last": last}

    answer = just_signed_in(rui).post("/research/futurework/exports/", days)

    assert answer.status_code == 400
    assert "Please look at this again" in answer.content.decode()
    assert not Export.objects.exists()


def test_the_form_reads_days_in_the_labs_own_time(study, rui, just_signed_in):
    days = {"first": "2026-03-29", "last": "2026-03-29"}
    just_signed_in(rui).post("/research/futurework/exports/", days)

    assert Export.objects.get().period.length == timedelta(hours=23)


def test_the_codebook_is_a_file_of_its_own(study, rui, signed_in):
    answer = signed_in(rui).get("/research/futurework/codebook.csv")

    assert read(body(answer))[3]["column"] == "person"


def test_a_program_exports_and_downloads(study, some_entries, rui):
    program = Program(rui)

    made = program.post("studies/futurework/exports", asks(format="csv"))

    assert made.status_code == 202
    told = made.json()
    assert told == {
        "id": str(Export.objects.get().pk),
        "state": "ready",
        "study": "futurework",
        "from": "2026-01-01T00:00:00+01:00",
        "to": "2099-01-01T00:00:00+01:00",
        "format": "csv",
        "download": f"/api/v1/exports/{Export.objects.get().pk}/download",
    }
    assert program.get(made["Location"]).json() == told
    assert len(read(body(program.get(told["download"])))) == 2
    assert Entry.objects.filter(kind="export.downloaded").count() == 1


def test_a_program_that_comes_late_asks_again(study, some_entries, rui):
    program = Program(rui)
    told = program.post("studies/futurework/exports", asks()).json()
    Export.objects.update(asked_at=timezone.now() - HOUR)

    late = program.get(told["download"])
    assert (late.status_code, late.json()["code"]) == (409, "wrong_state")

    assert len(read(body(program.post(told["download"])))) == 2
    assert len(read(body(program.get(told["download"])))) == 2
    assert Entry.objects.filter(kind="export.downloaded").count() == 2


@pytest.mark.parametrize(
    "wrong",
    [
        asks(start="2026-01-01T00:00:00"),
        asks(end="2026-01-01"),
        asks(start="2099-01-01T00:00:00+01:00"),
        asks(format="xlsx"),
        asks(why="curious"),
        {"from": "2026-01-01T00:00:00Z"},
    ],
)
def test_a_program_is_told_what_is_wrong(study, rui, wrong):
    answer = Program(rui).post("studies/futurework/exports", wrong)

    assert answer.status_code == 400
    assert answer["Content-Type"].startswith("application/problem+json")
    assert not Export.objects.exists()


@pytest.mark.parametrize("who", ["ada", "sam", "admin", "stranger"])
def test_for_everybody_else_there_is_no_such_study_or_export(study, rui, who, request):
    stranger = person("Uli", "researcher")
    a_study("other", stranger)
    told = Program(rui).post("studies/futurework/exports", asks()).json()
    program = Program(stranger if who == "stranger" else request.getfixturevalue(who))

    answers = [
        program.post("studies/futurework/exports", asks()),
        program.get(f"exports/{told['id']}"),
        program.get(told["download"]),
    ]

    assert [answer.status_code for answer in answers] == [404, 404, 404]


def test_nobody_downloads_without_a_token(study, rui):
    told = Program(rui).post("studies/futurework/exports", asks()).json()

    assert Program().get(told["download"]).status_code == 401


def test_the_command_writes_the_same_rows(study, some_entries, rui, tmp_path):
    file, terminal = tmp_path / "log.csv", StringIO(newline="")

    call_command("export_usage", "futurework", by=rui.email, output=file)
    call_command("export_usage", stdout=terminal)

    assert len(read(file.read_bytes())) == 2
    assert terminal.getvalue().encode() == file.read_bytes()
    assert Entry.objects.filter(kind="export.downloaded").count() == 2


def test_the_command_names_what_it_needs(study, sam):
    with pytest.raises(CommandError, match=r"rui@daig\.example"):
        call_command("export_usage", "futurework", by=sam.email)


def test_a_browser_that_signed_in_a_while_ago_exports_nothing_by_the_api(
    study, rui, signed_in, just_signed_in
):
    address = "/api/v1/studies/futurework/exports"
    body_of = {"data": json.dumps(asks()), "content_type": "application/json"}
    assert signed_in(rui).post(address, **body_of).status_code == 403
    assert just_signed_in(rui).post(address, **body_of).status_code == 202
