"""Draws the pages of a PDF, in a process that may do little else: run as a script, never imported.

The PDF comes by stdin. What goes out is a line of JSON (`{"pages": 3}` or `{"refused": ...}`),
then for each page a line of JSON, its words and its bare pixels. So whatever a PDF makes of this
process, the house gets numbers, words and pixels of it.
"""

from __future__ import annotations

import json
import resource
import sys
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pypdfium2

_SCRIPTS = (b"/JavaScript", b"/JS ", b"/JS(", b"/JS<")


def _tell(**line: Any) -> None:
    sys.stdout.buffer.write(json.dumps(line).encode() + b"\n")


def _limit(seconds: int, memory: int) -> None:
    """Neither time nor memory without end, no file written, none left behind by a crash."""
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _opened(data: bytes, most_pages: int) -> pypdfium2.PdfDocument | None:
    """None where it is refused, which has been told then."""
    import pypdfium2  # noqa: PLC0415 - only within the limits
    from pypdfium2 import raw  # noqa: PLC0415

    try:
        pdf = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        encrypted = getattr(error, "err_code", None) == raw.FPDF_ERR_PASSWORD
        _tell(refused="encrypted" if encrypted else "broken")
        return None
    if raw.FPDFDoc_GetJavaScriptActionCount(pdf) or any(each in data for each in _SCRIPTS):
        _tell(refused="scripts")
    elif not 0 < len(pdf) <= most_pages:
        _tell(refused="pages" if len(pdf) else "broken", count=len(pdf))
    else:
        return pdf
    return None


def _sizes_fit(pdf: pypdfium2.PdfDocument, longest: float) -> bool:
    sizes = [pdf.get_page_size(number) for number in range(len(pdf))]
    return all(min(size) > 0 and max(size) <= longest for size in sizes)


def _draw(page: pypdfium2.PdfPage, side: int, most_words: int) -> None:
    words = page.get_textpage()
    text = words.get_text_range(0, min(words.count_chars(), most_words))
    scale = side / max(page.get_size())
    image = page.render(scale=scale, rev_byteorder=True).to_pil().convert("RGB")
    image.thumbnail((side, side))
    said, pixels = text.encode(errors="replace"), image.tobytes()
    _tell(width=image.width, height=image.height, words=len(said), pixels=len(pixels))
    sys.stdout.buffer.write(said)
    sys.stdout.buffer.write(pixels)


def main(told: dict[str, Any]) -> None:
    data = sys.stdin.buffer.read()
    _limit(told["seconds"], told["memory"])
    pdf = _opened(data, told["most_pages"])
    if pdf is None:
        return
    if not _sizes_fit(pdf, told["longest"]):
        _tell(refused="size")
        return
    _tell(pages=len(pdf))
    for page in pdf:
        _draw(page, told["side"], told["most_words"])
        page.close()


if __name__ == "__main__":
    main(json.loads(sys.argv[1]))
