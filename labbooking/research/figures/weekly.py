"""What the house does for its studies by itself, once a week."""

from __future__ import annotations

from datetime import date, datetime

from labbooking.period import WEEK, week_start
from labbooking.research.actions import count_people, make_summary
from labbooking.research.figures.weeks import last_summed_up, week
from labbooking.research.models import Study, UsageSummary

# A lab that was down is caught up on so far back.
_CATCH_UP = 4 * WEEK


def make_due_summaries(at: datetime) -> int:
    """The summaries of complete weeks that are missing; how many were made."""
    studies = Study.objects.filter(ended_at=None, house_figures=True)
    due = [(study, monday) for study in studies for monday in _missing(study, at)]
    for study, monday in due:
        make_summary(study, monday, at=at)
    return len(due)


def count_people_of_the_week(at: datetime) -> None:
    """On Mondays: how many take part in each study that was there before."""
    monday = last_summed_up(at) + WEEK
    for study in Study.objects.filter(ended_at=None, made_at__lt=week(monday).start):
        count_people(study, monday)


def _missing(study: Study, at: datetime) -> list[date]:
    last = last_summed_up(at)
    first = max(last - _CATCH_UP + WEEK, week_start(study.starts))
    until = min(last, study.ends) if study.ends else last
    # Weeks that were summed up study by study are not told again.
    made = set(UsageSummary.objects.values_list("week_start", flat=True))
    weeks = (first + number * WEEK for number in range((until - first).days // 7 + 1))
    return [monday for monday in weeks if monday not in made]
