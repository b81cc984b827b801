"""The dates of a series in words: what becomes of each, what could instead, and all in short."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import groupby
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from labbooking.bookings.demand.choice_query import name_of, written
from labbooking.bookings.demand.spec import AnotherTime, Choice, EqualUnits, LeaveOut
from labbooking.bookings.planning.alternatives import DateStatus, Options, date_status
from labbooking.bookings.planning.planner import DatePlan, Dates
from labbooking.bookings.transaction.preconditions import DATES_NAMED
from labbooking.period import Period
from labbooking.when import clocks, when

MOST_UNFOLDED = 3


@dataclass(frozen=True, slots=True)
class DateOption:
    """One radio button of a date: the `value` that its field sends, and whether it is chosen."""

    value: str
    label: str
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class DateLine:
    """One date: `state` and `word` say what becomes of it, `ways` what else could.

    `name` is the field of its choice, `reasons` are sentences, `open` where it cannot be booked
    like that.
    """

    period: Period
    state: str
    word: str
    name: str = ""
    reasons: Sequence[str] = ()
    ways: Sequence[DateOption] = ()
    open: bool = False


@dataclass(frozen=True, slots=True)
class DateReasons:
    """Tells dates by the clocks of `zone`; `named` are the slugs that were asked for by name."""

    zone: ZoneInfo
    named: Collection[str] = ()
    options: Mapping[date, Options] = field(default_factory=dict)

    def line(self, planned: DatePlan) -> DateLine:
        day = planned.wished.local(self.zone)[0].date()
        state, word = self._what_becomes(planned)
        if day not in self.options:
            return DateLine(planned.wished, state, word)
        ways = tuple(self._ways(planned, self.options[day]))
        is_open = not planned.ok and not planned.left_out
        reasons = _reasons(planned) if is_open else ()
        return DateLine(planned.wished, state, word, name_of(day), reasons, ways, is_open)

    def _what_becomes(self, planned: DatePlan) -> tuple[str, str]:
        """The state that shows it, and its word."""
        which = date_status(planned, self.named)
        if which is DateStatus.LEFT_OUT:
            return "withdrawn", _("left out")
        if which is DateStatus.OPEN:
            return _what_stands_against(planned)
        return "free", self._what_is_booked(planned, which)

    def _what_is_booked(self, planned: DatePlan, which: DateStatus) -> str:
        if which is DateStatus.ANOTHER_TIME:
            return _("{time} instead").format(time=self._clocks(planned.period))
        if which is DateStatus.OTHER_UNITS:
            others = [each.name for each in planned.named if each.slug not in self.named]
            return _("{names} instead").format(names=", ".join(others))
        return _("free")

    def _ways(self, planned: DatePlan, options: Options) -> Iterator[DateOption]:
        """What was chosen stays in sight, also where it can no longer be had."""
        offered: dict[Choice | None, str] = dict(self._offered(planned, options))
        chosen = self._chosen(planned, options)
        if chosen and chosen not in offered:
            gone = _("{choice}: no longer possible").format(choice=self._lost(planned))
            offered = {chosen: gone, **offered}
        for choice, label in offered.items():
            value = written(choice, self.zone) if choice else ""
            yield DateOption(value, label, choice == chosen)

    def _chosen(self, planned: DatePlan, options: Options) -> Choice | None:
        """None is what needs no choice of its own."""
        match date_status(planned, self.named):
            case DateStatus.AS_WISHED:
                return None
            case DateStatus.LEFT_OUT:
                return LeaveOut()
            case DateStatus.OTHER_UNITS:
                return options.equal
        return planned.choice

    def _offered(self, planned: DatePlan, options: Options) -> Iterator[tuple[Choice | None, str]]:
        if options.as_wished:
            words = _("{time}, as on the other dates")
            yield None, words.format(time=self._clocks(planned.wished))
        if options.equal:
            names = ", ".join(each.name for each in options.instead)
            yield options.equal, _("{names} at the same time").format(names=names)
        for period in options.times:
            yield AnotherTime(period.start), self._clocks(period)
        yield LeaveOut(), _("Leave this date out")

    def _lost(self, planned: DatePlan) -> str:
        if isinstance(planned.choice, EqualUnits):
            return ", ".join(other for _named, other in planned.choice.instead)
        return self._clocks(planned.period)

    def _clocks(self, period: Period) -> str:
        return clocks(period, self.zone)


@dataclass(frozen=True, slots=True)
class Run:
    """Dates that follow each other; `folded` where there are many of which nothing is asked."""

    lines: tuple[DateLine, ...]
    folded: bool

    @property
    def first(self) -> DateLine:
        return self.lines[0]

    @property
    def last(self) -> DateLine:
        return self.lines[-1]


def in_runs(lines: Sequence[DateLine]) -> list[Run]:
    """Among dates that ask something, those that do not are folded, so that nobody hunts."""
    asked = any(line.ways for line in lines)
    runs = [tuple(run) for _asks, run in groupby(lines, key=lambda line: bool(line.ways))]
    return [Run(run, asked and not run[0].ways and len(run) > MOST_UNFOLDED) for run in runs]


def _what_stands_against(planned: DatePlan) -> tuple[str, str]:
    if planned.clashes:
        return "busy", _("taken meanwhile") if planned.choice else _("taken")
    return "declined", _("against the house rules")


def _reasons(planned: DatePlan) -> tuple[str, ...]:
    said = [each.message for each in planned.clashes] + [each.message for each in planned.refusals]
    return tuple(dict.fromkeys(said))


def in_short(dates: Dates, named: Collection[str]) -> str:
    """“11 of 12 dates as wished, 1 at another time”."""
    counts = Counter(date_status(each, named) for each in dates.dates)
    told = [_as_wished(counts[DateStatus.AS_WISHED], len(dates.dates))]
    told += [words(counts[which]) for which, words in _SAID.items() if counts[which]]
    return ", ".join(told)


def _as_wished(count: int, total: int) -> str:
    if count == total:
        return _("All {total} dates as wished").format(total=total)
    words = ngettext(
        "{count} of {total} dates as wished", "{count} of {total} dates as wished", count
    )
    return words.format(count=count, total=total)


_SAID: dict[DateStatus, Callable[[int], str]] = {
    DateStatus.ANOTHER_TIME: lambda n: ngettext(
        "{n} at another time", "{n} at another time", n
    ).format(n=n),
    DateStatus.OTHER_UNITS: lambda n: ngettext(
        "{n} with an equivalent one", "{n} with an equivalent one", n
    ).format(n=n),
    DateStatus.LEFT_OUT: lambda n: ngettext("{n} left out", "{n} left out", n).format(n=n),
    DateStatus.OPEN: lambda n: ngettext("{n} still open", "{n} still open", n).format(n=n),
}


def not_as_they_are(dates: Dates, zone: ZoneInfo, at: datetime) -> str:
    """After an attempt that booked nothing: which dates stand in the way."""
    judged = dates.booked or dates.dates
    wrong = [when(each.period, zone, at=at) for each in judged if not each.ok]
    named = "; ".join(wrong[:DATES_NAMED])
    if len(wrong) > DATES_NAMED:
        named = _("{dates} and others").format(dates=named)
    words = _("Nothing was booked. These dates are not possible as they are: {dates}.")
    return words.format(dates=named)
