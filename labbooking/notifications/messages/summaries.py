"""The weekly mail to a study's researchers, and to nobody else."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from labbooking import when as say
from labbooking.journal.models import Entry
from labbooking.notifications.messages.message import Picture, Planned, Said, Written
from labbooking.notifications.models import Notification
from labbooking.notifications.queries import studies
from labbooking.research.figures.chart import png
from labbooking.research.figures.wording import SummaryText, read
from labbooking.research.models import UsageSummary
from labbooking.research.queries import readers, readers_of, summaries_of

KIND, TEMPLATE = "summary.made", "summary"
KINDS = frozenset({KIND})
CHART = "hours"


def planned(entries: Sequence[Entry], at: datetime) -> Iterator[Planned]:
    """Everybody who may read the study is told of each of its weeks, once."""
    found = list(_summaries(entries))
    told = readers_of([summary.study for _entry, summary in found]) if found else {}
    for entry, summary in found:
        readers_now = told.get(summary.study_id, [])
        yield from (Planned(entry, each, TEMPLATE, at) for each in readers_now)


def written(notification: Notification, _at: datetime) -> Written | None:
    """The mail in the language that is active, or None for who may no longer read the study."""
    for _entry, summary in _summaries([notification.entry]):
        if readers(summary.study).filter(pk=notification.person.pk).exists():
            return _of(summary)
    return None


def _summaries(entries: Sequence[Entry]) -> Iterator[tuple[Entry, UsageSummary]]:
    """However many entries, in two queries."""
    slugs = studies(entries) if entries else {}
    weeks = {
        each.pk: (slugs.get(each.pk, ""), date.fromisoformat(each.data["week_start"]))
        for each in entries
    }
    found = summaries_of(weeks.values()) if weeks else {}
    for entry in entries:
        if summary := found.get(weeks[entry.pk]):
            yield entry, summary


def _of(summary: UsageSummary) -> Written:
    first, last = say.day(summary.week_start), say.day(summary.last_day)
    fact = _("%(study)s, %(first)s to %(last)s")
    said = Said(
        fact % {"study": summary.study.name, "first": first, "last": last},
        (),
        _("Open the summary"),
    )
    reading = read(summary)
    return Written(
        said,
        reverse("summary", args=[summary.study.slug, summary.week_start]),
        is_private=True,
        layout="summary",
        more={
            "reading": reading,
            "chart": CHART,
            "footer": _("You get this e-mail because you are a researcher of this study."),
        },
        picture=_chart(reading),
    )


def _chart(reading: SummaryText | None) -> Picture | None:
    return Picture(CHART, png(reading.bars)) if reading and reading.bars else None
