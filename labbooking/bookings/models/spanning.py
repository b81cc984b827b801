"""Time that something takes."""

from __future__ import annotations

from typing import Any, ClassVar, Self

from django.db import models

from labbooking.period import Period, is_beyond_reach


class Spanning(models.Model):
    """Something that lasts from `starts_at` to `ends_at`."""

    SPANS: ClassVar[tuple[tuple[str, str], ...]] = (("starts_at", "ends_at"),)

    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()

    class Meta:
        abstract = True

    @classmethod
    def from_db(cls, *row: Any, **ways: Any) -> Self:
        """What was once stored out of reach is read as lasting as far as can be told."""
        found = super().from_db(*row, **ways)
        known = vars(found)
        for start, end in cls.SPANS:
            if start in known and end in known and is_beyond_reach(known[end]):
                reached = Period(known[start], known[end])
                known[start], known[end] = reached.start, reached.end
        return found

    @property
    def period(self) -> Period:
        return Period(self.starts_at, self.ends_at)
