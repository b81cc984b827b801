"""What researchers and the people they study may each see."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import OuterRef, Prefetch, Q, QuerySet, Subquery
from django.utils.translation import gettext as _

from labbooking.bookings.models import Allocation, Booking
from labbooking.bookings.queries import NAMED
from labbooking.bookings.states import State
from labbooking.errors import NotThere
from labbooking.journal.models import Entry
from labbooking.period import Period
from labbooking.research.figures.counting import FEWEST, Use
from labbooking.research.models import (
    FETCHED_WITHIN,
    Consent,
    ConsentText,
    Export,
    Study,
    StudyKey,
    UsageSummary,
)
from residents.models import Role, User

DOWNLOADED = "export.downloaded"
_TOOK_PLACE = (State.APPROVED, State.IN_USE, State.COMPLETED, State.NO_SHOW)


def studies_of(person: User) -> QuerySet[Study]:
    """The studies this person may read."""
    if not (person.is_active and person.is_researcher):
        return Study.objects.none()
    return Study.objects.filter(researchers=person)


def find_study(person: User, slug: str) -> Study:
    """Raises `NotThere` also where it is somebody else's."""
    study = studies_of(person).filter(slug=slug).first()
    if study is None:
        raise NotThere(_("There is no such study."))
    return study


def find_export(person: User, export_id: UUID) -> Export:
    """Raises `NotThere` also where its study is somebody else's."""
    of_theirs = Export.objects.filter(study__in=studies_of(person))
    export = of_theirs.select_related("study").filter(pk=export_id).first()
    if export is None:
        raise NotThere(_("There is no such export."))
    return export


def has_asked_for(person: User, export: Export, at: datetime) -> bool:
    """Whether the journal has it that this person asked for the file within the hour."""
    return Entry.objects.filter(
        kind=DOWNLOADED,
        at__gt=at - FETCHED_WITHIN,
        data__export=str(export.pk),
        objects_touched__type="subject",
        objects_touched__key=str(person.subject_key),
        objects_touched__qualifier="actor",
    ).exists()


def past_exports(study: Study) -> QuerySet[Export]:
    """The latest exports, with who made them."""
    return study.exports.select_related("made_by")[:20]


def has_key(study: Study) -> bool:
    return StudyKey.objects.filter(study=study).exists()


def find_summary(person: User, slug: str, week_start: date) -> UsageSummary:
    """Raises `NotThere` also where its study is somebody else's."""
    of_theirs = UsageSummary.objects.filter(study__in=studies_of(person), study__slug=slug)
    summary = of_theirs.select_related("study").filter(week_start=week_start).first()
    if summary is None:
        raise NotThere(_("There is no such summary."))
    return summary


def summaries_of(weeks: Collection[tuple[str, date]]) -> dict[tuple[str, date], UsageSummary]:
    """By study and Monday, for whoever has seen to it who reads them; one query."""
    slugs, mondays = {slug for slug, _day in weeks}, {day for _slug, day in weeks}
    rows = UsageSummary.objects.filter(study__slug__in=slugs, week_start__in=mondays)
    return {(each.study.slug, each.week_start): each for each in rows.select_related("study")}


def readers(study: Study) -> QuerySet[User]:
    """The researchers who may read a study now; nobody reads one that has ended."""
    running = Study.objects.filter(pk=study.pk, ended_at=None)
    return User.objects.filter(studies__in=running, role=Role.RESEARCHER, is_active=True)


def readers_of(studies: Collection[Study]) -> dict[int, list[User]]:
    """The same of several, by their keys; two queries."""
    may = User.objects.filter(role=Role.RESEARCHER, is_active=True)
    running = Study.objects.filter(pk__in=[each.pk for each in studies], ended_at=None)
    found = running.prefetch_related(Prefetch("researchers", may))
    return {each.pk: list(each.researchers.all()) for each in found}


def current_text(study: Study) -> ConsentText | None:
    return study.texts.order_by("-version").first()


def consents_that_count(study: Study) -> QuerySet[Consent]:
    """Consents to the current text, by people who could withdraw them by themselves today."""
    latest = ConsentText.objects.filter(study=OuterRef("study")).order_by("-version")
    return Consent.objects.filter(
        study=study,
        study__ended_at=None,
        withdrawn_at=None,
        text=Subquery(latest.values("pk")[:1]),
        person__role=Role.CREATIVE,
        person__is_active=True,
    )


def people_taking_part(study: Study) -> int | None:
    """How many took part on the Monday they were counted, or None where fewer than five did."""
    count = study.people_counted or 0
    return count if count >= FEWEST else None


@dataclass(frozen=True, slots=True)
class Participation:
    """How a person stands to a study. `text` is what they agree to or would."""

    study: Study
    text: ConsentText
    active: Consent | None
    history: list[Consent]

    @property
    def takes_part(self) -> bool:
        return self.active is not None and self.active.text_id == self.text.pk

    @property
    def outdated(self) -> bool:
        return self.active is not None and not self.takes_part


def participations(person: User) -> list[Participation]:
    """Every study a person can join or leave; a fixed number of queries."""
    if not (person.is_active and person.is_creative):
        raise NotThere(_("Only creatives take part in studies."))
    studies = (
        Study.objects.filter(Q(is_open=True) | Q(consents__person=person))
        .distinct()
        .prefetch_related(
            Prefetch("texts", ConsentText.objects.order_by("-version")),
            Prefetch("researchers", User.objects.filter(role=Role.RESEARCHER, is_active=True)),
            Prefetch("consents", Consent.objects.filter(person=person).select_related("text")),
        )
    )
    return [_participation(study) for study in studies if study.texts.all()]


def _participation(study: Study) -> Participation:
    history = list(study.consents.all())
    active = next((each for each in history if each.withdrawn_at is None), None)
    return Participation(study, study.texts.all()[0], active, history)


def uses(study: Study, within: Period) -> list[Use]:
    """What the people taking part had booked in a period, cut to it; three queries.

    A booking that began before its person's consent covers anything is no part of it.
    """
    covers_from = dict(consents_that_count(study).values_list("person", "covers_from"))
    named = Allocation.objects.filter(NAMED).select_related("resource__type")
    bookings = Booking.objects.filter(
        person__in=covers_from,
        state__in=_TOOK_PLACE,
        starts_at__lt=within.end,
        ends_at__gt=within.start,
    ).prefetch_related(Prefetch("allocations", named))
    return [
        _use(booking, within)
        for booking in bookings
        if covers_from[booking.person_id] <= booking.starts_at
    ]


def _use(booking: Booking, within: Period) -> Use:
    return Use(
        person=booking.person_id,
        kinds=tuple(each.resource.type.kind for each in booking.allocations.all()),
        planned=_cut(booking.period, within),
        used=_cut(_actual(booking), within),
        no_show=booking.state == State.NO_SHOW,
        not_used=booking.was_not_used,
    )


def _actual(booking: Booking) -> Period | None:
    """From handing over to taking back; what is not back yet counts up to its planned end."""
    start, end = booking.checked_in_at, booking.checked_out_at or booking.ends_at
    return Period(start, end) if start and end > start else None


def _cut(period: Period | None, within: Period) -> Period | None:
    if period is None or not period.overlaps(within):
        return None
    return Period(max(period.start, within.start), min(period.end, within.end))
