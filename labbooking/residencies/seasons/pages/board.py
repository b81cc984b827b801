"""The board of a plan: studios down, weeks across. A table, so that it reads without its looks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from labbooking.residencies.seasons.canonical import Told
from labbooking.residencies.seasons.models import Place, SeasonPlan


@dataclass(frozen=True)
class Cell:
    """`kind` is `free`, `taken` (by somebody or something else) or `stay`."""

    kind: str
    weeks: int
    starts_on: date
    place: Place | None = None


@dataclass(frozen=True)
class Board:
    """`months` are first days and how many weeks each has."""

    months: list[tuple[date, int]]
    weeks: list[date]
    lines: list[tuple[str, list[Cell]]]


def board(plan: SeasonPlan, places: Iterable[Place], names: dict[str, str]) -> Board:
    """As the plan was asked: what is taken since then is not on it."""
    instance: Told = plan.question["instance"]
    days = [plan.season_from + timedelta(weeks=week) for week in range(instance["weeks"])]
    found = list(places)
    lines = [
        (
            names.get(each["code"], each["code"]),
            list(_cells(days, set(each["closed"]), _of(found, each["code"]))),
        )
        for each in instance["studios"]
    ]
    months = [list(group) for _key, group in groupby(days, key=_month)]
    return Board([(group[0], len(group)) for group in months], days, lines)


def _month(day: date) -> tuple[int, int]:
    return day.year, day.month


def _of(places: Iterable[Place], studio: str) -> dict[date, Place]:
    return {each.starts_on: each for each in places if each.resource.slug == studio}


def _cells(days: list[date], closed: set[int], stays: dict[date, Place]) -> Iterator[Cell]:
    week = 0
    while week < len(days):
        place = stays.get(days[week])
        kind = "taken" if week in closed else "free"
        until = week + place.weeks if place else _until(days, week, closed, stays)
        yield Cell("stay" if place else kind, until - week, days[week], place)
        week = until


def _until(days: list[date], week: int, closed: set[int], stays: dict[date, Place]) -> int:
    """How far it goes on being the same."""
    until = week + 1
    while until < len(days) and days[until] not in stays and (until in closed) == (week in closed):
        until += 1
    return until
