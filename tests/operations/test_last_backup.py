"""Staff see how old the last backup is, where the house makes them by itself."""

from datetime import timedelta

import pytest
from django.utils import timezone

from labbooking.operations.heartbeats import Part, beat

pytestmark = pytest.mark.django_db


def desk(signed_in, sam):
    return signed_in(sam).get("/desk/").content.decode()


def test_where_none_are_made_nothing_is_said(signed_in, sam):
    assert "backup" not in desk(signed_in, sam)


def test_its_age_is_told_and_a_late_one_is_a_warning(signed_in, sam, settings, tmp_path):
    settings.BACKUP_FOLDER = tmp_path
    assert "There is no backup yet. The worker’s log says why." in desk(signed_in, sam)
    beat(Part.BACKUP, at=timezone.now() - timedelta(hours=7, minutes=5))
    page = desk(signed_in, sam)
    assert "The last backup is 7 hours old." in page
    assert "’s log" not in page
    beat(Part.BACKUP, at=timezone.now() - timedelta(hours=31, minutes=5))
    assert "The last backup is 31 hours old. The worker’s log says why." in desk(signed_in, sam)
