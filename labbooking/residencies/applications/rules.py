"""What cannot be in an application, a draft included, and what it lacks to be handed in; all of it
told at once. Whatever is wrong has a field, a code for programs and a sentence for people."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from itertools import pairwise
from typing import Any, NamedTuple

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from labbooking.period import WEEK
from labbooking.residencies.applications.grid import arrivals
from labbooking.residencies.applications.models import (
    LONGEST_TITLE,
    LONGEST_WORDS,
    MOST_COMPANIONS,
    MOST_HEADSETS,
    MOST_WORDS,
    Application,
)
from labbooking.residencies.calls.models import Call
from labbooking.residencies.calls.wording import season
from labbooking.when import full_day

LANGUAGES = {"de": "Deutsch", "en": "English"}
TEXTS = ("project", "about", "needs")
WEEKS = ("weeks_min", "weeks_wished", "weeks_max")
NEEDED = ("title", "discipline", "language", "project", "about", "earliest", "latest", *WEEKS)
"""To be handed in. Of disciplines only where the call names some."""


class Wrong(NamedTuple):
    field: str
    code: str
    message: str


Said = Mapping[str, Any]
"""Values by the names of `Application.SAID`, all of them."""


def said_of(application: Application) -> dict[str, Any]:
    return {name: getattr(application, name) for name in Application.SAID}


def mistakes(call: Call, said: Said, code: str = "") -> list[Wrong]:
    """What not even a draft may say. `code` is the application's own."""
    parts: tuple[Callable[[], Iterable[Wrong]], ...] = (
        lambda: _texts(said),
        lambda: _choices(call, said),
        lambda: _numbers(call, said),
        lambda: _window(call, said),
        lambda: _arrival(call, said),
        lambda: _partner(said, code),
    )
    return [each for part in parts for each in part()]


def _texts(said: Said) -> Iterator[Wrong]:
    for name, most in {"title": LONGEST_TITLE, **dict.fromkeys(TEXTS, LONGEST_WORDS)}.items():
        if len(said[name]) > most:
            yield Wrong(name, "too_long", _("At most {most} characters.").format(most=most))


def _choices(call: Call, said: Said) -> Iterator[Wrong]:
    chosen = said["discipline"]
    if chosen is not None and not 0 <= chosen < len(call.disciplines):
        yield Wrong("discipline", "not_this_discipline", _("The call does not ask for that."))
    if said["language"] and said["language"] not in LANGUAGES:
        yield Wrong("language", "invalid", _("German or English."))


def _numbers(call: Call, said: Said) -> Iterator[Wrong]:
    least, most = call.stay_weeks_min, call.stay_weeks_max
    for name in WEEKS:
        if said[name] is not None and not least <= said[name] <= most:
            message = _("Between {least} and {most} weeks, says the call.")
            yield Wrong(name, "weeks", message.format(least=least, most=most))
    order = [(name, said[name]) for name in WEEKS if said[name] is not None]
    for (_before, fewer), (name, weeks) in pairwise(order):
        if weeks < fewer:
            yield Wrong(name, "weeks_order", _("Shortest, wished, longest: in that order."))
    for name, top in {"headsets": MOST_HEADSETS, "companions": MOST_COMPANIONS}.items():
        if not 0 <= said[name] <= top:
            code = "more_than_there_are" if name == "headsets" else "invalid"
            yield Wrong(name, code, _("Between 0 and {most}.").format(most=top))


def _window(call: Call, said: Said) -> Iterator[Wrong]:
    first, end = said["earliest"], said["latest"]
    for name, day in (("earliest", first), ("latest", end)):
        if day and not call.season_from <= day <= call.season_until:
            message = _("Outside the season: {season}.").format(season=season(call))
            yield Wrong(name, "outside_season", message)
    if not (first and end):
        return
    if end <= first:
        yield Wrong("latest", "window", _("It ends before it begins: choose a later day."))
    elif said["weeks_min"] and end - first < said["weeks_min"] * WEEK:
        message = _("Your shortest stay does not fit between these days.")
        yield Wrong("latest", "window_too_short", message)


def _arrival(call: Call, said: Said) -> Iterator[Wrong]:
    day: date | None = said["arrival_wished"]
    if day is None:
        return
    if day not in arrivals(call):
        yield Wrong("arrival_wished", "not_on_the_grid", _("No stay begins on that day."))
        return
    first, end = said["earliest"], said["latest"]
    if (first and day < first) or (end and day + (said["weeks_min"] or 1) * WEEK > end):
        message = _("Between {first} and {last} you said you could be here.")
        words = {"first": full_day(first) if first else "…", "last": full_day(end) if end else "…"}
        yield Wrong("arrival_wished", "outside_window", message.format(**words))


def _partner(said: Said, code: str) -> Iterator[Wrong]:
    if said["partner_code"] and said["partner_code"] == code:
        yield Wrong("partner_code", "pair_self", _("That is your own code: ask for theirs."))


def missing(application: Application) -> list[Wrong]:
    """What stands between a draft and the jury, in the fields of this table."""
    return [*_unsaid(application), *_too_many_words(application)]


def _unsaid(application: Application) -> Iterator[Wrong]:
    for name in NEEDED:
        asked = name != "discipline" or application.call.disciplines
        if asked and getattr(application, name) in (None, ""):
            yield Wrong(name, "missing", _("This is missing."))


def _too_many_words(application: Application) -> Iterator[Wrong]:
    for name, most in MOST_WORDS.items():
        if (count := words_in(getattr(application, name))) > most:
            message = _("{count} of {most} words.").format(count=count, most=most)
            yield Wrong(name, "too_long", message)


def words_in(text: str) -> int:
    """What stands between spaces; an emoji by itself is one word."""
    return len(text.split())


def refuse(found: Iterable[Wrong]) -> None:
    """Raises `ValidationError` by field where there is anything."""
    errors: dict[str, list[ValidationError]] = {}
    for field, code, message in found:
        errors.setdefault(field, []).append(ValidationError(message, code=code))
    if errors:
        raise ValidationError(errors)
