"""The life of an offer. One that has not been sent is no row."""

from django.db import models
from django.utils.translation import pgettext_lazy


class OfferState(models.TextChoices):
    OPEN = "open", pgettext_lazy("an offer", "open")
    ACCEPTED = "accepted", pgettext_lazy("an offer", "accepted")
    REFUSED = "refused", pgettext_lazy("an offer", "declined")
    LAPSED = "lapsed", pgettext_lazy("an offer", "lapsed")
    CALLED_BACK = "called_back", pgettext_lazy("an offer", "called back")


STANDING = (OfferState.OPEN, OfferState.ACCEPTED)
"""One of these keeps the application and its booking from any other offer."""
