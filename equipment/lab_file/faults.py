"""What can be wrong with a lab's description, said so that a person finds and mends it."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, field
from difflib import get_close_matches

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from pydantic_core import ErrorDetails

from equipment.lab_file.line_numbers import Lines, Path

_SENTENCES = {
    "missing": gettext_lazy("{key} is missing."),
    "int_type": gettext_lazy("{key} must be a whole number, not {found}."),
    "float_type": gettext_lazy("{key} must be a number, not {found}."),
    "bool_type": gettext_lazy("{key} must be true or false, not {found}."),
    "string_type": gettext_lazy("{key} must be a text in quotes, not {found}."),
    "list_type": gettext_lazy("{key} must be a list in square brackets, not {found}."),
    "model_type": gettext_lazy("{key} must be a table of keys, not {found}."),
    "too_short": gettext_lazy("{key} must not be empty."),
    "too_long": gettext_lazy("{key} holds more than {max_length}."),
    "string_too_short": gettext_lazy("{key} must not be empty."),
    "string_too_long": gettext_lazy("{key} is longer than {max_length} characters."),
    "list_too_long": gettext_lazy("{key} is longer than {longest} characters in all."),
    "string_pattern_mismatch": gettext_lazy("{key} cannot be {found}: it must match {pattern}."),
    "greater_than_equal": gettext_lazy("{key} must be at least {ge}, not {found}."),
    "greater_than": gettext_lazy("{key} must be more than {gt}, not {found}."),
    "less_than_equal": gettext_lazy("{key} must be at most {le}, not {found}."),
    "literal_error": gettext_lazy("{key} must be {expected}, not {found}."),
    "clock": gettext_lazy('{key} must be a time such as "15:00", not {found}.'),
    "hours": gettext_lazy('{key} must hold hours such as "08:00-22:00", not {found}.'),
    "hours_reversed": gettext_lazy("{key} must end after they begin: {found}."),
    "plan": gettext_lazy(
        "{key} must be a place on the plan such as [4.5, 10.2], in metres, "
        "at most [24, 14]; it is {found}."
    ),
    "web_address": gettext_lazy('{key} must be a web address such as "https://…", not {found}.'),
    "date_type": gettext_lazy("{key} must be a date such as 2026-12-24, not {found}."),
}


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong: the line it stands on, and a sentence that names the key."""

    line: int
    sentence: str

    def __str__(self) -> str:
        return _("Line {line}: {sentence}").format(line=self.line, sentence=self.sentence)


class LabFileFaulty(Exception):
    """The description cannot be used; `faults` has every reason, in the order of the file."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__("\n".join(str(fault) for fault in faults))
        self.faults = faults


@dataclass(slots=True)
class Faults:
    """Gathers what is wrong, so that a person hears everything at once."""

    lines: Lines
    found: list[Fault] = field(default_factory=list)

    def add(self, path: Path, sentence: str, **words: object) -> None:
        """`sentence` names the key as `{key}` and the other `words` likewise."""
        fault = Fault(self.lines.of(path), sentence.format(key=_key(path), **words))
        if fault not in self.found:
            self.found.append(fault)

    def unknown(self, path: Path, known: list[str]) -> None:
        close = get_close_matches(str(path[-1]), known, n=1)
        if close:
            self.add(path, _("{key} is not known; did you mean {close}?"), close=close[0])
        else:
            self.add(path, _("{key} is not known."))

    def of_shape(self, error: ErrorDetails, path: Path, known: list[str]) -> None:
        """What pydantic found, in our words. `path` leads to the key."""
        if error["type"] == "extra_forbidden":
            self.unknown(path, known)
            return
        sentence = _SENTENCES.get(error["type"])
        words = {name: _shown_limit(value) for name, value in error.get("ctx", {}).items()}
        words["found"] = _shown(error["input"])
        self.add(path, str(sentence) if sentence else _("{key}: {why}"), why=error["msg"], **words)

    def check(self) -> None:
        if self.found:
            raise LabFileFaulty(sorted(self.found, key=lambda fault: fault.line))


def syntax_fault(error: tomllib.TOMLDecodeError, text: str) -> Fault:
    """The fault of a text that is no TOML; the parser says the line at the end of its message."""
    said = str(error)
    place = re.search(r" \(at (line (\d+), column \d+|end of document)\)$", said)
    line = int(place[2]) if place and place[2] else len(text.splitlines())
    reason = said[: place.start()] if place else said
    return Fault(line, _("This is not TOML: {reason}.").format(reason=reason))


def _key(path: Path) -> str:
    return ".".join(part for part in path if isinstance(part, str))


def _shown_limit(limit: object) -> object:
    return int(limit) if isinstance(limit, float) and limit.is_integer() else limit


def _shown(value: object) -> str:
    match value:
        case bool():
            return str(value).lower()
        case str():
            return f'"{value}"'
        case dict():
            return _("a table")
        case list():
            return _("a list")
    return str(value)
