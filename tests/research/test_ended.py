"""A study whose key was deleted has ended: nothing opens it again and nobody hears of it."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction

from labbooking.errors import NotThere, WrongState
from labbooking.journal.models import Entry
from labbooking.period import HOUR
from labbooking.research import demo
from labbooking.research.actions import forget_key, make_summary, withdraw_consent
from labbooking.research.figures.weekly import make_due_summaries
from labbooking.research.models import Consent, Study, StudyKey, UsageSummary
from labbooking.research.queries import consents_that_count, readers
from tests.notifications.post import tell
from tests.research.conftest import a_study
from tests.research.log import NOW, agrees
from tests.research.test_summaries import MADE_AT, MONDAY

pytestmark = pytest.mark.django_db


@pytest.fixture
def figures(rui):
    return a_study("house-figures", rui, starts=MONDAY, house_figures=True)


@pytest.fixture
def ended(study, ada):
    agrees(ada, study)
    forget_key(study.slug, at=NOW)
    return Study.objects.get(pk=study.pk)


def test_ending_it_twice_is_ending_it_once(ended):
    forget_key(ended.slug, at=NOW + HOUR)

    assert Study.objects.get().ended_at == NOW
    assert Entry.objects.filter(kind="study.ended").count() == 1


def test_its_file_does_not_open_it_again(ended, rui):
    with pytest.raises(WrongState):
        a_study(ended.slug, rui)
    with pytest.raises(CommandError, match="has ended"):
        call_command("load_study", demo.STUDY, stdout=StringIO())

    ended.refresh_from_db()
    assert not ended.is_open
    assert not StudyKey.objects.exists()


def test_the_database_keeps_it_closed(ended):
    with pytest.raises(IntegrityError), transaction.atomic():
        Study.objects.update(is_open=True)


def test_nobody_joins_and_everybody_may_leave(ended, ada, ben, sam):
    with pytest.raises(WrongState):
        agrees(ben, ended)
    with pytest.raises(NotThere):
        agrees(sam, ended)
    assert list(consents_that_count(ended)) == []

    withdraw_consent(ended.slug, by=ada, at=NOW)
    assert not Consent.objects.filter(withdrawn_at=None).exists()


def test_nobody_reads_it_and_no_sum_is_made_or_mailed(figures, mailbox):
    forget_key(figures.slug, at=NOW)

    assert list(readers(figures)) == []
    with pytest.raises(WrongState, match="has ended"):
        make_summary(figures, MONDAY, at=MADE_AT)

    assert make_due_summaries(MADE_AT) == 0
    assert tell(MADE_AT) == []
    assert not UsageSummary.objects.exists()
    assert mailbox.mails == []


def test_a_mail_that_was_owed_is_not_sent(figures, mailbox):
    make_summary(figures, MONDAY, at=MADE_AT)
    forget_key(figures.slug, at=MADE_AT)

    assert tell(MADE_AT) == []
    assert mailbox.mails == []


def test_its_pages_say_so_and_hand_nothing_out(ended, ada, rui, just_signed_in, signed_in):
    to_ada = signed_in(ada).get("/consents/").content.decode()
    assert "This study has ended." in to_ada
    assert "I take part" not in to_ada

    browser = just_signed_in(rui)
    assert (
        "key of this study was deleted" in browser.get(f"/research/{ended.slug}/").content.decode()
    )
    days = {"first": "2026-11-01", "last": "2026-11-30"}
    assert browser.post(f"/research/{ended.slug}/exports/", days).status_code == 409
