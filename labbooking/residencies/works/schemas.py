"""How works are told by API, to who made them."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal

from django.urls import reverse
from pydantic import BaseModel, Field

from labbooking.residencies.works.models import (
    FIRST_YEAR,
    LAST_YEAR,
    LONGEST_CAPTION,
    LONGEST_LINK,
    LONGEST_TEXT_OF_WORK,
    Work,
)
from labbooking.wire.fields import strict


class WorkIn(BaseModel):
    """A link or a text; files are sent on the page."""

    model_config = strict({"kind": "link", "url": "https://example.org/film", "caption": "Film"})

    kind: Literal["link", "text"]
    caption: str = Field(default="", max_length=LONGEST_CAPTION)
    year: int | None = Field(default=None, ge=FIRST_YEAR, le=LAST_YEAR)
    url: str = Field(default="", max_length=LONGEST_LINK, description="Of a link.")
    text: str = Field(default="", max_length=LONGEST_TEXT_OF_WORK, description="Of a text.")


class WorkChangeIn(BaseModel):
    """What is left out stays as it is."""

    model_config = strict({"caption": "Rope, 3 m", "year": 2026})

    caption: str | None = Field(default=None, max_length=LONGEST_CAPTION)
    year: int | None = Field(default=None, ge=FIRST_YEAR, le=LAST_YEAR)
    url: str | None = Field(default=None, max_length=LONGEST_LINK)
    text: str | None = Field(default=None, max_length=LONGEST_TEXT_OF_WORK)

    @property
    def said(self) -> dict[str, Any]:
        """What was sent; an empty text where it is none."""
        sent = self.model_dump(exclude_unset=True)
        return {
            name: "" if value is None and name != "year" else value for name, value in sent.items()
        }


class WorkMoveIn(BaseModel):
    model_config = strict({"to": "up"})

    to: Literal["up", "down", "first", "last"]


class WorkOut(BaseModel):
    key: str
    kind: str
    caption: str
    year: int | None
    url: str
    text: str
    made_at: datetime
    pages: list[str] = Field(description="Addresses of its pictures, for who may see them.")


class WorksOut(BaseModel):
    """All of an application, in their order."""

    items: list[WorkOut]


def work_out(work: Work) -> WorkOut:
    pages = [
        reverse("work_picture", args=[work.key, each.number, "large"]) for each in work.pages.all()
    ]
    names = WorkOut.model_fields.keys() - {"pages"}
    return WorkOut(**{name: getattr(work, name) for name in names}, pages=pages)
