"""The Celery app, and the table of what the house does by itself.

Every task here finds its work in database rows, so a message lost on the way heals with the next.
"""

import os

from celery import Celery
from django.conf import settings

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "labbooking.settings")

app = Celery("labbooking")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
app.conf.update(timezone=settings.TIME_ZONE)
