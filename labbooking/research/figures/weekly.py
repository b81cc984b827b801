"""What the house does for its studies by itself: weekly summaries, and their mails."""

from __future__ import annotations

import logging
from datetime import date, datetime, timedelta

from django.core.mail import get_connection
from django.db import DatabaseError
from django.db.models import F, Q

from labbooking.period import WEEK, week_start
from labbooking.research.actions import count_people, make_summary
from labbooking.research.figures.mail import letter
from labbooking.research.figures.weeks import last_summed_up, week
from labbooking.research.models import Study, SummaryMail, UsageSummary
from labbooking.research.queries import readers
from labbooking.wire.smtp import ServerAway

log = logging.getLogger(__name__)

# A lab that was down is caught up on so far back, and a mail is tried again after so long.
_CATCH_UP = 4 * WEEK
_TRY_AGAIN = timedelta(minutes=30)


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


def send_due_mails(at: datetime) -> int:
    """Every mail that is owed and nobody is sending; how many were sent."""
    free = Q(tried_at=None) | Q(tried_at__lte=at - _TRY_AGAIN)
    owed = SummaryMail.objects.filter(free, mailed_at=None)
    sent = 0
    for mail in owed.select_related("recipient", "summary__study"):
        try:
            sent += _send(mail, free, at)
        except ServerAway as failure:
            log.warning("summary mail %s: tried again later: %s", mail.pk, failure)
            break  # Nobody else's would fare better.
    return sent


def _missing(study: Study, at: datetime) -> list[date]:
    last = last_summed_up(at)
    first = max(last - _CATCH_UP + WEEK, week_start(study.starts))
    until = min(last, study.ends) if study.ends else last
    # Weeks that were summed up study by study are not told again.
    made = set(UsageSummary.objects.values_list("week_start", flat=True))
    weeks = (first + number * WEEK for number in range((until - first).days // 7 + 1))
    return [monday for monday in weeks if monday not in made]


def _send(mail: SummaryMail, free: Q, at: datetime) -> bool:
    """The claim comes first, so that nobody else sends it; a claim left by a crash lapses."""
    row = SummaryMail.objects.filter(pk=mail.pk)
    if not row.filter(free, mailed_at=None).update(tried_at=at):
        return False
    if not readers(mail.summary.study).filter(pk=mail.recipient_id).exists():
        row.delete()
        return False
    try:
        # Closed whatever happens: a mail that cannot be written leaves nothing open.
        with get_connection() as connection:
            connection.send_messages([letter(mail)])
    except (ServerAway, DatabaseError):
        raise
    except Exception as failure:  # noqa: BLE001 - whatever it is, the next mail may fare better
        # Without its words: these may repeat the address.
        log.warning("summary mail %s: tried again later: %s", mail.pk, type(failure).__name__)
        return False
    return bool(row.update(mailed_at=F("tried_at")))
