"""Uploaded PDFs, made harmless: their pages are drawn as pictures, and the PDF itself is not kept.

They are drawn by a process of their own (`limited.py`) with limits to its time and memory. What
comes back is bare pixels, which are written as any other picture is, and the words on each page.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Lock, Timer
from typing import IO, Any, NoReturn

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from labbooking import pictures
from labbooking.pictures import LARGEST_FILE, SIZES, Picture, Readable

MOST_PAGES = 30
LONGEST_SIDE = 1200
"""Millimetres of a page: a poster in A0, and a little."""
MOST_SECONDS = 20
"""Of computing."""
MOST_MEMORY = 400
"""Megabytes."""
MOST_WAITING = 60.0
"""Seconds until it is given up, however busy the machine is."""
MOST_WORDS = 20_000
"""Characters of a page that are read."""
MEDIA_TYPE = "application/pdf"

_POINTS = 72 / 25.4
_ONE_AT_A_TIME = Lock()
_WAITS = 1.0
_PROGRAM = Path(__file__).with_name("limited.py")
_TOLD = {
    "seconds": MOST_SECONDS,
    "memory": MOST_MEMORY * 2**20,
    "most_pages": MOST_PAGES,
    "longest": LONGEST_SIDE * _POINTS,
    "side": SIZES["large"],
    "most_words": MOST_WORDS,
}


@dataclass(frozen=True, slots=True)
class Paper:
    """The pages of a PDF, not kept yet, and the words on each of them."""

    pages: tuple[Picture, ...]
    words: tuple[str, ...]


def decode(file: Readable) -> Paper:
    """Read an upload. Raises `ValidationError` with a sentence for whoever sent it."""
    data = file.read(LARGEST_FILE + 1)
    if len(data) > LARGEST_FILE:
        _refuse("too_large")
    if not data.startswith(b"%PDF-"):
        _refuse("no_pdf")
    if not _ONE_AT_A_TIME.acquire(timeout=_WAITS):
        _refuse("busy")
    try:
        return _drawn(data)
    finally:
        _ONE_AT_A_TIME.release()


def keep(paper: Paper) -> list[str]:
    """Write its pages down as pictures; their keys, which nobody can guess."""
    keys: list[str] = []
    try:
        keys.extend(map(pictures.keep, paper.pages))
    except BaseException:
        delete(keys)
        raise
    return keys


def delete(keys: list[str]) -> None:
    for key in keys:
        pictures.delete(key)


@contextmanager
def kept(paper: Paper) -> Iterator[list[str]]:
    """As `pictures.kept`."""
    keys = keep(paper)
    try:
        yield keys
    except BaseException:
        delete(keys)
        raise


def _drawn(data: bytes) -> Paper:
    command = [sys.executable, "-I", str(_PROGRAM), json.dumps(_TOLD)]
    pipe = subprocess.PIPE
    with subprocess.Popen(  # noqa: S603 - our own program, without a shell
        command, stdin=pipe, stdout=pipe, stderr=subprocess.DEVNULL, env={}
    ) as process:
        given_up = Timer(MOST_WAITING, process.kill)
        given_up.start()
        try:
            return _read(process, data)
        except (EOFError, OSError, ValueError, LookupError, TypeError):
            _refuse("unreadable")
        finally:
            given_up.cancel()
            process.kill()


def _read(process: subprocess.Popen[bytes], data: bytes) -> Paper:
    """It reads all before it answers, so neither waits for the other."""
    if process.stdin is None or process.stdout is None:
        raise EOFError
    with process.stdin as asked:
        asked.write(data)
    told = _line(process.stdout)
    if "refused" in told:
        _refuse(str(told["refused"]), count=told.get("count", 0))
    pages = [_page(process.stdout) for _each in range(min(told["pages"], MOST_PAGES))]
    return Paper(tuple(page for page, _words in pages), tuple(words for _page, words in pages))


def _page(out: IO[bytes]) -> tuple[Picture, str]:
    """The process may be in the hands of what it reads: sizes are checked, words are only words."""
    told = _line(out)
    width, height, words = int(told["width"]), int(told["height"]), int(told["words"])
    longest = SIZES["large"]
    if not (0 < width <= longest and 0 < height <= longest and 0 <= words <= 4 * MOST_WORDS):
        raise EOFError
    said = _exactly(out, words).decode(errors="replace").replace("\0", "")
    return pictures.of_pixels(width, height, _exactly(out, width * height * 3)), said


def _line(out: IO[bytes]) -> dict[str, Any]:
    line = out.readline(1000)
    if not line.endswith(b"\n"):
        raise EOFError
    told: dict[str, Any] = json.loads(line)
    return told


def _exactly(out: IO[bytes], count: int) -> bytes:
    data = out.read(count)
    if len(data) < count:
        raise EOFError
    return data


def _refuse(code: str, count: int = 0) -> NoReturn:
    sentences = {
        "too_large": _(
            "This file is too large: a PDF may have up to {size} MB. Save it with smaller pictures."
        ),
        "no_pdf": _("This is not a PDF. Save it as a PDF once more and send that."),
        "busy": _("Another PDF is being read just now. Please send yours again."),
        "encrypted": _("This PDF has a password. Save it without one and send it again."),
        "scripts": _(
            "This PDF holds a program (JavaScript). Print it into a new PDF of pages alone."
        ),
        "pages": _(
            "This PDF has {count} pages: up to {pages} are possible. Choose those that matter most."
        ),
        "size": _(
            "A page of this PDF is too large: up to {side} mm are possible, a little more than A0. "
            "Print it into a PDF with smaller pages."
        ),
        "unreadable": _(
            "This PDF is damaged, or it takes more to read than we allow ({seconds} seconds and "
            "{memory} MB of memory). Print it into a new PDF, or send its pages as pictures."
        ),
        "broken": _(
            "This PDF is damaged and cannot be read. Print it into a new PDF and send that."
        ),
    }
    code = code if code in sentences else "unreadable"
    limits = {
        "size": LARGEST_FILE // 2**20,
        "count": count,
        "pages": MOST_PAGES,
        "side": LONGEST_SIDE,
        "seconds": MOST_SECONDS,
        "memory": MOST_MEMORY,
    }
    raise ValidationError(sentences[code].format(**limits), code=code)


class PaperField(forms.FileField):
    """A form field for a PDF; its clean value is a `Paper`, ready to `keep`."""

    widget = forms.FileInput

    def __init__(self, **options: object) -> None:
        limits = gettext_lazy("A PDF of up to {pages} pages and {size} MB.")
        size = LARGEST_FILE // 2**20
        options.setdefault("help_text", format_lazy(limits, pages=MOST_PAGES, size=size))
        super().__init__(**options)  # type: ignore[arg-type]

    def to_python(self, data: UploadedFile[bytes] | None) -> Paper | None:  # type: ignore[override]
        file = super().to_python(data)
        return None if file is None else decode(file)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, object]:
        return {"accept": MEDIA_TYPE}
