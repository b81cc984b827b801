"""What becomes of a lab while a file is loaded."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from equipment.models import Resource, ResourceType

Changes = list[str]


@dataclass(slots=True)
class Loading:
    """What becomes of a lab while a file is loaded: a sentence for each change, and for each thing
    that staff have described in the browser and that keeps it, unless the file is to `overwrite`.
    `left_out` is what the file names and this lab does not have.
    """

    overwrite: bool = False
    changes: Changes = field(default_factory=list)
    kept: Changes = field(default_factory=list)
    left_out: Changes = field(default_factory=list)

    def is_open(self, row: ResourceType | Resource) -> bool:
        return row.edited_at is None or self.overwrite

    def may_change(self, row: ResourceType | Resource, names: Iterable[str]) -> bool:
        if self.is_open(row):
            return True
        words = {"slug": row.slug, "what": ", ".join(names)}
        self.kept.append(_("Kept as staff described it: {slug} ({what})").format(**words))
        return False
