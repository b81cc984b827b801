"""The typeface of the house: two open fonts, cut to what its languages write and made WOFF2.

Their packages bring them whole. They are cut once for a set of packages, into the environment
these are installed in, so that nothing is fetched or made while the house is open.
"""

from __future__ import annotations

import hashlib
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from importlib.resources import as_file, files
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.contrib.staticfiles.finders import BaseFinder
from django.core.checks import CheckMessage
from django.core.files.storage import FileSystemStorage

if TYPE_CHECKING:
    from fontTools.ttLib import TTFont


@dataclass(frozen=True, slots=True)
class Face:
    """`axes` are what stays of each axis the font can vary on: a range, or one place on it.

    `family` is a name of our own: who changes a font may not go on calling it Source. A line of it
    is `above` and `below` its base line so high that capitals stand in the middle.
    """

    name: str
    family: str
    package: str
    file: str
    axes: Mapping[str, float | tuple[float, float]]
    above: float
    below: float


FACES = (
    Face(
        "text",
        "Daig Text",
        "fontpkg-source-sans-3",
        "SourceSans3[wght].ttf",
        {"wght": (400, 700)},
        above=1.024,
        below=0.4,
    ),
    Face(
        "headline",
        "Daig Headline",
        "fontpkg-newsreader",
        "Newsreader[opsz,wght].ttf",
        {"wght": 500, "opsz": 48},
        above=0.92,
        below=0.28,
    ),
)
FOLDER = "faces"
FILES = tuple(f"{face.name}{end}" for face in FACES for end in (".woff2", "-licence.txt"))

# Latin-1 and Latin Extended-A for the names of Europe, Romanian, the capital sharp s, and what
# the texts of the house set: spaces, dashes, quotation marks, arrows, signs.
LETTERS = (
    *range(0x20, 0x7F),
    *range(0xA0, 0x180),
    *range(0x218, 0x21C),
    *(ord(each) for each in "ẞ\u2009\u202f‐‑–—‘’‚“”„•…‹›€←↑→↓−≈≤≥"),
)
FEATURES = ["ccmp", "kern", "liga", "locl", "mark", "pnum", "tnum"]
RENAMED = (1, 3, 4, 6)
KEPT_NAMES = (0, 2, 5, 13, 14, *RENAMED)
"""Numbers of the OpenType table of names: whose it is and on what terms stays in the font."""


class FacesFinder(BaseFinder):
    """Among the static files as if they lay in a folder of the sources."""

    def check(self, **kwargs: object) -> list[CheckMessage]:
        return []

    def find(self, path: str, find_all: bool = False) -> Any:  # a path, or a list of paths
        folder, _, name = path.partition("/")
        if folder != FOLDER or name not in FILES:
            return []
        found = str(made() / name)
        return [found] if find_all else found

    def list(
        self, ignore_patterns: Iterable[str] | None
    ) -> Iterator[tuple[str, FileSystemStorage]]:
        storage = FileSystemStorage(location=made())
        storage.prefix = FOLDER  # type: ignore[attr-defined]
        for name in FILES:
            yield name, storage


@cache
def made() -> Path:
    """The folder with FILES; the first to ask for it waits for some seconds."""
    folder = Path(sys.prefix) / "share" / "daig-faces" / _state()
    if not folder.is_dir():
        folder.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=folder.parent) as begun:
            _move(_make(Path(begun) / "faces"), folder)
    return folder


def _state() -> str:
    """Differs when a package or this file does."""
    packages = ("fonttools", "brotli", *(face.package for face in FACES))
    versions = " ".join(f"{name} {version(name)}" for name in packages)
    return hashlib.sha256(versions.encode() + Path(__file__).read_bytes()).hexdigest()[:16]


def _move(finished: Path, folder: Path) -> None:
    """As a whole; another process may have been at the same and quicker."""
    try:
        finished.rename(folder)
    except OSError:
        if not folder.is_dir():
            raise


def _make(folder: Path) -> Path:
    folder.mkdir()
    for face in FACES:
        package = files(face.package.replace("-", "_"))
        licence = (package / "LICENSE").read_bytes()
        (folder / f"{face.name}-licence.txt").write_bytes(licence)
        with as_file(package / "files" / face.file) as whole:
            _cut(whole, face).save(folder / f"{face.name}.woff2")
    return folder


def _cut(whole: Path, face: Face) -> TTFont:
    # Large, and of use only here.
    from fontTools.subset import Options, Subsetter  # noqa: PLC0415
    from fontTools.ttLib import TTFont  # noqa: PLC0415
    from fontTools.varLib.instancer import instantiateVariableFont  # noqa: PLC0415

    font = TTFont(whole)
    options = Options(layout_features=FEATURES, name_IDs=KEPT_NAMES)
    cutter = Subsetter(options)
    cutter.populate(unicodes=LETTERS)
    cutter.subset(font)
    font = instantiateVariableFont(font, face.axes)
    _name(font, face.family)
    _measure(font, face)
    font.flavor = "woff2"
    return font


def _name(font: TTFont, family: str) -> None:
    for record in font["name"].names:
        if record.nameID in RENAMED:
            record.string = family if record.nameID in {1, 4} else family.replace(" ", "")


def _measure(font: TTFont, face: Face) -> None:
    above, below = (round(each * font["head"].unitsPerEm) for each in (face.above, face.below))
    font["hhea"].ascent = font["OS/2"].sTypoAscender = font["OS/2"].usWinAscent = above
    font["hhea"].descent = font["OS/2"].sTypoDescender = -below
    font["OS/2"].usWinDescent = below
