"""The life of a season's plan."""

from django.db import models
from django.utils.translation import pgettext_lazy


class PlanState(models.TextChoices):
    WAITING = "waiting", pgettext_lazy("a season's plan", "waiting for the worker")
    SOLVING = "solving", pgettext_lazy("a season's plan", "being solved")
    PROPOSED = "proposed", pgettext_lazy("a season's plan", "proposed")
    SETTLED = "settled", pgettext_lazy("a season's plan", "settled")
    SUPERSEDED = "superseded", pgettext_lazy("a season's plan", "replaced by a later one")
    FAILED = "failed", pgettext_lazy("a season's plan", "failed")


IN_WORK = frozenset({PlanState.WAITING, PlanState.SOLVING})
HAS_PLACES = frozenset({PlanState.PROPOSED, PlanState.SETTLED, PlanState.SUPERSEDED})
