"""The Celery app, and the table of what the house does by itself.

Every task here finds its work in database rows, so a message lost on the way heals with the next.
"""

import os
from typing import Any

from celery import Celery, signals
from celery.schedules import crontab

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "labbooking.settings")

app = Celery("labbooking")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@signals.worker_init.connect
@signals.beat_init.connect
def _refuse_another_zone(**_: Any) -> None:
    from equipment.zone_check import refuse_another_zone  # noqa: PLC0415 - it imports us

    refuse_another_zone()


@signals.worker_ready.connect
def _worker_is_up(**_: Any) -> None:
    from labbooking.operations.clockwork import show_life  # noqa: PLC0415
    from labbooking.operations.heartbeats import Part  # noqa: PLC0415

    show_life(Part.WORKER)


SUMMARIES = "labbooking.research.tasks.make_summaries"
app.conf.beat_schedule = {
    "the clock of bookings": {
        "task": "labbooking.bookings.tasks.tick",
        "schedule": 30.0,
        "options": {"expires": 30},
    },
    "the clock of inductions": {
        "task": "labbooking.inductions.tasks.tick_inductions",
        "schedule": 60.0,
        "options": {"expires": 60},
    },
    "the clock of calls": {
        "task": "labbooking.residencies.tasks.tick_residencies",
        "schedule": 60.0,
        "options": {"expires": 60},
    },
    "applications that go": {
        "task": "labbooking.residencies.tasks.forget_applications",
        "schedule": crontab(minute="20", hour="3"),
    },
    "plans of seasons": {
        "task": "labbooking.residencies.tasks.work_on_seasons",
        "schedule": 10.0,
        "options": {"expires": 10},
    },
    # A run that waited longer than until the next one is not worth making.
    "messages": {
        "task": "labbooking.notifications.tasks.plan_and_deliver",
        "schedule": 20.0,
        "options": {"expires": 20},
    },
    "accounts that end": {
        "task": "residents.tasks.end_accounts",
        "schedule": 60.0,
        "options": {"expires": 60},
    },
    "sign of life": {
        "task": "labbooking.operations.tasks.show_worker",
        "schedule": 20.0,
        "options": {"expires": 20},
    },
    # Does nothing unless a folder for backups is set and today's is missing.
    "nightly backup": {
        "task": "labbooking.operations.tasks.nightly_backup",
        "schedule": crontab(minute="40"),
    },
    # Tells once a day, whenever it is asked.
    "undelivered messages": {
        "task": "labbooking.notifications.tasks.tell_of_undelivered",
        "schedule": crontab(minute="10"),
    },
    "weekly summaries": {
        "task": SUMMARIES,
        "schedule": crontab(minute="0", hour="6", day_of_week="mon"),
    },
    # Does nothing unless a summary is missing.
    "weekly summaries that were missed": {"task": SUMMARIES, "schedule": crontab(minute="20")},
}
