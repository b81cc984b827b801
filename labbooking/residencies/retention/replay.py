"""Applications that were deleted, and what people need: enough to find them in a lab that is
restored from before, without a name. What time alone deletes goes there by itself again."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from labbooking.journal.models import Entry
from labbooking.residencies.applications.actions.needs import without_needs
from labbooking.residencies.applications.entries import tell_erased
from labbooking.residencies.applications.models import Application
from labbooking.residencies.applications.queries import says_needs
from residents.privacy.registry import Replay, Row

_NEEDS = "application.needs_erased"
_KINDS = ("application.erased", "application.discarded", _NEEDS)


def known() -> list[Row]:
    """Also of what was told by a lab of before, which named no row: that it cannot find again."""
    told = Entry.objects.filter(kind__in=_KINDS).order_by("pk")
    return [
        {
            "application": f"{data['number']}",
            "begun_at": data["begun_at"],
            "what": "needs" if kind == _NEEDS else "all",
        }
        for kind, data in told.values_list("kind", "data")
        if "number" in data
    ]


def again(rows: Sequence[Row], at: datetime) -> int:
    return sum(_again(each, at) for each in rows if "application" in each)


@transaction.atomic
def _again(row: Row, at: datetime) -> int:
    begun_at = datetime.fromisoformat(row["begun_at"])
    rows = Application.objects.filter(pk=int(row["application"]), begun_at=begun_at)
    found = rows.select_related("call", "person").select_for_update(of=("self",)).first()
    if found is None:
        return 0
    if row["what"] == "needs":
        if not says_needs(found):
            return 0
        without_needs(found)
        tell_erased(_NEEDS, found, by=None, at=at)
        return 1
    tell_erased("application.erased", found, by=None, at=at)
    found.delete()
    return 1


REPLAY = Replay(known, again)
