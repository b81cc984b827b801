"""What juries hold about a person: who applied, and who judged."""

from __future__ import annotations

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from labbooking.residencies.jury.models import Conflict, Juror
from labbooking.residencies.jury.reviews.models import Review, ReviewVersion
from residents.privacy.registry import Erasure, Holding


def with_criteria(rows: QuerySet[Review]) -> QuerySet[Review]:
    """With all that tells a review to somebody."""
    told = rows.select_related("task__application__call")
    return told.prefetch_related("task__application__call__criteria")


def with_their_review(rows: QuerySet[ReviewVersion]) -> QuerySet[ReviewVersion]:
    return rows.select_related("review__task__application")


def with_their_application(rows: QuerySet[Conflict]) -> QuerySet[Conflict]:
    return rows.select_related("application")


def with_their_call(rows: QuerySet[Juror]) -> QuerySet[Juror]:
    return rows.select_related("jury__call")


HELD = (
    Holding(
        "residencies.Review",
        "task__application__person",
        Erasure.DELETED,
        _("What juries thought of your applications"),
        ("code", "told"),
        with_more=with_criteria,
    ),
    Holding(
        "residencies.Review",
        "task__juror__person",
        Erasure.EMPTIED,
        _("Reviews you wrote as a juror"),
        (
            "code", "grades", "words", "recommendation", "confidence", "begun_at", "changed_at",
            "finished_at",
        ),
        ("words", "reopened_reason"),
        with_criteria,
    ),
    Holding(
        "residencies.ReviewVersion",
        "review__task__juror__person",
        Erasure.EMPTIED,
        _("Earlier versions of reviews you wrote"),
        ("code", "number", "grades", "words", "recommendation", "confidence", "kept_at"),
        ("words",),
        with_their_review,
    ),
    Holding(
        "residencies.Conflict",
        "juror__person",
        Erasure.EMPTIED,
        _("What you said about whom you do not decide on"),
        ("code", "kind", "note", "declared_at"),
        ("note",),
        with_their_application,
    ),
    Holding(
        "residencies.Juror",
        "person",
        Erasure.KEPT,
        _("Juries you sit on"),
        ("call_name", "number", "is_chair", "invited_at", "accepted_terms_at", "reminded_at"),
        with_more=with_their_call,
    ),
)  # fmt: skip
