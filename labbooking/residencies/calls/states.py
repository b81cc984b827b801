"""The life of a call. What the clock does to one is recorded a little later than it happens; what
is shown and allowed goes by `Call.stage`, which asks the instants themselves."""

from django.db import models
from django.utils.translation import pgettext_lazy


class CallState(models.TextChoices):
    DRAFT = "draft", pgettext_lazy("a call for applications", "draft")
    ANNOUNCED = "announced", pgettext_lazy("a call for applications", "announced")
    OPEN = "open", pgettext_lazy("a call for applications", "open")
    CLOSED = "closed", pgettext_lazy("a call for applications", "closed")
    CALLED_OFF = "called_off", pgettext_lazy("a call for applications", "called off")
    ARCHIVED = "archived", pgettext_lazy("a call for applications", "archived")


BY_THE_CLOCK = frozenset({CallState.ANNOUNCED, CallState.OPEN, CallState.CLOSED})
"""Which of these a published call is in, its instants say."""
CAN_BE_CALLED_OFF = frozenset({CallState.ANNOUNCED, CallState.OPEN})
CAN_BE_ARCHIVED = frozenset({CallState.DRAFT, CallState.CLOSED, CallState.CALLED_OFF})
CAN_BE_CHANGED = frozenset({CallState.DRAFT, *BY_THE_CLOCK})
RELIED_ON = frozenset({CallState.OPEN, CallState.CLOSED})
"""Somebody may have applied: what applicants rely on does not change any more."""
