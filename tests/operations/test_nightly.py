"""The backup that the house makes by itself."""

import os
import time
from datetime import timedelta

import pytest
from celery.schedules import crontab

from labbooking.celery import app
from labbooking.operations.backup import nightly
from labbooking.operations.heartbeats import Part, last
from labbooking.operations.tasks import nightly_backup
from labbooking.period import DAY
from tests.lab import berlin

pytestmark = pytest.mark.django_db(transaction=True)
NIGHT = berlin("2026-11-24 03:40")


@pytest.fixture
def folder(settings, tmp_path):
    settings.BACKUP_FOLDER = tmp_path / "backups"
    settings.BACKUP_DAYS = 3
    return settings.BACKUP_FOLDER


def names(folder):
    return sorted(path.name for path in folder.iterdir())


def test_each_day_has_one_and_the_old_ones_go(folder):
    for days in range(5):
        assert nightly.make_due(at=NIGHT + timedelta(days=days))
        assert nightly.make_due(at=NIGHT + timedelta(days=days, hours=1)) is None
    assert names(folder) == [f"daig-2026-11-{day}.backup" for day in (26, 27, 28)]
    assert last(Part.BACKUP) == NIGHT + timedelta(days=4)


def test_it_waits_for_the_night_and_makes_up_for_a_missed_one(folder):
    assert nightly.make_due(at=berlin("2026-11-24 00:40")) is None
    assert nightly.make_due(at=berlin("2026-11-24 17:40"))


def test_beat_asks_for_it_every_hour():
    task = nightly_backup.name
    asked = [each["schedule"] for each in app.conf.beat_schedule.values() if each["task"] == task]
    assert asked == [crontab(minute="40")]


def test_what_somebody_else_put_there_stays(folder):
    folder.mkdir()
    (folder / "daig-before-the-move.backup").write_text("kept by hand")
    nightly.make_due(at=NIGHT)
    assert names(folder) == ["daig-2026-11-24.backup", "daig-before-the-move.backup"]


def test_drafts_of_who_was_killed_do_not_pile_up(folder):
    folder.mkdir()
    for name, age in (("22.backup.old", 2 * DAY), ("23.backup.new", timedelta())):
        draft = folder / f".daig-2026-11-{name}"
        draft.write_text("half a backup")
        written = time.time() - age.total_seconds()
        os.utime(draft, (written, written))
    nightly.make_due(at=NIGHT)
    assert names(folder) == [".daig-2026-11-23.backup.new", "daig-2026-11-24.backup"]


def test_without_a_folder_there_is_none(settings):
    settings.BACKUP_FOLDER = None
    assert nightly.make_due(at=NIGHT) is None
    assert last(Part.BACKUP) is None


def test_a_draft_that_is_finished_just_then_is_nobodys_fault(folder):
    """Another worker renames its draft between the look into the folder and the look at it."""
    folder.mkdir()
    (folder / ".daig-2026-11-24.backup.gone").symlink_to(folder / "renamed by now")
    assert nightly.make_due(at=NIGHT)
