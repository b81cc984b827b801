"""What appointments for inductions hold about a person."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from residents.privacy.registry import Erasure, Holding

HELD = (
    Holding(
        "inductions.InductionPlace",
        "person",
        Erasure.DELETED,
        _("Places at inductions"),
        ("topic", "starts_at", "taken_at", "inducted_at"),
        with_more=lambda rows: rows.select_related("slot"),
    ),
    Holding("inductions.InductionSlot", "given_by", Erasure.KEPT),
)
