"""A paper becomes a PDF that anybody can read, also by ear (PDF/UA-1)."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from django.utils.translation import gettext as _

from labbooking.errors import WrongState

Fact = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Paper:
    """What stands on it, in its order: `above` and `below` are paragraphs around the facts."""

    title: str
    house: str
    lang: str
    above: tuple[str, ...]
    facts: tuple[Fact, ...]
    below: tuple[str, ...]
    made: str
    signs: tuple[str, ...]


def as_pdf(paper: Paper, *, at: datetime) -> bytes:
    """The same paper at the same moment is the same file. What is said on it is handed over as
    data: it cannot become markup.

    Raises `WrongState` where no typeface here has a character of it: nobody could read that.
    """
    import typst  # noqa: PLC0415 - thirty megabytes that only this needs

    said = {"said": json.dumps(asdict(paper))}
    # Those that come with it are everywhere the same; of others only if they are not enough.
    for without_others in (True, False):
        try:
            return bytes(
                typst.compile(
                    _layout(),
                    sys_inputs=said,
                    pdf_standards=["ua-1"],
                    ignore_system_fonts=without_others,
                    timestamp=at.astimezone(UTC).replace(microsecond=0),
                )
            )
        except typst.TypstError as error:
            if "could not be displayed" not in str(error):
                raise
    raise WrongState(
        _("A character on this paper is in no typeface of the house, so it cannot be printed.")
    )


@cache
def _layout() -> bytes:
    return Path(__file__).with_name("paper.typ").read_bytes()
