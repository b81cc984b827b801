"""What cannot be in a call, and what it lacks before it is published; all of it told at once."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from equipment.models import Kind
from labbooking.period import WEEK, is_within_reach
from labbooking.residencies.calls.grades import GRADES, HIGHEST, LOWEST
from labbooking.residencies.calls.models import (
    HEAVIEST,
    KEPT,
    LEAST_KEPT,
    LONGEST_TEXT,
    MOST_CENTS,
    MOST_CRITERIA,
    MOST_CUSHION,
    MOST_GRACE,
    MOST_KEPT,
    MOST_OF_A_DISCIPLINE,
    MOST_WEEKS,
    MOST_WEEKS_APART,
    Call,
)
from labbooking.residencies.calls.spec import CallSaid, CriterionSaid
from labbooking.residencies.questions.checks import mistakes_in
from labbooking.when import lab_zone, years_that_can_be_named
from labbooking.wire.fields import lines_of

Mistake = tuple[str, str]
"""A field and the sentence that says what is wrong with it."""
DAYS = ("opens_at", "closes_at", "decision_on", "season_from", "season_until")
NEEDED = (
    "summary_de", "summary_en", "description_de", "description_en", "costs_de", "costs_en",
    "access_de", "access_en", "email",
)  # fmt: skip


def mistakes(call: Call, said: CallSaid) -> list[Mistake]:
    """What no call may say, a draft included."""
    found = (
        _days(call),
        _stay(call),
        _arrivals(call),
        _numbers(call),
        _texts(said),
        _lists(call, said),
        _limits(call),
        _rows(said),
    )
    return [each for part in found for each in part]


def _days(call: Call) -> Iterator[Mistake]:
    far = [name for name in DAYS if not is_within_reach(getattr(call, name))]
    if far:
        yield from ((name, years_that_can_be_named()) for name in far)
        return
    closing = call.closes_at.astimezone(lab_zone()).date()
    if call.closes_at <= call.opens_at:
        yield "closes_at", _("It would close before it opens: choose a later moment.")
    if call.decision_on < closing:
        yield "decision_on", _("The decision cannot come before the deadline.")
    if call.season_from <= closing:
        yield "season_from", _("The season begins after the deadline: choose a later day.")
    elif call.season_from <= call.decision_on:
        yield "season_from", _("The season begins after the decision: choose a later day.")
    if call.season_until <= call.season_from:
        yield "season_until", _("The season would end before it begins: choose a later day.")


def _stay(call: Call) -> Iterator[Mistake]:
    least, most = call.stay_weeks_min, call.stay_weeks_max
    if not 1 <= least <= MOST_WEEKS:
        yield "stay_weeks_min", _one_to(MOST_WEEKS)
    if not 1 <= most <= MOST_WEEKS:
        yield "stay_weeks_max", _one_to(MOST_WEEKS)
    elif most < least:
        yield "stay_weeks_max", _("The longest stay is at least as long as the shortest one.")
    elif (weeks := (call.season_until - call.season_from) // WEEK) < most and weeks > 0:
        message = ngettext(
            "The season lasts {count} week: nobody can stay longer.",
            "The season lasts {count} weeks: nobody can stay longer.",
            weeks,
        )
        yield "stay_weeks_max", message.format(count=weeks)


def _arrivals(call: Call) -> Iterator[Mistake]:
    if not _are_weekdays(call.arrival_weekdays):
        yield "arrival_weekdays", _("Choose at least one day of the week.")
    if not 1 <= call.arrival_every_weeks <= MOST_WEEKS_APART:
        yield "arrival_every_weeks", _one_to(MOST_WEEKS_APART)
    if not 0 <= call.cushion_days <= MOST_CUSHION:
        yield "cushion_days", _("At most {most} days.").format(most=MOST_CUSHION)


def _numbers(call: Call) -> Iterator[Mistake]:
    if not 0 <= call.grace_minutes <= MOST_GRACE:
        yield "grace_minutes", _("At most {most} minutes.").format(most=MOST_GRACE)
    if call.stipend_cents is not None and not 0 < call.stipend_cents <= MOST_CENTS:
        message = _("Between 0.01 and {most} euros a month; leave it empty if you pay no stipend.")
        yield "stipend_cents", message.format(most=MOST_CENTS // 100)
    for name in KEPT:
        if not LEAST_KEPT <= getattr(call, name) <= MOST_KEPT:
            message = _("Between {least} and {most} days.")
            yield name, message.format(least=LEAST_KEPT, most=MOST_KEPT)


def _one_to(most: int) -> str:
    return _("Between 1 and {most} weeks.").format(most=most)


def _are_weekdays(days: object) -> bool:
    if not isinstance(days, list) or not days:
        return False
    return all(type(each) is int and 0 <= each <= 6 for each in days)


def _texts(said: CallSaid) -> Iterator[Mistake]:
    written = {name: value for name, value in said.fields.items() if isinstance(value, str)}
    for name in ("description_de", "description_en"):
        if len(written[name]) > LONGEST_TEXT:
            yield name, _("At most {most} characters.").format(most=LONGEST_TEXT)
    for name, text in {**written, "terms_de": said.terms_de, "terms_en": said.terms_en}.items():
        try:
            lines_of(text)
        except ValueError as error:
            yield name, str(error)


def _lists(call: Call, said: CallSaid) -> Iterator[Mistake]:
    if len(call.disciplines_de.splitlines()) != len(call.disciplines_en.splitlines()):
        message = _("As many lines as in the other language, in the same order.")
        yield "disciplines_en", message
    if bool(said.terms_de.strip()) != bool(said.terms_en.strip()):
        missing = "terms_en" if said.terms_de.strip() else "terms_de"
        yield missing, _("The terms are in both languages, or in none.")


def _limits(call: Call) -> Iterator[Mistake]:
    count = len(call.disciplines_de.splitlines())
    for name, least in (("disciplines_at_once_max", 1), ("disciplines_floor", 0)):
        numbers = getattr(call, name)
        if not isinstance(numbers, list) or len(numbers) not in {0, count}:
            yield name, _("As many numbers as there are disciplines, in the same order.")
        elif not all(_is_limit(each, least) for each in numbers):
            message = _("Whole numbers from {least} to {most}.")
            yield name, message.format(least=least, most=MOST_OF_A_DISCIPLINE)


def _is_limit(number: Any, least: int) -> bool:
    """Where there is at least one, none is no limit."""
    if number is None:
        return least > 0
    return type(number) is int and least <= number <= MOST_OF_A_DISCIPLINE


def _rows(said: CallSaid) -> Iterator[Mistake]:
    if any(each.type.kind != Kind.STUDIO for each in said.studios):
        yield "studios", _("People live in studios alone.")
    if len(said.criteria) > MOST_CRITERIA:
        yield "criteria", _("At most {most} criteria.").format(most=MOST_CRITERIA)
    for each in said.criteria:
        if not 1 <= each.weight <= HEAVIEST:
            yield "criteria", _("A weight is between 1 and {most}.").format(most=HEAVIEST)
        if not (each.name_de.strip() and each.name_en.strip()):
            yield "criteria", _("A criterion has a name in both languages.")
        if not _is_anchored_well(each):
            yield "criteria", _anchors_wanted()
    for sentence in mistakes_in(said.questions):
        yield "questions", sentence


def _is_anchored_well(said: CriterionSaid) -> bool:
    lines = [each.splitlines() for each in (said.anchors_de, said.anchors_en)]
    is_said = all(len(each) == len(GRADES) and all(map(str.strip, each)) for each in lines)
    return is_said or not any(lines)


def _anchors_wanted() -> str:
    message = _(
        "What grades mean is said for each of them, from {lowest} to {highest}, one a line and in "
        "both languages, or for none."
    )
    return message.format(lowest=LOWEST, highest=HIGHEST)


def missing(call: Call, said: CallSaid, at: datetime) -> list[Mistake]:
    """What stands between a call and the public."""
    return [*_unsaid(said), *_too_late(call, at)]


def _unsaid(said: CallSaid) -> Iterator[Mistake]:
    for name in NEEDED:
        if not said.fields[name].strip():
            yield name, _("It has to be said before the call is published.")
    if not said.studios:
        yield "studios", _("Name at least one studio before the call is published.")
    if not said.criteria:
        yield "criteria", _("Say by what it is decided before the call is published.")
    if not said.terms_de.strip():
        yield "terms_de", _("It has to be said before the call is published.")


def _too_late(call: Call, at: datetime) -> Iterator[Mistake]:
    if call.closes_at <= at:
        yield "closes_at", _("That is already over: choose a later moment.")
