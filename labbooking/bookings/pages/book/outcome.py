"""What a wish would come to, told thing by thing and date by date, each "no" with its way on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from labbooking.bookings.availability.catalogue import Shelf
from labbooking.bookings.availability.slots_by_day import free_days
from labbooking.bookings.demand.choice_query import name_of, written
from labbooking.bookings.demand.spec import Choice, LeaveOut
from labbooking.bookings.demand.url_query import OF_A_SEARCH, query, span_of
from labbooking.bookings.pages.book.forms import BookForm
from labbooking.bookings.pages.missing_induction import Missing
from labbooking.bookings.pages.series_wording import (
    DateLine,
    DateReasons,
    Run,
    in_runs,
    in_short,
    not_as_they_are,
)
from labbooking.bookings.planning.planner import DatePlan
from labbooking.bookings.planning.preview import Preview, nearest_time, preview
from labbooking.bookings.rules.nearest_allowed import is_about_time
from labbooking.bookings.rules.short_wording import phrases
from labbooking.errors import DomainError, Refusal, Suggestion
from labbooking.period import Period
from labbooking.when import clocks, day, when
from residents.induction_requests import asked_at
from residents.models import User


@dataclass(frozen=True, slots=True)
class Said:
    """A "no" and the way forward from it."""

    message: str
    way_url: str = ""
    way_label: str = ""


@dataclass(frozen=True, slots=True)
class Thing:
    """One line of the wish with its rules in words and what stands in its way."""

    name: str
    rules: list[str]
    refusals: list[Said]
    clashes: list[str]


@dataclass(frozen=True, slots=True)
class Offer:
    """A time, and units that are free then, as a link that fills the form."""

    url: str
    time: str
    things: str = ""


@dataclass(frozen=True, slots=True)
class OfferedDay:
    day: str
    offers: list[Offer]


@dataclass(slots=True)
class Outcome:
    """`preview` is None as long as the form does not say what and when.

    `found` are the next free times, where the form looks for one; None where it does not.
    """

    preview: Preview | None = None
    found: list[OfferedDay] | None = None
    detail: str = ""
    things: list[Thing] = field(default_factory=list)
    general: list[Said] = field(default_factory=list)
    offers: list[Offer] = field(default_factory=list)
    nearest: Offer | None = None
    lines: list[DateLine] = field(default_factory=list)
    runs: list[Run] = field(default_factory=list)
    in_short: str = ""
    choices: list[Said] = field(default_factory=list)
    inductions: list[Missing] = field(default_factory=list)
    exception_url: str = ""

    @property
    def dates(self) -> Sequence[DatePlan]:
        return self.preview.dates if self.preview else ()

    @property
    def open(self) -> int:
        """How many dates of a series need a choice."""
        return sum(line.open for line in self.lines)

    @property
    def ok(self) -> bool:
        return self.preview is not None and self.preview.ok

    @property
    def overridable(self) -> bool:
        """Whether staff could set aside everything that the rules say."""
        said = self.preview.refusals if self.preview else ()
        return bool(said) and all(refusal.overridable for refusal in said)


def outcome_of(
    form: BookForm, *, by: User, person: User, at: datetime, error: DomainError | None = None
) -> Outcome:
    """Think the form through; after a failed attempt, with what that attempt was told."""
    told = Outcome(detail=error.detail if error else "")
    if not (form.is_valid() and form.names_something):
        return told
    if form.finding:
        return _look(told, form, at)
    if not form.period:
        return told
    try:
        told.preview = preview(form.spec(), by=by, at=at, person=person)
    except DomainError as trouble:
        told.detail = trouble.detail
        return told
    return _tell(told, form, at, error)


def _look(told: Outcome, form: BookForm, at: datetime) -> Outcome:
    since, length = form.search()
    cleaned = form.cleaned_data
    part = "" if form.by_night else cleaned["part"]
    try:
        days = free_days(
            resources=tuple(cleaned["resource"]),
            types=form.units,
            since=since,
            length=length,
            at=at,
            zone=form.zone,
            part=part,
        )
    except DomainError as trouble:
        told.detail = trouble.detail
        return told
    told.found = [
        OfferedDay(day(each.day, form.zone, at=at), [_found(form, slot, at) for slot in each.slots])
        for each in days
    ]
    return told


def _found(form: BookForm, slot: Suggestion, at: datetime) -> Offer:
    """A link that fills the form with the time; which units it will be is settled there."""
    unsaid = dict.fromkeys((*OF_A_SEARCH, "day", "arrive"))
    words = (when if form.by_night else clocks)(slot.period, form.zone, at=at)
    return Offer(link_to(form, slot.period, **unsaid), words)


def _tell(told: Outcome, form: BookForm, at: datetime, error: DomainError | None) -> Outcome:
    thought = told.preview
    if thought is None or form.period is None:
        return told
    if error and not thought.ok:
        told.detail = _nothing_booked(form, thought, at)
    refusals = thought.refusals or (error.refusals if error else ())
    told.things = [
        _thing(shelf, slug, name, refusals, thought) for shelf, slug, name in _chosen(form)
    ]
    if told.overridable and not thought.clashes and form.by.is_creative:
        told.exception_url = f"{reverse('exception')}?{query(form.data, by_night=form.by_night)}"
    told.inductions = _inductions(form, refusals, at)
    telling = DateReasons(form.zone, form.chosen, thought.options)
    told.lines = [telling.line(each) for each in thought.dates]
    told.runs = in_runs(told.lines)
    told.in_short = in_short(thought, form.chosen)
    told.choices = list(_for_all(form, thought))
    if better := nearest_time(form.spec(), thought, at):
        told.nearest = Offer(link_to(form, better), when(better, form.zone, at=at))
    told.general = [Said(each.message) for each in refusals if not each.resource]
    suggestions = thought.suggestions or (error.suggestions if error else ())
    told.offers = [_offer(form, each, at) for each in suggestions]
    return told


def _nothing_booked(form: BookForm, thought: Preview, at: datetime) -> str:
    if thought.options:
        return not_as_they_are(thought, form.zone, at)
    return _("Nothing was booked.")


def _chosen(form: BookForm) -> Iterable[tuple[Shelf, str, str]]:
    """What the form names: the shelf, the slug by which rules speak of it, and its name."""
    for shelf in form.stock:
        for unit in shelf.units:
            if unit.slug in form.chosen:
                yield shelf, unit.slug, unit.name
        if count := form.units.get(shelf.type.slug):
            name = shelf.type.plural if count > 1 else shelf.type.name
            yield shelf, shelf.type.slug, f"{count} × {name}"


def _thing(
    shelf: Shelf, slug: str, name: str, refusals: Iterable[Refusal], thought: Preview
) -> Thing:
    """What is said beside the dates of a series is not said here again."""
    clashes = () if thought.options else thought.clashes
    return Thing(
        name,
        phrases(shelf.rules),
        [_said(shelf, each) for each in refusals if each.resource == slug],
        list(dict.fromkeys(clash.message for clash in clashes if clash.slug == slug)),
    )


def _said(shelf: Shelf, refusal: Refusal) -> Said:
    """A "no" with its way on; for all that is about time there is one, `nearest`."""
    if is_about_time(refusal.code):
        return Said(refusal.message)
    if refusal.code == "induction_required":
        return Said(refusal.message)
    if refusal.code.startswith("quota"):
        return Said(refusal.message, reverse("my_bookings"), _("See what you hold"))
    house = reverse("resource", args=[shelf.units[0].slug])
    return Said(refusal.message, house, _("See its rules"))


def _inductions(form: BookForm, refusals: Iterable[Refusal], at: datetime) -> list[Missing]:
    """For whoever books for themselves: which inductions they can ask for here."""
    if form.cleaned_data.get("person") not in {None, form.by}:
        return []
    wanting = {each.resource for each in refusals if each.code == "induction_required"}
    names = {
        shelf.rules.induction: shelf.type.name
        for shelf, slug, _name in _chosen(form)
        if slug in wanting
    }
    return [Missing(topic, name, asked_at(form.by, topic, at)) for topic, name in names.items()]


def link_to(form: BookForm, period: Period, **changes: object) -> str:
    """This page with another time, and everything else that was typed."""
    span = span_of(period, form.zone, by_night=form.by_night)
    changed = query(form.data, by_night=form.by_night, **{**span, **changes})
    return f"{reverse('book')}?{changed}"


def _offer(form: BookForm, suggestion: Suggestion, at: datetime) -> Offer:
    names = {unit.slug: unit.name for shelf in form.stock for unit in shelf.units}
    things = ", ".join(names.get(slug, slug) for slug in suggestion.resources)
    url = link_to(form, suggestion.period, resource=list(suggestion.resources), type=None)
    return Offer(url, when(suggestion.period, form.zone, at=at), things)


def _for_all(form: BookForm, thought: Preview) -> Iterator[Said]:
    """One press for all dates of a series that cannot be as wished."""
    standing = {day: each for day, each in thought.options.items() if not each.as_wished}
    if len(standing) < 2:
        return
    equal = {day: each.equal for day, each in standing.items() if each.equal}
    if equal:
        yield Said("", _with_choices(form, equal), _equal_label(len(equal), len(standing)))
    left_out = dict.fromkeys(standing, LeaveOut())
    words = _("Leave out these {count}").format(count=len(standing))
    yield Said("", _with_choices(form, left_out), words)


def _equal_label(count: int, of: int) -> str:
    if count < of:
        return _("Take an equal one where one is free")
    return _("Take an equal one for these {count}").format(count=count)


def _with_choices(form: BookForm, choices: Mapping[date, Choice]) -> str:
    said = {name_of(day): written(choice, form.zone) for day, choice in choices.items()}
    return f"{reverse('book')}?{query(form.data, by_night=form.by_night, **said)}"
