"""Who applies, and who reads applications, is not observed: no study exports any of it."""

import pytest

from labbooking.journal.kinds import KINDS
from labbooking.journal.models import Entry, EntryObject
from labbooking.research.exports.batches import entries_of

pytestmark = pytest.mark.django_db
NOT_RESEARCHED = ("application.", "review.", "juror.")


def test_no_kind_of_applications_reviews_and_juries_is_exported(ada, now):
    known = {kind for kind in KINDS if kind.startswith(NOT_RESEARCHED)}
    kinds = {*known, "review.finished", "juror.conflict", "booking.requested"}
    for kind in kinds:
        entry = Entry.objects.create(kind=kind, at=now, data={})
        EntryObject.objects.create(
            entry=entry, type="subject", key=str(ada.subject_key), qualifier="person"
        )
    assert "application.submitted" in kinds
    exported = entries_of([str(ada.subject_key)])
    assert {each.kind for each in exported} == {"booking.requested"}
