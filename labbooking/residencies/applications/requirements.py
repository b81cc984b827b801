"""What an application has to have before it is handed in. Rooms beside this one declare what they
add to it: what is still missing there, and what of it is handed in."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from labbooking.residencies.applications.models import Application
from labbooking.residencies.applications.rules import Wrong, missing


@dataclass(frozen=True, slots=True)
class Part:
    """`handed_in` is something JSON can say, which goes into the receipt under `name`."""

    name: str
    missing: Callable[[Application], Iterable[Wrong]]
    handed_in: Callable[[Application], Any]


_parts: list[Part] = []


def declare_part(part: Part) -> None:
    """Called once by each, when it is ready."""
    if part not in _parts:
        _parts.append(part)


def what_is_missing(application: Application) -> list[Wrong]:
    """Everything at once, by field."""
    further = [each for part in _parts for each in part.missing(application)]
    return [*missing(application), *further]


def parts_handed_in(application: Application) -> dict[str, Any]:
    return {part.name: part.handed_in(application) for part in _parts}
