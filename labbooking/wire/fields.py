"""How single values are written in JSON and in addresses, and what is no value at all."""

from __future__ import annotations

import re
import unicodedata
from datetime import UTC, datetime
from typing import Annotated, Any

from django.utils.translation import gettext as _
from pydantic import AfterValidator, BeforeValidator, ConfigDict, Field, StringConstraints
from pydantic.config import JsonDict

from labbooking.lengths import LONGEST_ADDRESS, LONGEST_DESCRIPTION, LONGEST_LINE, LONGEST_PARAGRAPH
from labbooking.period import is_within_reach
from labbooking.when import years_that_can_be_named

_INSTANT = re.compile(
    r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d([.,]\d{1,6})?)?(?P<offset>Z|[+-]\d\d:?\d\d)?",
    re.ASCII | re.IGNORECASE,
)
_LONGEST = 40
"""Characters: no instant is written with more, and patterns go back and forth over all of them."""
# An unescaped + in an address arrives as a space: 2026-11-24T10:00:00 01:00
_LOST_PLUS = re.compile(r"(T\d\d:\d\d\S*) (\d\d:?\d\d)\Z", re.ASCII)


def instant(written: Any) -> datetime:
    """The moment an ISO 8601 text with offset names, in UTC.

    Raises `ValueError` with a sentence for the caller where there is no such moment.
    """
    if isinstance(written, datetime) and written.tzinfo:
        return written
    if not isinstance(written, str):
        raise ValueError(_("Write the time as text, such as 2026-11-24T10:00:00+01:00."))
    shape = _INSTANT.fullmatch(_LOST_PLUS.sub(r"\1+\2", written[: _LONGEST + 1]))
    if shape is None:
        raise ValueError(_("This is not a time; write it like 2026-11-24T10:00:00+01:00."))
    if not shape["offset"]:
        raise ValueError(
            _("Say which moment you mean: add the offset, such as 2026-11-24T10:00:00+01:00.")
        )
    return _within_reach(shape[0].upper())


def _within_reach(written: str) -> datetime:
    try:
        moment = datetime.fromisoformat(written)
        in_utc = moment.astimezone(UTC)
    except (ValueError, OverflowError):
        raise ValueError(_("There is no such time.")) from None
    if not is_within_reach(in_utc):
        raise ValueError(years_that_can_be_named())
    return in_utc


def _plain(text: str) -> str:
    return _without_control_characters(text, allowed="")


def lines_of(text: str) -> str:
    return _without_control_characters(text, allowed="\n\r\t")


def _without_control_characters(text: str, *, allowed: str) -> str:
    if any(unicodedata.category(each) in {"Cc", "Cs"} and each not in allowed for each in text):
        raise ValueError(_("Control characters are not allowed here."))
    return text.strip()


def strict(*examples: JsonDict) -> ConfigDict:
    """For bodies of requests: unknown fields are refused, and the description shows examples."""
    return ConfigDict(extra="forbid", json_schema_extra={"examples": list(examples)})


Instant = Annotated[
    datetime,
    BeforeValidator(instant, json_schema_input_type=str),
    Field(examples=["2026-11-24T10:00:00+01:00"], json_schema_extra={"format": "date-time"}),
]
Slug = Annotated[str, StringConstraints(pattern=r"^[-a-zA-Z0-9_]{1,50}$")]
Line = Annotated[str, StringConstraints(max_length=LONGEST_LINE), AfterValidator(_plain)]
Address = Annotated[str, StringConstraints(max_length=LONGEST_ADDRESS), AfterValidator(_plain)]
Paragraph = Annotated[
    str, StringConstraints(max_length=LONGEST_PARAGRAPH), AfterValidator(lines_of)
]
Description = Annotated[
    str, StringConstraints(max_length=LONGEST_DESCRIPTION), AfterValidator(lines_of)
]
