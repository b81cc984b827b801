"""What this room holds about a person."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from labbooking.residencies.jury.personal_data import HELD as OF_JURIES
from residents.privacy.registry import Erasure, Holding

HELD = (
    # Their files go with them, also where their application goes.
    Holding(
        "residencies.Work",
        "application__person",
        Erasure.DELETED,
        _("Works in applications"),
        ("application", "kind", "caption", "year", "url", "text", "made_at"),
        with_more=lambda rows: rows.select_related("application__call"),
    ),
    Holding(
        "residencies.ApplicationAnswer",
        "application__person",
        Erasure.DELETED,
        _("Answers to the questions of calls"),
        ("application", "question", "in_words"),
        with_more=lambda rows: rows.select_related("application__call", "question"),
    ),
    Holding(
        "residencies.Application",
        "person",
        Erasure.DELETED,
        _("Applications for stays"),
        (
            "call", "code", "state", "begun_at", "submitted_at", "withdrawn_at", "decided_at",
            "title", "project", "about", "earliest", "latest", "weeks_min", "weeks_wished",
            "weeks_max", "arrival_wished", "headsets", "partner_code", "companions", "needs",
            "features_in_words", "lives_in_germany", "check_reason",
        ),
        with_more=lambda rows: rows.prefetch_related("features_needed"),
    ),
    Holding("residencies.Application", "checked_by", Erasure.KEPT),
    Holding(
        "residencies.BlindNote",
        "application__person",
        Erasure.DELETED,
        _("Words of yours that staff decided about before a jury read"),
        ("application", "field", "words", "choice", "decided_at"),
        with_more=lambda rows: rows.select_related("application__call"),
    ),
    Holding("residencies.BlindNote", "decided_by", Erasure.KEPT),
    Holding(
        "residencies.Offer",
        "application__person",
        Erasure.DELETED,
        _("Offers of stays"),
        (
            "state", "starts_at", "ends_at", "sent_at", "answer_by", "ended_at", "words",
            "answer", "asked", "asked_at", "reason",
        ),
    ),
    Holding("residencies.Offer", "made_by", Erasure.KEPT),
    Holding(
        "residencies.Place",
        "application__person",
        Erasure.DELETED,
        _("Places in plans of a season"),
        ("resource", "starts_on", "ends_on", "weeks"),
    ),
    # Their words name others' codes.
    Holding("residencies.Why", "application__person", Erasure.DELETED),
    Holding(
        "residencies.FixedPlace",
        "application__person",
        Erasure.DELETED,
        _("What staff fixed in plans of a season"),
        ("how", "resource", "starts_on", "weeks"),
    ),
    Holding("residencies.SeasonPlan", "made_by", Erasure.KEPT),
    Holding("residencies.SeasonPlan", "settled_by", Erasure.KEPT),
    *OF_JURIES,
)  # fmt: skip
