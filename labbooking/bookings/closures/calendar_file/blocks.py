"""A calendar's bytes as its parts, each line with its number in the file (RFC 5545, 3.1)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from labbooking.errors import Malformed

LARGEST_FILE = 10 * 1024 * 1024
DEEPEST = 8
"""So many parts inside each other; calendars need three or four."""
EVENT, ZONE, CALENDAR = "VEVENT", "VTIMEZONE", "VCALENDAR"


class NotUnderstood(ValueError):
    """What an event says cannot be followed, in words for a person."""


@dataclass(frozen=True, slots=True)
class Property:
    """`DTSTART;TZID=Europe/Berlin:20270111T100000`"""

    name: str
    params: Mapping[str, str]
    value: str


@dataclass(slots=True)
class Block:
    """Everything between BEGIN and END, without what is inside it. `line` is where it begins."""

    kind: str
    line: int
    lines: list[str] = field(default_factory=list)
    _named: dict[str, list[str]] = field(default_factory=dict)

    def all(self, name: str) -> list[Property]:
        """Raises `ValueError` for a line that is none."""
        if not self._named:
            for line in self.lines:
                self._named.setdefault(_name(line), []).append(line)
        return [_property(line) for line in self._named.get(name, ())]

    def first(self, name: str) -> Property | None:
        return next(iter(self.all(name)), None)

    def plainly(self, name: str) -> str:
        """The value of what matters little: nothing where it cannot be read."""
        try:
            found = self.first(name)
        except ValueError:
            return ""
        return found.value.strip() if found else ""

    def word(self, name: str) -> str:
        """The value of what is a word of the format, however it is written."""
        found = self.first(name)
        return found.value.strip().upper() if found else ""

    @property
    def text(self) -> str:
        return "\r\n".join([f"BEGIN:{self.kind}", *self.lines, f"END:{self.kind}", ""])


def blocks(data: bytes) -> list[Block]:
    """The calendars, events and zones of a file, in its order. Raises `Malformed`."""
    if len(data) > LARGEST_FILE:
        raise Malformed(_("The calendar is too large."))
    found: list[Block] = []
    path: list[Block] = []
    for number, line in _unfolded(_lines(data)):
        mark, _colon, kind = line.partition(":")
        mark, kind = mark.strip().upper(), kind.strip().upper()
        if mark == "BEGIN":
            _tell_zone(path, line)
            found.append(_begun(path, kind, number))
        elif mark == "END":
            _end(path, kind, number)
            _tell_zone(path, line)
        elif path:
            path[-1].lines.append(line)
            _tell_zone(path[:-1], line)
        elif mark:
            raise _no_calendar(number)
    if path or not any(each.kind == CALENDAR for each in found):
        raise _no_calendar(path[-1].line if path else 1)
    return [each for each in found if each.kind in {EVENT, ZONE, CALENDAR}]


def _begun(path: list[Block], kind: str, number: int) -> Block:
    if len(path) >= DEEPEST:
        raise _no_calendar(number)
    path.append(Block(kind, number))
    return path[-1]


def _end(path: list[Block], kind: str, number: int) -> None:
    if not path or path.pop().kind != kind:
        raise _no_calendar(number)


def _tell_zone(path: list[Block], line: str) -> None:
    """The rules of a zone are parts of it."""
    if path and path[-1].kind == ZONE:
        path[-1].lines.append(line)


def _lines(data: bytes) -> list[bytes]:
    return data.replace(b"\r\n", b"\n").replace(b"\r", b"\n").split(b"\n")


def _unfolded(lines: Iterable[bytes]) -> Iterator[tuple[int, str]]:
    """Long lines go on behind a space, also in the middle of a letter."""
    first, parts = 1, [b""]
    for number, line in enumerate(lines, 1):
        if line[:1] in {b" ", b"\t"}:
            parts.append(line[1:])
            continue
        yield first, _text(b"".join(parts), first)
        first, parts = number, [line]
    yield first, _text(b"".join(parts), first)


def _text(line: bytes, number: int) -> str:
    """Old programs write Latin letters as Windows does."""
    try:
        return line.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    try:
        return line.decode("cp1252")
    except UnicodeDecodeError:
        raise _no_calendar(number) from None


def _no_calendar(line: int) -> Malformed:
    message = _("This is not an iCalendar file: it cannot be read from line {line} on.")
    return Malformed(message.format(line=line))


def _name(line: str) -> str:
    return line.partition(":")[0].partition(";")[0].strip().upper()


def _property(line: str) -> Property:
    head, colon, value = line.partition(":")
    if colon and ";" not in head:
        return Property(head.strip().upper(), {}, value)
    from icalendar.parser import Contentline  # noqa: PLC0415 - slow to import

    parse: Any = Contentline
    name, params, value = parse(line).parts()
    return Property(name.upper(), {key.upper(): _one(each) for key, each in params.items()}, value)


def _one(value: object) -> str:
    return str(value[0] if isinstance(value, list) and value else value)
