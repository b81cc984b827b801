"""What research holds about a person under their account. What was exported before stands under a
code that nobody can lead back to them."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from residents.privacy.registry import Erasure, Holding

HELD = (
    Holding(
        "research.Consent",
        "person",
        Erasure.DELETED,
        _("Taking part in research"),
        ("study", "given_at", "covers_from", "withdrawn_at"),
    ),
    Holding("research.Study_researchers", "user", Erasure.DELETED, _("Researches in"), ("study",)),
    Holding("research.Export", "made_by", Erasure.KEPT),
)
