"""The weekly summaries, each counted once."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import transaction

from labbooking.journal.record import Happening, Touched, record
from labbooking.research.actions.entries import refuse_ended
from labbooking.research.figures import counting
from labbooking.research.figures.weeks import week
from labbooking.research.models import Study, SummaryMail, UsageSummary
from labbooking.research.queries import readers, uses
from labbooking.when import lab_zone


@transaction.atomic
def make_summary(study: Study, monday: date, *, at: datetime) -> UsageSummary:
    """The summary of a week, counted once: a second call finds the first one's.

    Raises `WrongState` for a study that has ended.
    """
    refuse_ended(Study.objects.select_for_update().get(pk=study.pk))
    summary, made = UsageSummary.objects.get_or_create(
        study=study, week_start=monday, defaults={"made_at": at, **_counted(study, monday)}
    )
    if made:
        about = Touched("study", study.slug, "about")
        data = {"week_start": monday.isoformat(), "suppressed": summary.suppressed}
        record(Happening("summary.made", at, (about,), data))
        SummaryMail.objects.bulk_create(
            SummaryMail(summary=summary, recipient=reader) for reader in readers(study)
        )
    return summary


def _counted(study: Study, monday: date) -> dict[str, Any]:
    within = study.during(week(monday), lab_zone())
    found = uses(study, within) if within else []
    if counting.too_few(found):
        return {"suppressed": True, "figures": {}}
    return {"suppressed": False, "figures": counting.count(found, lab_zone())}
