"""What stays hold about a person."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from labbooking import pictures
from labbooking.residencies.stays.checklists.models import CheckItem
from labbooking.residencies.stays.queries import with_booking
from residents.privacy.registry import Erasure, Holding

_RESIDENT = "stay__person"


def forget_photo(instance: CheckItem, **_signal: object) -> None:
    """The file of a line's photo goes with it, however the line goes."""
    if key := instance.photo:
        transaction.on_commit(lambda: pictures.delete(key))


HELD = (
    Holding(
        "residencies.Stay",
        "person",
        Erasure.KEPT,
        _("Stays"),
        (
            "booking",
            "opened_at",
            "first",
            "last",
            "signed_at",
            "deposit_cents",
            "deposit_in_at",
            "deposit_back_at",
            "deducted",
            "lives_in_germany",
            "closed_at",
        ),
        with_more=with_booking,
    ),
    Holding("residencies.Stay", "signed_by", Erasure.KEPT),
    Holding(
        "residencies.Deduction",
        _RESIDENT,
        Erasure.EMPTIED,
        _("What was kept of a deposit"),
        ("reason", "cents"),
        ("reason",),
    ),
    Holding(
        "residencies.KeyHandout",
        _RESIDENT,
        Erasure.KEPT,
        pgettext_lazy("of doors", "Keys"),
        ("tag", "out_at", "back_at"),
    ),
    Holding("residencies.KeyHandout", "out_by", Erasure.KEPT),
    Holding("residencies.KeyHandout", "back_by", Erasure.KEPT),
    Holding(
        "residencies.CheckItem",
        "checklist__stay__person",
        Erasure.DELETED,
        _("How a studio was found"),
        ("label", "answer", "words", "at"),
    ),
    Holding("residencies.CheckItem", "by", Erasure.KEPT),
    Holding(
        "residencies.Absence",
        _RESIDENT,
        Erasure.DELETED,
        _("Nights away"),
        ("from_on", "until_on", "reason", "excused", "noted_at"),
    ),
    Holding(
        "residencies.Guest",
        _RESIDENT,
        Erasure.DELETED,
        _("Guests"),
        ("name", "from_on", "until_on", "state", "reason", "announced_at", "decided_at"),
    ),
    Holding(
        "residencies.ClosingReport",
        _RESIDENT,
        Erasure.DELETED,
        _("Report of a stay"),
        ("words", "works", "may_be_published", "sent_at"),
    ),
)
