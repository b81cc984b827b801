"""The hours of the day as a picture for mails, which can show no SVG."""

from __future__ import annotations

import io
from collections.abc import Sequence

from PIL import Image, ImageDraw, ImageFont

from labbooking.research.figures.wording import Bar

_WIDTH, _HEIGHT = 1120, 420
_BOTTOM, _TOP = 360, 50
_PAPER, _INK, _SOFT, _LINE, _GREEN = "#faf8f4", "#1d1b18", "#625c53", "#c9c1b3", "#1f6b45"


def png(bars: Sequence[Bar]) -> bytes:
    """A bar for each hour, its value above and its hour below; twice the size it is shown at."""
    picture = Image.new("RGB", (_WIDTH, _HEIGHT), _PAPER)
    draw = ImageDraw.Draw(picture)
    font = ImageFont.load_default(size=min(28, 420 // len(bars)))
    pitch = _WIDTH / len(bars)
    for number, bar in enumerate(bars):
        left, middle = number * pitch + pitch * 0.1, (number + 0.5) * pitch
        top = _BOTTOM - (_BOTTOM - _TOP) * bar.percent / 100
        if bar.percent:
            draw.rectangle((left, top, left + pitch * 0.8, _BOTTOM), fill=_GREEN)
            draw.text((middle, top - 6), bar.text, _INK, font, anchor="mb")
        draw.text((middle, _BOTTOM + 14), bar.label, _SOFT, font, anchor="mt")
    draw.line((0, _BOTTOM, _WIDTH, _BOTTOM), fill=_LINE, width=3)
    return _encoded(picture)


def _encoded(picture: Image.Image) -> bytes:
    file = io.BytesIO()
    picture.save(file, "PNG", optimize=True)
    return file.getvalue()
