import pytest
from django.utils import timezone

from labbooking.period import DAY
from tests.inductions.offered import a_slot


@pytest.fixture
def now():
    return timezone.now().replace(microsecond=0)


@pytest.fixture
def slot(lab, sam, now):
    return a_slot(sam, now + 3 * DAY, at=now)
