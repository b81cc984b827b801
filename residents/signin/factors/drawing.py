"""What a phone or a person reads: a QR code, groups of four, a file of codes."""

from __future__ import annotations

from base64 import b64encode

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _


def qr_drawing(text: str) -> SafeString:
    """Drawn here, as part of the page: nobody else is told, and no script is needed."""
    import segno  # noqa: PLC0415 - few people set up an app, and rarely

    drawn = segno.make(text, micro=False).svg_inline(
        border=4, omitsize=True, svgclass=None, lineclass=None, dark="#000", light="#fff"
    )
    return mark_safe(drawn)  # noqa: S308 - its modules are made here, the text is in them


def in_groups(text: str) -> str:
    return " ".join(text[at : at + 4] for at in range(0, len(text), 4))


def text_file(codes: list[str]) -> str:
    """As an address that holds the file itself: it is never fetched, so nothing keeps it."""
    lines = [_("Recovery codes for Daig. Each works once."), "", *map(in_groups, codes), ""]
    return "data:text/plain;charset=utf-8;base64," + b64encode("\n".join(lines).encode()).decode()
