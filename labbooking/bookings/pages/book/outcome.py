"""What a spec would come to, told thing by thing and date by date, each "no" with its way on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from labbooking.bookings.availability.catalogue import Shelf
from labbooking.bookings.demand.choice_query import name_of, written
from labbooking.bookings.demand.spec import BookingSpec, Choice, LeaveOut
from labbooking.bookings.pages.book.finder import OfferedDay
from labbooking.bookings.pages.book.page import BookPage, Offer
from labbooking.bookings.pages.missing_induction import Missing, missing
from labbooking.bookings.pages.series_wording import (
    DateLine,
    DateReasons,
    Run,
    in_runs,
    in_short,
    not_as_they_are,
)
from labbooking.bookings.planning.planner import DatePlan
from labbooking.bookings.planning.preview import Preview
from labbooking.bookings.rules.nearest_allowed import is_about_time
from labbooking.bookings.rules.short_wording import phrases
from labbooking.errors import DomainError, Refusal, Suggestion
from labbooking.when import when
from residents.models import User


@dataclass(frozen=True, slots=True)
class Said:
    """A "no" and the way forward from it."""

    message: str
    way_url: str = ""
    way_label: str = ""


@dataclass(frozen=True, slots=True)
class Thing:
    """One line of the spec with its rules in words and what stands in its way."""

    name: str
    rules: list[str]
    refusals: list[Said]
    clashes: list[str]


@dataclass(slots=True)
class Outcome:
    """`preview` is None as long as the form does not say what and when.

    `found` are the next free times, where the form looks for one; None where it does not.
    `is_unclear` where it was filled in from a sentence that may have meant something else.
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
    rest_url: str = ""
    exception_url: str = ""
    is_unclear: bool = False

    @property
    def dates(self) -> Sequence[DatePlan]:
        return self.preview.dates if self.preview else ()

    @property
    def open(self) -> int:
        """How many dates of a series need a choice."""
        return sum(line.open for line in self.lines)

    @property
    def ok(self) -> bool:
        return self.preview is not None and self.preview.ok and not self.is_unclear

    @property
    def overridable(self) -> bool:
        """Whether staff could set aside everything that the rules say."""
        said = self.preview.refusals if self.preview else ()
        return bool(said) and all(refusal.overridable for refusal in said)


def outcome_of(
    spec: BookingSpec,
    thought: Preview,
    page: BookPage,
    *,
    person: User,
    error: DomainError | None = None,
) -> Outcome:
    """What a spec would come to; after a failed attempt, with what that attempt was told."""
    told = Outcome(thought, detail=error.detail if error else "")
    if error and not thought.ok:
        told.detail = _nothing_booked(thought, page)
    chosen = set(spec.resources)
    refusals = thought.refusals or (error.refusals if error else ())
    things = list(_named(spec, page))
    told.things = [_thing(shelf, slug, name, refusals, thought) for shelf, slug, name in things]
    if told.overridable and not thought.clashes and page.by.is_creative:
        told.exception_url = page.exception_url
    if person == page.by:
        told.inductions = _inductions(things, refusals, page)
    told.rest_url = _without_untaught(spec, thought, page)
    telling = DateReasons(page.zone, chosen, thought.options)
    told.lines = [telling.line(each) for each in thought.dates]
    told.runs = in_runs(told.lines)
    told.in_short = in_short(thought, chosen)
    told.choices = list(_for_all(page, thought))
    if better := thought.nearest:
        told.nearest = Offer(page.url_at(better), when(better, page.zone, at=page.at))
    told.general = [Said(each.message) for each in refusals if not each.resource]
    suggestions = thought.suggestions or (error.suggestions if error else ())
    told.offers = [_offer(each, page) for each in suggestions]
    return told


def _nothing_booked(thought: Preview, page: BookPage) -> str:
    if thought.options:
        return not_as_they_are(thought, page.zone, page.at)
    return _("Nothing was booked.")


def _named(spec: BookingSpec, page: BookPage) -> Iterable[tuple[Shelf, str, str]]:
    """What is named: the shelf, the slug by which rules speak of it, and its name."""
    for shelf in page.stock:
        for unit in shelf.units:
            if unit.slug in spec.resources:
                yield shelf, unit.slug, unit.name
        if count := spec.types.get(shelf.type.slug):
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
        return Said(refusal.message, reverse("my_bookings"), _("See your bookings"))
    house = reverse("resource", args=[shelf.units[0].slug])
    return Said(refusal.message, house, _("See its rules"))


def _inductions(
    things: Iterable[tuple[Shelf, str, str]], refusals: Iterable[Refusal], page: BookPage
) -> list[Missing]:
    """For whoever books for themselves: which inductions they can ask for here."""
    wanting = {each.resource for each in refusals if each.code == "induction_required"}
    names = {
        shelf.rules.induction: shelf.type.name for shelf, slug, _name in things if slug in wanting
    }
    return [missing(page.by, topic, name, page.at) for topic, name in names.items()]


def _without_untaught(spec: BookingSpec, thought: Preview, page: BookPage) -> str:
    """Where inductions alone are missing: the page with the things that need none."""
    if thought.clashes or {each.code for each in thought.refusals} != {"induction_required"}:
        return ""
    untaught = {each.resource for each in thought.refusals}
    things = [slug for slug in spec.resources if slug not in untaught]
    kinds = [f"{slug}:{count}" for slug, count in spec.types.items() if slug not in untaught]
    return page.url(resource=things, type=kinds) if things or kinds else ""


def _offer(suggestion: Suggestion, page: BookPage) -> Offer:
    names = {unit.slug: unit.name for shelf in page.stock for unit in shelf.units}
    things = ", ".join(names.get(slug, slug) for slug in suggestion.resources)
    url = page.url_at(suggestion.period, resource=list(suggestion.resources), type=None)
    return Offer(url, when(suggestion.period, page.zone, at=page.at), things)


def _for_all(page: BookPage, thought: Preview) -> Iterator[Said]:
    """One press for all dates of a series that cannot be as wished."""
    standing = {day: each for day, each in thought.options.items() if not each.as_wished}
    if len(standing) < 2:
        return
    equal = {day: each.equal for day, each in standing.items() if each.equal}
    if equal:
        yield Said("", _with_choices(page, equal), _equal_label(len(equal), len(standing)))
    left_out = dict.fromkeys(standing, LeaveOut())
    words = _("Leave out these {count}").format(count=len(standing))
    yield Said("", _with_choices(page, left_out), words)


def _equal_label(count: int, of: int) -> str:
    if count < of:
        return _("Take an equivalent one where one is free")
    return _("Take an equivalent one for these {count}").format(count=count)


def _with_choices(page: BookPage, choices: Mapping[date, Choice]) -> str:
    return page.url(**{name_of(day): written(choice, page.zone) for day, choice in choices.items()})
