"""The weekly figures of the house, each counted once, and how many people take part."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from labbooking.errors import WrongState
from labbooking.journal.record import Happening, Touched, record
from labbooking.research.actions.entries import refuse_ended
from labbooking.research.figures import counting
from labbooking.research.figures.weeks import week
from labbooking.research.models import Study, UsageSummary
from labbooking.research.queries import consents_that_count, uses
from labbooking.when import lab_zone


@transaction.atomic
def make_summary(study: Study, monday: date, *, at: datetime) -> UsageSummary:
    """The summary of the house for a week, counted once: a second call finds the first one's.

    Raises `WrongState` for a study that has ended or is not the one of the house's figures, and
    for a week that was summed up study by study: the difference would tell on people.
    """
    refuse_ended(Study.objects.select_for_update().get(pk=study.pk))
    if not study.house_figures:
        raise WrongState(_("Weeks are summed up for the house, not for a study."))
    if UsageSummary.objects.filter(week_start=monday).exclude(study=study).exists():
        raise WrongState(_("That week was summed up before, for each study."))
    summary, made = UsageSummary.objects.get_or_create(
        study=study, week_start=monday, defaults={"made_at": at, **_counted(study, monday)}
    )
    if made:
        about = Touched("study", study.slug, "about")
        data = {"week_start": monday.isoformat(), "suppressed": summary.suppressed}
        record(Happening("summary.made", at, (about,), data))
    return summary


@transaction.atomic
def count_people(study: Study, monday: date) -> None:
    """How many take part, counted once for each Monday."""
    count = consents_that_count(study).count()
    not_yet = Q(counted_on=None) | Q(counted_on__lt=monday)
    Study.objects.filter(not_yet, pk=study.pk).update(people_counted=count, counted_on=monday)


def _counted(study: Study, monday: date) -> dict[str, Any]:
    within = study.during(week(monday), lab_zone())
    found = uses(study, within) if within else []
    if counting.too_few(found):
        return {"suppressed": True, "figures": {}}
    figures = counting.count(found, lab_zone())
    suppressed = counting.nothing_told(figures)
    return {"suppressed": suppressed, "figures": {} if suppressed else figures}
