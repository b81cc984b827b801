"""A call that is open now, and where mails about it land."""

import pytest
from django.core.cache import cache

from tests.notifications.post import Mailbox
from tests.residencies.calling import open_at


@pytest.fixture
def call(lab, sam, now):
    cache.clear()
    return open_at(sam, now)


@pytest.fixture
def mailbox(settings, tmp_path):
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    settings.EMAIL_FILE_PATH = str(tmp_path)
    return Mailbox(tmp_path)
