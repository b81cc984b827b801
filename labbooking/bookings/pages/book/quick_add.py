"""From what a sentence says to the booking page: its fields, and what was understood in words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.http import QueryDict
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from labbooking.bookings.availability.catalogue import Shelf
from labbooking.bookings.pages.book.fields import PARTS, REPEATS
from labbooking.bookings.pages.book.forms import BookForm
from labbooking.bookings.series.rrule_days import WEEKDAYS as WEEKDAY_CODES
from labbooking.language.parser import LONGEST_TEXT, Understood, twelve_hours_later, understand
from labbooking.language.things import Named, Thing, nicknames_of
from labbooking.period import DAY, HOUR, MINUTE, Period, UnclearLocalTime, local_instant
from labbooking.when import duration, short_day, when

A_WHILE = 2 * HOUR


@dataclass(frozen=True, slots=True)
class ReadSentence:
    """A sentence, what it was understood to say, and the fields that it fills."""

    text: str
    told: Understood
    fields: QueryDict

    @property
    def missed(self) -> str:
        """What was not understood, and what has no place where one books by the night."""
        told = self.told
        by_night = self.fields.get("by") == "night"
        clocks = [f"{each:%H:%M}" for each in (told.starts, told.ends) if by_night and each]
        return " ".join([*told.rest, *clocks])

    @property
    def unclear(self) -> str:
        """Words left over that could mean another day, or other things, than what is filled in."""
        return " ".join(self.told.unclear)

    @property
    def assumed(self) -> list[str]:
        """What the sentence left open, and what is filled in instead."""
        said: list[str] = []
        told = self.told
        if "starts" not in self.fields or told.all_day:
            return said
        if not told.day and not told.repeat:
            said.append(_("You did not say which day: the next one is filled in."))
        if not told.length and not (told.starts and told.ends):
            words = _("You did not say how long: {duration} are filled in to begin with.")
            said.append(words.format(duration=duration(A_WHILE)))
        return said


def read_sentence(
    text: str, stock: Sequence[Shelf], *, at: datetime, zone: ZoneInfo
) -> ReadSentence:
    now = at.astimezone(zone)
    told = understand(text, things_of(stock), at, zone)
    shelves = [shelf for shelf in stock if any(_is_on(named, shelf) for named in told.things)]
    if not any(shelf.rules.by_night for shelf in shelves):
        told = _each_day(_while_awake(told, shelves or stock, now))
    fields = _fields(told, shelves, now)
    fields["said"] = text[:LONGEST_TEXT]
    return ReadSentence(text[:LONGEST_TEXT], told, fields)


def _while_awake(told: Understood, shelves: Sequence[Shelf], now: datetime) -> Understood:
    """“At 3” is in the afternoon, where nothing is open at night."""
    if not (told.starts and told.either_half):
        return told
    later = twelve_hours_later(told.starts)
    ends = told.ends
    if ends and ends.hour < 12 and twelve_hours_later(ends) > later:
        ends = twelve_hours_later(ends)
    day = told.day or now.date()
    if _is_open(shelves, day, told.starts, now) or not _is_open(shelves, day, later, now):
        return told
    return replace(told, starts=later, ends=ends)


def _is_open(shelves: Sequence[Shelf], day: date, clock: time, now: datetime) -> bool:
    """Whether all that goes by the hour is open at a time of day."""
    zone = now.tzinfo
    moment = datetime.combine(day, clock, zone)
    return isinstance(zone, ZoneInfo) and all(
        any(hours.start <= moment < hours.end for hours in shelf.rules.open_on(day, zone))
        for shelf in shelves
        if not shelf.rules.by_night
    )


def _each_day(told: Understood) -> Understood:
    """“Monday to Friday 9 to 17” is every day, not one stretch with its nights."""
    if told.last_day and not told.repeat and told.starts and told.ends and told.starts < told.ends:
        return replace(told, repeat="daily", until=told.last_day, last_day=None)
    return told


def things_of(stock: Sequence[Shelf]) -> list[Thing]:
    """Everything that can be booked, by all its names in both languages."""
    return [thing for shelf in stock for thing in _of_shelf(shelf)]


def _of_shelf(shelf: Shelf) -> Iterator[Thing]:
    kind = shelf.type
    names = (kind.name_de, kind.name_en, kind.plural_de, kind.plural_en)
    said = tuple(dict.fromkeys(name for name in names if name))
    of_units = [name for unit in shelf.units for name in (unit.name_de, unit.name_en)]
    yield Thing(kind.slug, True, (kind.slug, *said), nicknames_of((*said, *of_units)))
    for unit in shelf.units if len(shelf.units) > 1 else ():
        yield Thing(unit.slug, False, (unit.slug, unit.name_de, unit.name_en))


def _fields(told: Understood, shelves: Sequence[Shelf], now: datetime) -> QueryDict:
    """The fields of the booking page; the answer to what was left open is a search."""
    fields = QueryDict(mutable=True)
    for named in told.things:
        _name(fields, named, next(shelf for shelf in shelves if _is_on(named, shelf)))
    if any(shelf.rules.by_night for shelf in shelves):
        fields["by"] = "night"
        fields.update(_stay(told, now))
    else:
        fields.update(_hours(told, shelves, now) or _search(told, now))
    if told.repeat:
        fields["repeat"] = told.repeat
        fields["ending"] = "until" if told.until else "times"
        fields["until"], fields["times"] = str(told.until or ""), str(told.times or "")
        fields.setlist("weekdays", [WEEKDAY_CODES[each] for each in told.weekdays])
    return fields


def _is_on(named: Named, shelf: Shelf) -> bool:
    if named.is_type:
        return named.slug == shelf.type.slug
    return any(unit.slug == named.slug for unit in shelf.units)


def _name(fields: QueryDict, named: Named, shelf: Shelf) -> None:
    if named.is_type and len(shelf.units) > 1:
        fields.appendlist("type", f"{named.slug}:{min(named.count, len(shelf.units))}")
    else:
        fields.appendlist("resource", shelf.units[0].slug if named.is_type else named.slug)


def _stay(told: Understood, now: datetime) -> dict[str, str]:
    nights = max(1, round(told.length / DAY)) if told.length else None
    if told.day is None:
        return {"find": "1", "arrive": f"{now.date()}", "nights": str(nights or 1)}
    if told.last_day is None and nights is None:
        return {"find": "1", "arrive": f"{told.day}", "nights": "1"}
    last = told.last_day or told.day + (nights or 1) * DAY
    return {"arrive": f"{told.day}", "depart": f"{last}"}


def _search(told: Understood, now: datetime) -> dict[str, str]:
    minutes = min((told.length or A_WHILE) // MINUTE, 2880)
    day = told.day or now.date()
    return {"find": "1", "day": f"{day}", "length": f"{minutes}", "part": told.part_of_day}


def _hours(told: Understood, shelves: Sequence[Shelf], now: datetime) -> dict[str, str] | None:
    """Day, start and end; None where the sentence leaves open when it starts."""
    if told.all_day:
        return _while_open(shelves, told.day or now.date(), now)
    starts, ends, length = told.starts, told.ends, told.length
    if starts is None and ends and length:
        starts = _later(told.day or now.date(), ends, -length, now).time()
    if starts is None:
        return None
    day = told.day or (now.date() if starts > now.time() else now.date() + DAY)
    end = datetime.combine(day, ends) if ends else _later(day, starts, length or A_WHILE, now)
    if ends and ends <= starts:
        end += DAY
    return _span(day, starts, told.last_day or end.date(), end.time())


def _later(day: date, clock: time, length: timedelta, now: datetime) -> datetime:
    """So much elapsed time later by the clocks on the wall, where the clocks leave that clear."""
    local = datetime.combine(day, clock)
    zone = now.tzinfo
    if not isinstance(zone, ZoneInfo):
        return local + length
    try:
        start = local_instant(local, zone)
    except UnclearLocalTime:
        return local + length
    stretch = Period(min(start, start), start + abs(length))
    if length < timedelta():
        stretch = stretch.moved(length)
        return stretch.local(zone)[0].replace(tzinfo=None)
    return stretch.local(zone)[1].replace(tzinfo=None)


def _while_open(shelves: Sequence[Shelf], day: date, now: datetime) -> dict[str, str] | None:
    """The hours in which all of it is open, as long as one may have it."""
    zone = now.tzinfo
    if not shelves or not isinstance(zone, ZoneInfo):
        return None
    opened = [shelf.rules.open_on(day, zone) for shelf in shelves]
    if not all(opened):
        return None
    start = max(hours[0].start for hours in opened)
    longest = min(shelf.rules.largest for shelf in shelves)
    end = min(start + longest, *(hours[-1].end for hours in opened))
    if end <= start:
        return None
    first, last = Period(start, end).local(zone)
    return _span(day, first.time(), last.date(), last.time())


def _span(day: date, starts: time, last_day: date, ends: time) -> dict[str, str]:
    span = {"day": f"{day}", "starts": f"{starts:%H:%M}", "ends": f"{ends:%H:%M}"}
    if last_day != day:
        span["last_day"] = f"{last_day}"
    return span


def chips(heard: ReadSentence, form: BookForm, at: datetime) -> list[str]:
    """What was understood, piece by piece, in the words of the form that it filled."""
    told = heard.told
    said = [_thing_in_words(named, form.stock) for named in told.things]
    if form.period and (told.day or told.starts):
        said.append(when(form.period, form.zone, at=at))
    elif form.finding and told.day:
        said.append(_("from {day}").format(day=short_day(told.day, at=at)))
    if form.finding and told.length:
        said.append(duration(told.length))
    if form.finding and told.part_of_day:
        said.append(str(PARTS[told.part_of_day]))
    if told.repeat:
        said.append(_how_often(told))
    return [each for each in said if each]


def _how_often(told: Understood) -> str:
    words = str(REPEATS[told.repeat])
    if told.weekdays:
        days = ", ".join(str(WEEKDAYS[each]) for each in told.weekdays)
        words = _("{every} on {days}").format(every=words, days=days)
    if told.times:
        times = ngettext("{count} time", "{count} times", told.times).format(count=told.times)
        return f"{words}, {times}"
    if told.until:
        return _("{repeat} until {day}").format(repeat=words, day=short_day(told.until))
    return words


def _thing_in_words(named: Named, stock: Sequence[Shelf]) -> str:
    for shelf in stock:
        if named.is_type and named.slug == shelf.type.slug:
            kind = shelf.type
            return f"{named.count} × {kind.plural if named.count > 1 else kind.name}"
        for unit in shelf.units:
            if not named.is_type and unit.slug == named.slug:
                return unit.name
    return ""


def not_there(heard: ReadSentence, stock: Sequence[Shelf]) -> list[str]:
    """Said where a unit was named that there is not, or more was asked for than there is."""
    sentence = _("There is no {name} {number} here.")
    names = {shelf.type.slug: shelf.type.name for shelf in stock}
    missing = [
        sentence.format(name=names[each.slug], number=each.number) for each in heard.told.missing
    ]
    return missing + _too_many(heard, stock)


def _too_many(heard: ReadSentence, stock: Sequence[Shelf]) -> list[str]:
    sentence = _("There are only {units} of {name}.")
    return [
        sentence.format(units=len(shelf.units), name=shelf.type.plural)
        for shelf in stock
        for named in heard.told.things
        if named.is_type and named.slug == shelf.type.slug and named.count > len(shelf.units)
    ]
