"""Works are part of what is handed in, and of its receipt. Nobody has to show any."""

from __future__ import annotations

from typing import Any

from labbooking.residencies.applications.models import Application
from labbooking.residencies.applications.requirements import Part
from labbooking.residencies.applications.rules import Wrong
from labbooking.residencies.works.queries import works_of


def _missing(_application: Application) -> tuple[Wrong, ...]:
    return ()


def _handed_in(application: Application) -> list[dict[str, Any]]:
    return [
        {
            "kind": each.kind,
            "caption": each.caption,
            "year": each.year,
            "url": each.url,
            "text": each.text,
            "pages": [page.key for page in each.pages.all()],
        }
        for each in works_of(application)
    ]


WORKS = Part("works", _missing, _handed_in)
