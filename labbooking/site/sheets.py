"""Style sheets that always come together are collected as one file.

A browser asks for six files at a time, so fifteen sheets are three times there and back before
anything is seen. The sources stay apart; so do the sheets where nothing is collected (tests).
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.contrib.staticfiles.finders import find
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.files.base import ContentFile
from whitenoise.storage import CompressedManifestStaticFilesStorage

EVERYWHERE = (
    "tokens",
    "faces",
    "ground",
    "type",
    "layout",
    "door",
    "controls",
    "forms",
    "states",
    "components",
    "lists",
    "records",
    "overlays",
    "phone",
)
SHEETS = {
    "everywhere": EVERYWHERE,
    "with-a-board": ("board", "blocks", "board-frame", "columns"),
}
"""In the order of the cascade; each name is a file in static/css."""


class TogetherStorage(CompressedManifestStaticFilesStorage):  # type: ignore[misc]
    """Writes each group of sheets as one file beside them, hashed and compressed as they are."""

    keeps_together = True

    def post_process(
        self, paths: dict[str, Any], dry_run: bool = False, **options: Any
    ) -> Iterator[tuple[str, str, bool]]:
        if not dry_run:
            for group in SHEETS:
                name = together(group)
                self.delete(name)
                self._save(name, ContentFile(written(group)))
                paths[name] = (self, name)
        yield from super().post_process(paths, dry_run, **options)


def together(group: str) -> str:
    return f"css/together-{group}.css"


def files(group: str) -> list[str]:
    """What a page links for a group of sheets."""
    if getattr(staticfiles_storage, "keeps_together", False):
        return [together(group)]
    return [f"css/{name}.css" for name in SHEETS[group]]


def written(group: str) -> bytes:
    sheets = []
    for name in SHEETS[group]:
        path = find(f"css/{name}.css")
        if not isinstance(path, str):
            raise LookupError(f"there is no style sheet css/{name}.css")
        sheets.append(Path(path).read_bytes())
    return b"\n".join(sheets)
