"""Lines that somebody pastes or uploads: address, name, role, language, until; read and checked one
by one, so that each is told what becomes of it."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from labbooking.period import FIRST_YEAR, LAST_YEAR, day_end
from labbooking.when import lab_zone
from residents.membership.wanted import Known, Wanted, objections
from residents.models import Role, User

MOST_LINES = 200
DAYS = ("%Y-%m-%d", "%d.%m.%Y", "%d/%m/%Y")
LANGUAGES = {
    "": "",
    "de": "de",
    "deutsch": "de",
    "german": "de",
    "en": "en",
    "englisch": "en",
    "english": "en",
}


@dataclass(frozen=True, slots=True)
class PastedLine:
    """One line, by its number in the text, and what speaks against inviting whom it names."""

    number: int
    wanted: Wanted
    objections: tuple[str, ...] = ()

    @property
    def is_good(self) -> bool:
        return not self.objections

    @property
    def role(self) -> str:
        return str(Role(self.wanted.role).label)


def decoded(content: bytes) -> tuple[str, bool]:
    """The text of a file, and whether it had to be read as Latin-1, as old programs write it."""
    for encoding in ("utf-8-sig", "utf-16") if content[:2] in _MARKS else ("utf-8-sig",):
        try:
            return content.decode(encoding), False
        except UnicodeDecodeError:
            continue
    return content.decode("cp1252", errors="replace"), True


_MARKS = {b"\xff\xfe", b"\xfe\xff"}


def read(text: str, *, by: User, at: datetime, language: str) -> list[PastedLine]:
    """`language` is that of who does not say theirs."""
    found = [_line(number, cells, language) for number, cells in rows(text)]
    known = Known([each.wanted for each in found], at)
    addresses = Counter(each.wanted.address for each in found)
    return [_checked(each, known, by, addresses) for each in found]


def _checked(line: PastedLine, known: Known, by: User, addresses: Counter[str]) -> PastedLine:
    said = [*line.objections, *objections(line.wanted, known, by)]
    if addresses[line.wanted.address] > 1:
        said.append(_("This address is on more than one line."))
    return replace(line, objections=tuple(dict.fromkeys(said)))


def rows(text: str) -> Iterator[tuple[int, list[str]]]:
    """Without empty lines, and without a first one that only says what the columns are."""
    lines = text.splitlines()
    separator = max("\t;,", key=lambda each: sum(each in line for line in lines))
    for number, line in enumerate(lines, start=1):
        cells = [each.strip() for each in next(csv.reader([line], delimiter=separator), [])]
        if any(cells) and not (number == 1 and "@" not in line):
            yield number, cells


def _line(number: int, cells: list[str], language: str) -> PastedLine:
    email, name, role, spoken, until = (*cells, "", "", "", "", "")[:5]
    said = []
    known_language = LANGUAGES.get(spoken.casefold())
    if known_language is None:
        said.append(_("“{text}” is not a language of the house.").format(text=spoken[:80]))
    last = _day(until)
    if until and last is None:
        said.append(_("“{text}” is not a day. Write it like 2027-12-24.").format(text=until[:80]))
    if len(cells) > 5:
        said.append(_("This line has more parts than address, name, role, language and day."))
    wanted = Wanted(email, name, _role(role), known_language or language, end_of(last))
    return PastedLine(number, wanted, tuple(said))


def _role(text: str) -> str:
    """By its name in either language; what is none is told as it was written."""
    if not text:
        return Role.CREATIVE
    for role in Role:
        words = {role.value}
        for language, _name in settings.LANGUAGES:
            with translation.override(language):
                words.add(str(role.label).casefold())
        if text.casefold() in words:
            return role
    return text


def _day(text: str) -> date | None:
    for shape in DAYS:
        try:
            day = datetime.strptime(text, shape).date()  # noqa: DTZ007 - a day has no zone
        except ValueError:
            continue
        return day if FIRST_YEAR <= day.year < LAST_YEAR else None
    return None


def end_of(last: date | None) -> datetime | None:
    return day_end(last, lab_zone()) if last else None
