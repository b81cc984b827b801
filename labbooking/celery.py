"""The Celery app, and the table of what the house does by itself.

Every task here finds its work in database rows, so a message lost on the way heals with the next.
"""

import os

from celery import Celery
from celery.schedules import crontab

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "labbooking.settings")

app = Celery("labbooking")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()

SUMMARIES = "labbooking.research.tasks.make_summaries"
app.conf.beat_schedule = {
    "the clock of bookings": {
        "task": "labbooking.bookings.tasks.tick",
        "schedule": 30.0,
        "options": {"expires": 30},
    },
    # A run that waited longer than until the next one is not worth making.
    "messages": {
        "task": "labbooking.notifications.tasks.plan_and_deliver",
        "schedule": 20.0,
        "options": {"expires": 20},
    },
    "weekly summaries": {
        "task": SUMMARIES,
        "schedule": crontab(minute="0", hour="6", day_of_week="mon"),
    },
    # Does nothing unless a summary or its mail is missing.
    "weekly summaries that were missed": {"task": SUMMARIES, "schedule": crontab(minute="20")},
}
