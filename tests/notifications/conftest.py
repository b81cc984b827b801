import pytest

from tests.notifications.post import Mailbox


@pytest.fixture
def mailbox(settings):
    """This test process's own folder of mails, written as in the embedded lab."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    box = Mailbox(settings.EMAIL_FILE_PATH)
    box.empty()
    yield box
    box.empty()
