"""A study described in a TOML file; a fault is named by its key, and nothing is half-loaded."""

from __future__ import annotations

import tomllib
from datetime import date, datetime
from pathlib import Path
from typing import Annotated

from django.utils.translation import gettext as _
from pydantic import (
    BaseModel,
    ConfigDict,
    StringConstraints,
    ValidationError,
    model_validator,
)

from labbooking.errors import Malformed
from labbooking.period import is_within_reach
from labbooking.research.actions import put_study
from labbooking.research.models import Study
from labbooking.when import years_that_can_be_named
from labbooking.wire.fields import Slug
from residents.models import Role, User
from residents.queries import person_with

Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]


class StudyFile(BaseModel):
    """`researchers` are e-mail addresses; `text` is what people agree to, in both languages.

    With `house_figures` it is no study of single entries: who agrees is counted in the weekly
    figures of the house.
    """

    model_config = ConfigDict(extra="forbid")

    slug: Slug
    name_de: Annotated[Words, StringConstraints(max_length=120)]
    name_en: Annotated[Words, StringConstraints(max_length=120)]
    description_de: Words
    description_en: Words
    starts: date
    ends: date | None = None
    is_open: bool = True
    house_figures: bool = False
    researchers: list[str]
    text_de: Words
    text_en: Words

    @model_validator(mode="after")
    def ends_later(self) -> StudyFile:
        if not all(is_within_reach(each) for each in (self.starts, self.ends or self.starts)):
            raise ValueError(years_that_can_be_named())
        if self.ends and self.ends < self.starts:
            raise ValueError(_("The last day must not be before the first."))
        return self


def load_study(path: Path, *, at: datetime, starts: date | None = None) -> Study:
    """Register the study of a file, or bring it up to date. `starts` sets aside the file's.

    Raises `Malformed` with every fault in it, `WrongState` where the study has ended.
    """
    study = _read(path)
    fields = study.model_dump(exclude={"slug", "researchers", "text_de", "text_en"})
    return put_study(
        study.slug,
        fields=fields | ({"starts": starts} if starts else {}),
        text_de=study.text_de,
        text_en=study.text_en,
        researchers=[_researcher(email) for email in study.researchers],
        at=at,
    )


def _read(path: Path) -> StudyFile:
    try:
        return StudyFile.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as unreadable:
        raise Malformed(f"{path}: {unreadable}") from unreadable
    except ValidationError as invalid:
        faults = (f"{path}: {_place(each['loc'])}{each['msg']}" for each in invalid.errors())
        raise Malformed("\n".join(faults)) from invalid


def _place(location: tuple[int | str, ...]) -> str:
    return f"{'.'.join(map(str, location))}: " if location else ""


def _researcher(email: str) -> User:
    person = person_with(email)
    if person is None or person.role != Role.RESEARCHER:
        raise Malformed(_("{email} is not a researcher here.").format(email=email))
    return person
