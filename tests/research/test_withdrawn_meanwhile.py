"""Who withdraws while a file is on its way is in no piece that has not left yet."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from labbooking.journal.models import Entry
from labbooking.research.actions import forget_key, open_download, withdraw_consent
from labbooking.research.exports import batches, spool
from tests.api.program import Program
from tests.people import person
from tests.research.log import NOW, agrees, an_export, happened, read

pytestmark = pytest.mark.django_db


@pytest.fixture
def two_take_part(study, ada, ben, monkeypatch):
    """Ada and Ben, a few entries of each, two in a piece."""
    monkeypatch.setattr(batches, "BATCH", 2)
    for number, each in enumerate((ada, ben, ada, ben, ada), 1):
        happened(each, booking=number)
    agrees(ada, study)
    agrees(ben, study)


def elsewhere(act):
    """On a connection of its own, which has committed when this returns."""

    def on_its_own():
        try:
            return act()
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as thread:
        return thread.submit(on_its_own).result(20)


def taken(pieces, count):
    return read(b"".join(next(pieces) for _ in range(count)))


def test_a_withdrawal_between_two_pieces_cuts_the_file(study, rui, ada, two_take_part):
    file = open_download(an_export(study, rui).pk, by=rui, at=NOW)
    assert len(taken(file.pieces, 2)) == 2

    withdraw_consent(study.slug, by=ada, at=NOW)

    with pytest.raises(spool.ConsentChanged):
        next(file.pieces)
    assert list(file.pieces) == []
    (cut,) = Entry.objects.filter(kind="export.aborted")
    assert set(cut.objects_touched.values_list("type", "key")) == {
        ("study", study.slug),
        ("subject", str(rui.subject_key)),
    }
    assert cut.data["export"] == str(file.export.pk)


@pytest.mark.django_db(transaction=True)
@pytest.mark.only_postgresql
def test_what_another_connection_has_withdrawn_does_not_leave(study, rui, ada, two_take_part):
    file = open_download(an_export(study, rui).pk, by=rui, at=NOW)
    before = taken(file.pieces, 2)

    elsewhere(lambda: withdraw_consent(study.slug, by=ada, at=NOW))

    with pytest.raises(spool.ConsentChanged):
        next(file.pieces)
    assert len(before) == 2
    assert Entry.objects.filter(kind="export.aborted").count() == 1


def changes(study, rui, ada):
    """What else may happen meanwhile."""
    return {
        "somebody joins": lambda: agrees(person("Ines"), study),
        "the study ends": lambda: forget_key(study.slug, at=NOW),
        "its researcher is none any more": lambda: study.researchers.remove(rui),
        "withdrawn and given anew": lambda: (
            withdraw_consent(study.slug, by=ada, at=NOW),
            agrees(ada, study, NOW, from_first_day=False),
        ),
    }


@pytest.mark.parametrize(
    "what",
    [
        "somebody joins",
        "the study ends",
        "its researcher is none any more",
        "withdrawn and given anew",
    ],
)
def test_whoever_may_read_whatever_of_whom_must_not_change_meanwhile(
    study, rui, ada, two_take_part, what
):
    file = open_download(an_export(study, rui).pk, by=rui, at=NOW)
    next(file.pieces)

    changes(study, rui, ada)[what]()

    with pytest.raises(spool.ConsentChanged):
        next(file.pieces)


def test_the_length_that_was_announced_is_not_reached(study, rui, ada, two_take_part):
    program = Program(rui)
    period = {"from": "2026-01-01T00:00Z", "to": "2099-01-01T00:00Z"}
    told = program.post("studies/futurework/exports", period).json()
    whole = program.get(told["download"])
    cut = program.get(told["download"])
    assert len(b"".join(whole.streaming_content)) == int(whole["Content-Length"])

    pieces = iter(cut.streaming_content)
    got = next(pieces)
    withdraw_consent(study.slug, by=ada, at=NOW)
    with pytest.raises(spool.ConsentChanged):
        next(pieces)

    assert len(got) < int(cut["Content-Length"]) == int(whole["Content-Length"])


def test_the_command_leaves_no_part_of_a_file(
    study, rui, ada, two_take_part, tmp_path, monkeypatch
):
    """Withdrawn as soon as the header has left, whatever the command does in between."""
    file = tmp_path / "log.csv"
    pieces = spool.Spool.pieces

    def withdrawn_after_one(self, may_leave):
        for number, piece in enumerate(pieces(self, may_leave)):
            if number == 1:
                withdraw_consent(study.slug, by=ada, at=NOW)
            yield piece

    monkeypatch.setattr(spool.Spool, "pieces", withdrawn_after_one)
    days = ["--from", "2026-01-01", "--to", "2026-12-31"]
    with pytest.raises(CommandError, match="cut off"):
        call_command("export_usage", study.slug, *days, "--output", str(file))

    assert not file.exists()


def test_entries_of_the_same_instant_are_neither_lost_nor_doubled(study, rui, ada, monkeypatch):
    monkeypatch.setattr(batches, "BATCH", 3)
    agrees(ada, study)
    for number in range(10):
        happened(ada, booking=number, at=NOW if number % 4 else NOW - timedelta(hours=1))

    file = open_download(an_export(study, rui).pk, by=rui, at=NOW)

    rows = read(b"".join(file.pieces))
    assert len({row["entry"] for row in rows}) == len(rows) == 10
    assert [row["at"] for row in rows] == sorted(row["at"] for row in rows)
