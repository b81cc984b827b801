import pytest

from labbooking.research.actions import put_study
from tests.lab import berlin
from tests.notifications.post import Mailbox
from tests.people import person


def a_study(slug, *researchers, **fields):
    """A study from the first of January 2026 on; `fields` are those of `Study`."""
    names = {"name_de": slug, "name_en": slug, "description_de": "Wann?", "description_en": "When?"}
    fields = {**names, "starts": berlin("2026-01-01 00:00").date(), **fields}
    return put_study(
        slug,
        fields=fields,
        text_de="Ich bin einverstanden.",
        text_en="I agree.",
        researchers=list(researchers),
        at=berlin("2026-01-01 00:00"),
    )


@pytest.fixture
def study(rui):
    """Rui's study; nobody takes part yet."""
    return a_study("futurework", rui)


@pytest.fixture
def five(ada, ben):
    """Five creatives."""
    return [ada, ben, *(person(name) for name in ("Lea", "Tom", "Ines"))]


@pytest.fixture
def mailbox(settings):
    """This test process's own folder of mails, written as in the embedded lab."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    box = Mailbox(settings.EMAIL_FILE_PATH)
    box.empty()
    yield box
    box.empty()
