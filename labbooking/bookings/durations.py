"""Lengths of time in words."""

from datetime import timedelta

from django.utils.translation import ngettext

from labbooking.period import DAY, HOUR, MINUTE


def in_words(length: timedelta) -> str:
    """`2 hours 30 minutes`; whole days from two days on; never more than two parts."""
    if length >= 2 * DAY and not length % DAY:
        return _days(length // DAY)
    hours, minutes = length // HOUR, length % HOUR // MINUTE
    parts = [_hours(hours)] if hours else []
    parts += [_minutes(minutes)] if minutes or not hours else []
    return " ".join(parts)


def _days(count: int) -> str:
    return ngettext("{count} day", "{count} days", count).format(count=count)


def _hours(count: int) -> str:
    return ngettext("{count} hour", "{count} hours", count).format(count=count)


def _minutes(count: int) -> str:
    return ngettext("{count} minute", "{count} minutes", count).format(count=count)
