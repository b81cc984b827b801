"""The same in German and in English."""

from __future__ import annotations

from pydantic import BaseModel


class InBoth(BaseModel):
    """The same in German and in English."""

    de: str
    en: str


def both(row: object, name: str = "name") -> InBoth:
    return InBoth(de=getattr(row, f"{name}_de"), en=getattr(row, f"{name}_en"))
