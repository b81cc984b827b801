"""How people say times of day, written in figures: “half past ten”, “halb elf”, “um neun”. Pure.

For text as `sentence_words.plain` writes it: small letters without accents, single spaces.
"""

from __future__ import annotations

import re
from collections.abc import Callable

_FIGURES = {
    **dict.fromkeys(("one", "ein", "eins"), 1),
    **dict.fromkeys(("two", "zwei"), 2),
    **dict.fromkeys(("three", "drei"), 3),
    **dict.fromkeys(("four", "vier"), 4),
    **dict.fromkeys(("five", "funf"), 5),
    **dict.fromkeys(("six", "sechs"), 6),
    **dict.fromkeys(("seven", "sieben"), 7),
    **dict.fromkeys(("eight", "acht"), 8),
    **dict.fromkeys(("nine", "neun"), 9),
    **dict.fromkeys(("ten", "zehn"), 10),
    **dict.fromkeys(("eleven", "elf"), 11),
    **dict.fromkeys(("twelve", "zwolf"), 12),
    **dict.fromkeys(("quarter", "viertel"), 15),
}
_WORD = "|".join(word for word, figure in _FIGURES.items() if figure <= 12)
_HOUR = rf"(?P<hour>\d{{1,2}}|{_WORD})\b(?![:.])"
_MINUTES = rf"\b(?P<minutes>quarter|viertel|\d{{1,2}}|{_WORD})"
_TO = r"(?:bis|to|until|till|-)"
# What follows an hour that is said as a word, and never a number of things.
_AFTER_AN_HOUR = r"(?= (?:uhr|o clock|pm|bis|to|until|till|-|fur|for)\b| ¦|$)"

WEEKDAYS = (
    "monday|montag|mon|mo",
    "tuesday|dienstag|tues|tue|di",
    "wednesday|mittwoch|wed|mi",
    "thursday|donnerstag|thurs|thur|thu|do",
    "friday|freitag|fri|fr",
    "saturday|samstag|sonnabend|sat|sa",
    "sunday|sonntag|sun|so",
)
WEEKDAY = "|".join(WEEKDAYS)
_IN_GERMAN = "montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonnabend|sonntag"
_IN_ENGLISH = "monday|tuesday|wednesday|thursday|friday|saturday|sunday"
_PART = "morning|afternoon|evening|vormittag|nachmittag|abend"

_Written = str | Callable[[re.Match[str]], str]


def _figure(word: str) -> int:
    return _FIGURES.get(word) or int(word)


def _minutes_later(count: int) -> _Written:
    return lambda found: _clock(found["hour"], count)


def _clock(hour: str, minutes: int) -> str:
    """So many minutes after a full hour; before one o'clock it is twelve."""
    hours, minute = divmod(_figure(hour) * 60 + minutes, 60)
    return f"{hours or 12}:{minute:02}"


_REWRITINGS: tuple[tuple[str, _Written], ...] = (
    # The German “am” says a day, not a morning.
    (rf"\bam (?=(?:{_IN_GERMAN}|mo|di|mi|do|fr|sa|so|{_PART}|morgen|wochenende)\b)", "an "),
    (r"\bam (?=\d{1,2}\.)", "an "),
    (r"\btonight\b", "today evening"),
    (rf"\b(?:this|diesen) (?={_PART})", "today "),
    (r"\bjeden morgen\b", "daily morgens"),
    (rf"\b(?:every|jeden) (?=(?:{_PART})\b)", "daily "),
    (rf"\b(?:every )?({_IN_ENGLISH})s\b", r"every \1"),
    (rf"\b({_IN_GERMAN})s\b", r"jeden \1"),
    (rf"\bhalf past {_HOUR}", _minutes_later(30)),
    (rf"\b(?:dreiviertel|drei viertel) {_HOUR}", _minutes_later(-15)),
    (rf"\bhalb {_HOUR}", _minutes_later(-30)),
    (rf"\bquarter to {_HOUR}", _minutes_later(-15)),
    (rf"{_MINUTES} (?:past|nach) {_HOUR}", lambda it: _clock(it["hour"], _figure(it["minutes"]))),
    (rf"{_MINUTES} vor {_HOUR}", lambda it: _clock(it["hour"], -_figure(it["minutes"]))),
    (r"\b(?:(?:12|zwolf|twelve) (?:uhr )?)?(?:mittags?|noon|midday)\b", "12:00"),
    (r"\b(?:mitternachts?|midnight)\b", "24:00"),
    (rf"\b(\d{{1,2}}) h ({_TO}) (\d{{1,2}}) h\b", r"\1 uhr \2 \3 uhr"),
    (rf"\b(um|at) {_HOUR}{_AFTER_AN_HOUR}", lambda it: f"{it[1]} {_figure(it['hour'])}"),
    (
        rf"\b(ab|from|von|zwischen|between|gegen|{_TO}) {_HOUR}{_AFTER_AN_HOUR}",
        lambda it: f"{it[1]} {_figure(it['hour'])}",
    ),
    (rf"(?<=\d) ({_TO}) {_HOUR}{_AFTER_AN_HOUR}", lambda it: f" {it[1]} {_figure(it['hour'])}"),
    (rf"\b{_HOUR}(?= (?:uhr|o clock|pm)\b)", lambda it: str(_figure(it["hour"]))),
)
_COMPILED = [(re.compile(pattern), written) for pattern, written in _REWRITINGS]


def in_figures(text: str) -> str:
    """The same text with its times of day in figures and its days said plainly."""
    for pattern, written in _COMPILED:
        text = pattern.sub(written, text)
    return text
