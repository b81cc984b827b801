"""The worker finds missing summaries by itself, and beat asks for them on Monday at six."""

from datetime import timedelta

import pytest
from celery.schedules import crontab
from django.utils import timezone

from labbooking.celery import app
from labbooking.notifications.models import Notification
from labbooking.notifications.tasks import plan_and_deliver
from labbooking.research.models import UsageSummary
from labbooking.research.tasks import make_summaries
from tests.processes import eventually
from tests.research.conftest import a_study

TASK = "labbooking.research.tasks.make_summaries"


def test_beat_asks_on_monday_at_six_and_looks_after_every_hour():
    asked = [each for each in app.conf.beat_schedule.values() if each["task"] == TASK]

    assert crontab(minute="0", hour="6", day_of_week="mon") in [each["schedule"] for each in asked]
    assert len(asked) == 2
    assert app.conf.timezone == "Europe/Berlin"


@pytest.mark.worker
def test_the_worker_makes_and_mails_what_is_missing(celery_worker_process, rui):
    today = timezone.now().date()
    a_study("figures", rui, starts=today - timedelta(days=21), house_figures=True)

    make_summaries.delay()
    eventually(lambda: UsageSummary.objects.count() >= 2)
    plan_and_deliver.delay()

    sent = Notification.objects.filter(template="summary").exclude(sent_at=None)
    eventually(lambda: sent.count() >= 2)
