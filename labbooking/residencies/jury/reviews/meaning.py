"""What grades mean, for criteria that say so themselves and for those that do not."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from labbooking.residencies.calls.models import Criterion

ANCHORS = {
    1: _("not convincing"),
    2: _("weak in much"),
    3: _("solid"),
    4: _("strong"),
    5: _("outstanding"),
}
"""What a grade means where the criterion has no words of its own for it."""


def meanings(criterion: Criterion) -> dict[int, str]:
    """By the grade, in the reader's language."""
    return criterion.anchors or {grade: str(words) for grade, words in ANCHORS.items()}
