"""Pages of long lists. A page starts where the last one ended, so none is shown twice or left
out when rows come and go meanwhile, and the thousandth page costs as much as the first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import reduce
from operator import attrgetter, or_
from typing import Annotated, Any, TypeVar
from urllib.parse import parse_qs, urlsplit

from django.core.signing import BadSignature, Signer
from django.db.models import Model, Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _
from pydantic import AfterValidator, BaseModel, Field

Row = TypeVar("Row", bound=Model)
_signer = Signer(salt="cursor")


class BadCursor(ValueError):
    """Not one of our cursors, or one of another list."""


@dataclass(frozen=True, slots=True)
class Keyset:
    """An order in which no two rows are equal: names of fields, all ascending."""

    fields: tuple[str, ...]

    def page(self, rows: QuerySet[Row], cursor: str, limit: int) -> tuple[list[Row], str]:
        """So many rows after the cursor, and the cursor of the next page or an empty text."""
        if cursor:
            rows = rows.filter(self._after(cursor))
        found = list(rows.order_by(*self.fields)[: limit + 1])
        return found[:limit], self._cursor(found[limit - 1]) if len(found) > limit else ""

    def _cursor(self, row: Row) -> str:
        values = [attrgetter(field.replace("__", "."))(row) for field in self.fields]
        return _signer.sign_object([_written(value) for value in values])

    def _after(self, cursor: str) -> Q:
        values = self._values(cursor)
        first = Q((f"{self.fields[0]}__gte", values[0]))
        later = [
            Q(*zip(self.fields[:place], values, strict=False)) & Q((f"{field}__gt", values[place]))
            for place, field in enumerate(self.fields)
        ]
        return first & reduce(or_, later)

    def _values(self, cursor: str) -> list[Any]:
        try:
            values = _signer.unsign_object(cursor)
        except (BadSignature, ValueError) as bad:
            raise BadCursor(_("This is not one of our cursors.")) from bad
        if len(values) != len(self.fields):
            raise BadCursor(_("This is a cursor of another list."))
        return list(values)


def _written(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime) else value


def next_page(request: HttpRequest, cursor: str) -> str | None:
    """The whole address of the next page: the same question, from the cursor on."""
    if not cursor:
        return None
    question = request.GET.copy()
    question["cursor"] = cursor
    return request.build_absolute_uri(f"{request.path}?{question.urlencode()}")


def cursor_in(text: str) -> str:
    """The cursor itself; people also hand back the whole address of the next page."""
    return parse_qs(urlsplit(text).query).get("cursor", [text])[0] if "?" in text else text


class Page(BaseModel):
    """Which part of a list is asked for."""

    cursor: Annotated[str, AfterValidator(cursor_in)] = Field(
        default="", max_length=2000, description="From `next` of the page before."
    )
    limit: int = Field(default=50, ge=1, le=100, description="How many at most.")
