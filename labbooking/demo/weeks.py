"""What went on in the demo lab: four weeks of habits, and today. Nothing lies after today."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import Enum, auto
from zoneinfo import ZoneInfo

from labbooking.period import DAY, MINUTE, Period, local_instant

WEEKS = 4
MON, TUE, WED, THU, FRI, SAT, SUN = range(7)


class Outcome(Enum):
    KEPT = auto()
    LATE_BACK = auto()
    NO_SHOW = auto()
    DECLINED = auto()
    CANCELLED = auto()
    WAITING = auto()


@dataclass(frozen=True, slots=True)
class Visit:
    """One booking of one person, and what became of it."""

    handle: str
    period: Period
    resources: tuple[str, ...]
    types: dict[str, int]
    purpose: str
    outcome: Outcome
    number: int


@dataclass(frozen=True, slots=True)
class Habit:
    """What somebody does on these weekdays, between local times such as `09:00-13:00`."""

    handle: str
    weekdays: tuple[int, ...]
    hours: str
    resources: tuple[str, ...] = ()
    types: dict[str, int] = field(default_factory=dict)
    purpose: str = ""
    outcome: Outcome = Outcome.KEPT


HABITS = (
    Habit("ada", (MON, WED, THU), "09:00-13:00", ("seat-2",)),
    Habit("ada", (WED,), "14:00-17:00", ("ar-headset-1",), purpose="Lidarmodell im Garten"),
    Habit("ben", (TUE, FRI), "10:00-16:00", ("seat-4",)),
    Habit("ben", (FRI,), "16:30-18:30", types={"ar-headset": 2}, purpose="Probe zu zweit"),
    Habit("nia", (MON, TUE, WED, THU, FRI), "12:00-18:00", ("seat-8",)),
    Habit("nia", (TUE,), "18:15-20:15", ("telepresence-1",), purpose="Listening with Porto"),
    Habit("lea", (MON, TUE, THU), "08:00-12:00", ("seat-7",)),
    Habit("lea", (THU,), "13:00-15:00", types={"ar-headset": 1}, purpose="Stickmuster im Raum"),
    Habit("tom", (WED, SAT), "15:00-20:00", ("seat-9",)),
    Habit("ines", (TUE, THU, SUN), "13:00-19:00", ("seat-1",)),
    Habit("ines", (THU,), "16:00-18:00", ("board-1",), purpose="Drawing the old settlement"),
    Habit("jonas", (MON, FRI), "09:00-15:00", ("seat-5",)),
    Habit("jonas", (MON,), "15:30-17:00", ("board-1",), purpose="Grundriss"),
)
# What becomes of the n-th visit of a habit's list, over and over.
SEAT_OUTCOMES = (*[Outcome.KEPT] * 9, Outcome.NO_SHOW, *[Outcome.KEPT] * 6, Outcome.CANCELLED)
DEVICE_OUTCOMES = (
    *[Outcome.KEPT] * 3,
    Outcome.LATE_BACK,
    *[Outcome.KEPT] * 4,
    Outcome.DECLINED,
    Outcome.KEPT,
    Outcome.NO_SHOW,
)
TODAY = (
    Habit("lea", (), "08:00-12:00", ("seat-7",)),
    Habit("jonas", (), "09:00-12:30", ("board-1",), purpose="Grundriss, zweite Fassung"),
    Habit("nia", (), "09:30-19:00", ("seat-8",)),
    Habit("ada", (), "10:00-14:00", ("ar-headset-1", "seat-2"), purpose="Lidarmodell im Garten"),
    Habit(
        "ines",
        (),
        "11:00-13:00",
        ("telepresence-1",),
        purpose="Call with the archive",
        outcome=Outcome.LATE_BACK,
    ),
    Habit("ben", (), "13:00-17:00", types={"ar-headset": 1}, purpose="Bewegung aufnehmen"),
    Habit("tom", (), "15:00-21:00", ("seat-9",)),
    Habit("lea", (), "16:00-18:00", ("telepresence-2",), purpose="Gespräch mit Lodz"),
    Habit(
        "ben",
        (),
        "17:30-20:00",
        types={"ar-headset": 2},
        purpose="Probe zu zweit",
        outcome=Outcome.WAITING,
    ),
    Habit("ines", (), "18:00-20:00", ("board-1",), purpose="Map room", outcome=Outcome.WAITING),
    Habit(
        "nia",
        (),
        "19:15-21:15",
        ("telepresence-2",),
        purpose="Listening with Porto",
        outcome=Outcome.WAITING,
    ),
)
# Who lived here: studio, first night and last morning in days before today.
STAYS = (
    ("ines", "studio-1", 28, 17, "Maps of the Ruhr"),
    ("jonas", "studio-2", 21, 9, "Modell der Siedlung"),
    ("tom", "studio-3", 12, 2, "Ein Stück für die Küche"),
)


def visits(today: date, zone: ZoneInfo, weeks: int = WEEKS) -> Iterator[Visit]:
    """Everything there is to replay, by the lab's own clocks."""
    for number, (handle, studio, first, last, purpose) in enumerate(STAYS):
        period = Period(
            local_instant(datetime.combine(today - first * DAY, time(15)), zone),
            local_instant(datetime.combine(today - last * DAY, time(11)), zone),
        )
        yield Visit(handle, period, (studio,), {}, purpose, Outcome.KEPT, number)
    seats = devices = 0
    for ago in range(weeks * 7, 0, -1):
        day = today - timedelta(days=ago)
        for habit in (each for each in HABITS if day.weekday() in each.weekdays):
            if habit.resources and habit.resources[0].startswith("seat"):
                seats += 1
                outcome = SEAT_OUTCOMES[seats % len(SEAT_OUTCOMES)]
            else:
                devices += 1
                outcome = DEVICE_OUTCOMES[devices % len(DEVICE_OUTCOMES)]
            yield _visit(habit, day, zone, outcome, seats + devices)
    for number, habit in enumerate(TODAY):
        yield _visit(habit, today, zone, habit.outcome, number)


def _visit(habit: Habit, day: date, zone: ZoneInfo, outcome: Outcome, number: int) -> Visit:
    start, end = (
        local_instant(datetime.combine(day, time.fromisoformat(clock)), zone)
        for clock in habit.hours.split("-")
    )
    return Visit(
        habit.handle,
        Period(start, end),
        habit.resources,
        habit.types,
        habit.purpose,
        outcome,
        number,
    )


def minutes(visit: Visit, spread: int) -> timedelta:
    """Some minutes, other ones for each visit, so that people come and go as people do."""
    return (visit.number * 7 % spread) * MINUTE
