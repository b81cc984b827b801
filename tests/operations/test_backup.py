"""A lab in one file, and back: on both engines, while others write, wholly or not at all."""

import errno
import io
import json
import tempfile
import threading
from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.utils import timezone
from PIL import Image

from labbooking import guards, pictures
from labbooking.bookings import actions
from labbooking.bookings.demand.spec import BookingSpec
from labbooking.journal.models import Entry, EntryObject
from labbooking.operations.backup import media
from labbooking.operations.backup.archive import MANIFEST, SECRETS, unpack, writing
from labbooking.operations.backup.contents import describe, inventory
from labbooking.operations.heartbeats import Part, last
from labbooking.period import Period
from residents.models import User
from tests.lab import berlin
from tests.operations.conftest import PASSPHRASE

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("nobody_else")]
AT = berlin("2026-11-24 09:00")
MADE_OF = {
    "sqlite": ["SELECT name, sql FROM sqlite_master"],
    "postgresql": [
        """SELECT table_name, column_name, data_type, character_maximum_length, numeric_precision,
        collation_name, is_nullable, column_default, is_identity, identity_generation
        FROM information_schema.columns WHERE table_schema = 'public'""",
        """SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint
        WHERE connamespace = 'public'::regnamespace""",
        "SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'",
        "SELECT pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal",
    ],
}
"""Tables, and all that a database knows about them."""


def a_picture():
    file = io.BytesIO()
    Image.new("RGB", (40, 30), "teal").save(file, "PNG")
    file.seek(0)
    return pictures.store(file)


@pytest.fixture
def lived_in(lab, ada, kim):
    """A lab with a booking, entries and a portrait; the portrait's key."""
    times = Period(berlin("2026-11-25 10:00"), berlin("2026-11-25 12:00"))
    actions.request(BookingSpec(times, ("seat-1", "board-1"), purpose="Probe"), by=ada, at=AT)
    ada.portrait = a_picture()
    ada.save()
    return ada.portrait


@pytest.fixture
def saved(lived_in, tmp_path):
    path = tmp_path / "lab.backup"
    call_command("backup", str(path), stdout=io.StringIO())
    return path


def holds(lab):
    with lab.opened() as database:
        return inventory(database)


def made_of(database):
    found = set()
    with database.cursor() as cursor:
        for question in MADE_OF[database.vendor]:
            cursor.execute(question)
            found.update(cursor.fetchall())
    return found


def test_everything_comes_back_on_another_machine(saved, lived_in, other_lab):
    answer = other_lab.manage("restore", str(saved))
    assert answer.returncode == 0, answer.stderr

    assert holds(other_lab) == inventory(connection)
    with other_lab.opened() as database:
        assert guards.missing(database) == []
        assert made_of(database) == made_of(connection)
    for size in pictures.SIZES:
        kept = other_lab.folder / "media" / pictures.path(lived_in, size)
        here = default_storage.path(pictures.path(lived_in, size))
        assert kept.read_bytes() == Path(here).read_bytes()
    settings_of_then = (other_lab.folder / "restored.env").read_text()
    assert "SECRET_KEY=only-for-tests" in settings_of_then
    assert (other_lab.folder / "restored.env").stat().st_mode & 0o077 == 0
    assert other_lab.manage("check", "--database", "default").returncode == 0
    assert not list(other_lab.folder.glob(".daig-backup-*"))


def test_the_house_knows_of_a_backup_made_by_hand_and_of_the_one_it_came_back_from(
    saved, other_lab
):
    made_at = last(Part.BACKUP)
    assert made_at is not None
    with pytest.raises(CommandError, match="is there already"):
        call_command("backup", str(saved))
    assert last(Part.BACKUP) == made_at

    assert other_lab.manage("restore", str(saved)).returncode == 0
    asked = "from labbooking.operations.heartbeats import Part, last; print(last(Part.BACKUP))"
    told = other_lab.manage("shell", "--no-imports", "-c", asked)
    assert told.stdout.strip() == str(made_at)


def test_numbering_goes_on_and_nobody_is_signed_in(lived_in, signed_in, ada, other_lab, tmp_path):
    """A number that was given may stand in a mail; a session may have been ended since."""
    signed_in(ada)
    call_command("backup", str(tmp_path / "one"), stdout=io.StringIO())
    assert other_lab.manage("restore", str(tmp_path / "one")).returncode == 0
    with other_lab.opened() as database, database.cursor() as cursor:
        cursor.execute(
            "INSERT INTO journal_entry (kind, at, recorded_at, data) "
            "VALUES ('lab.loaded', %s, %s, '{}') RETURNING id",
            [AT, AT],
        )
        assert cursor.fetchone()[0] > Entry.objects.latest("pk").pk
        cursor.execute("SELECT COUNT(*) FROM django_session")
        assert cursor.fetchone()[0] == 0


def test_a_lab_that_is_there_stays_unless_told(saved, lived_in, other_lab, settings, tmp_path):
    assert other_lab.manage("restore", str(saved)).returncode == 0
    before = holds(other_lab)
    Entry.objects.create(kind="lab.loaded", at=AT)
    default_storage.delete(pictures.path(lived_in, "large"))
    call_command("backup", str(tmp_path / "later"), stdout=io.StringIO())

    refused = other_lab.manage("restore", str(tmp_path / "later"))
    assert refused.returncode == 1
    assert "--replace" in refused.stderr
    assert holds(other_lab) == before

    answer = other_lab.manage("restore", str(tmp_path / "later"), "--replace")
    assert answer.returncode == 0, answer.stderr
    assert holds(other_lab) == inventory(connection) != before
    assert not (other_lab.folder / "media" / pictures.path(lived_in, "large")).exists()


def test_a_file_that_cannot_be_used_changes_nothing(saved, settings, tmp_path):
    before, content = inventory(connection), saved.read_bytes()
    damaged = bytearray(content)
    damaged[len(content) // 2] ^= 1
    (tmp_path / "damaged").write_bytes(damaged)
    (tmp_path / "short").write_bytes(content[: len(content) // 2])
    for name, sentence in [
        ("damaged", "damaged or was cut short"),
        ("short", "damaged or was cut short"),
        ("nowhere", "nowhere cannot be restored: No such file"),
        ("", "cannot be restored: Is a directory"),
    ]:
        with pytest.raises(CommandError, match=sentence):
            call_command("restore", str(tmp_path / name), replace=True)
    settings.BACKUP_PASSPHRASE = "not the passphrase"
    with pytest.raises(CommandError, match="does not open this backup"):
        call_command("restore", str(saved), replace=True)
    assert inventory(connection) == before


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"engine": "oracle"}, "oracle"),
        ({"time_zone": "America/Lima"}, "America/Lima"),
        ({"migrations": [["bookings", "9999_later"]]}, "newer version"),
        ({"engine": None, "inventory": 3}, "damaged"),
    ],
)
def test_a_backup_that_does_not_fit_changes_nothing(change, sentence, lab, tmp_path):
    path = tmp_path / "stranger"
    told = json.loads(describe(connection, at=timezone.now()).as_json()) | change
    with path.open("wb") as file, writing(file, PASSPHRASE) as archive:
        archive.add(MANIFEST, json.dumps(told).encode())
        archive.add(SECRETS, b"{}")
    before = inventory(connection)
    with pytest.raises(CommandError, match=sentence):
        call_command("restore", str(path), replace=True)
    assert inventory(connection) == before


@pytest.mark.only_postgresql  # Nobody can count who has a file open.
def test_a_lab_that_runs_is_left_alone_and_one_just_stopped_is_not(saved, settings, tmp_path):
    """The server's end of a connection outlives its client for a moment."""
    web = connection.copy()
    web.ensure_connection()
    with pytest.raises(CommandError, match="is running: stop web"):
        call_command("restore", str(saved), replace=True)
    leaving = threading.Timer(0.5, web.connection.close)
    leaving.start()
    with pytest.raises(CommandError, match="No such file"):
        call_command("restore", str(tmp_path / "nowhere"), replace=True)
    leaving.join(20)


def test_what_is_saved_is_of_one_moment_while_others_write(lived_in, other_lab, tmp_path):
    """Each entry is written with the two things it touches; none comes back with one of them."""
    stop, written = threading.Event(), []

    def write():
        try:
            while not stop.is_set():
                with transaction.atomic():
                    entry = Entry.objects.create(kind="lab.loaded", at=AT, data={"pair": 1})
                    for key in "ab":
                        EntryObject.objects.create(entry=entry, type="resource", key=key)
                written.append(entry.pk)
        finally:
            connection.close()

    writer = threading.Thread(target=write)
    writer.start()
    try:
        for number in range(3):
            seen = len(written)
            call_command("backup", str(tmp_path / f"{number}"), stdout=io.StringIO())
    finally:
        stop.set()
        writer.join(20)
    assert len(written) > seen

    answer = other_lab.manage("restore", str(tmp_path / "2"))
    assert answer.returncode == 0, answer.stderr
    with other_lab.opened() as database, database.cursor() as cursor:
        cursor.execute(
            "SELECT COUNT(*), (SELECT COUNT(*) FROM journal_entryobject "
            "WHERE key IN ('a', 'b')) FROM journal_entry WHERE kind = 'lab.loaded'"
        )
        entries, touched = cursor.fetchone()
    assert seen <= entries
    assert touched == 2 * entries


def test_pictures_come_back_to_a_disk_of_their_own(settings, tmp_path):
    """By then the database has been replaced: it is too late to fail."""
    (tmp_path / "unpacked" / "media" / "ab").mkdir(parents=True)
    (tmp_path / "unpacked" / "media" / "ab" / "new.webp").write_text("new")
    with tempfile.TemporaryDirectory(dir="/dev/shm") as disk:
        settings.MEDIA_ROOT = tmp_path / "pictures"
        settings.MEDIA_ROOT.symlink_to(disk)
        (Path(disk) / "old.webp").write_text("old")
        media.put_back(tmp_path / "unpacked")
        assert {name: path.read_text() for name, path in media.files().items()} == {
            "ab/new.webp": "new"
        }


def test_a_file_of_that_name_stays(lived_in, tmp_path):
    path = tmp_path / "lab.backup"
    path.write_text("mine")
    with pytest.raises(CommandError, match="already"):
        call_command("backup", str(path))
    assert path.read_text() == "mine"
    with pytest.raises(CommandError, match="cannot be written"):
        call_command("backup", str(tmp_path / "no-folder" / "lab.backup"))


def test_it_is_written_also_where_files_have_one_name_only(lived_in, tmp_path, monkeypatch):
    """As on many a share of another machine, which is where backups belong."""

    def refuse(*_):
        raise PermissionError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr(Path, "hardlink_to", refuse)
    path = tmp_path / "share" / "lab.backup"
    path.parent.mkdir()
    call_command("backup", str(path), stdout=io.StringIO())
    assert [each.name for each in path.parent.iterdir()] == ["lab.backup"]
    assert path.stat().st_mode & 0o077 == 0
    with path.open("rb") as file:
        unpack(file, PASSPHRASE, tmp_path / "unpacked")
    assert (tmp_path / "unpacked" / MANIFEST).is_file()


def test_only_its_owner_reads_a_backup(saved):
    assert saved.stat().st_mode & 0o077 == 0
    assert User.objects.get(name="Ada").email.encode() not in saved.read_bytes()
