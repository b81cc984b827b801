"""The texts that came with the house, as staff would type them, to begin from."""

from __future__ import annotations

from html.parser import HTMLParser

from django.template.loader import render_to_string
from django.utils import translation

BLOCKS = frozenset({"h1", "h2", "p", "address", "li"})
MARKS = {"h2": "## ", "li": "- "}


def built_in(slug: str, *, mail: str) -> dict[str, str]:
    """Title and body in both languages, in the shape of `TextForm`."""
    said: dict[str, str] = {}
    for language in ("de", "en"):
        with translation.override(language):
            reader = _Reader()
            reader.feed(render_to_string(f"about/_{slug}.html", {"mail": mail}))
        said |= {f"title_{language}": reader.title, f"body_{language}": reader.body}
    return said


class _Reader(HTMLParser):
    """Collects the blocks of a text; what is inside of them is running text."""

    def __init__(self) -> None:
        super().__init__()
        self.blocks: list[tuple[str, str]] = []
        self.tag = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in BLOCKS:
            self.tag = tag
            self.blocks.append((tag, ""))
        elif tag == "br":
            self.handle_data("\v")

    def handle_endtag(self, tag: str) -> None:
        if tag == self.tag:
            self.tag = ""

    def handle_data(self, data: str) -> None:
        if self.tag:
            tag, text = self.blocks[-1]
            self.blocks[-1] = (tag, text + data)

    @property
    def title(self) -> str:
        return next((_lines(text) for tag, text in self.blocks if tag == "h1"), "")

    @property
    def body(self) -> str:
        """The items of a list stand on following lines, all else is parted by a blank line."""
        body, before = "", ""
        for tag, text in self.blocks:
            if tag != "h1":
                gap = "\n" if tag == before == "li" else "\n\n"
                body += gap + MARKS.get(tag, "") + _lines(text)
                before = tag
        return body.strip()


def _lines(text: str) -> str:
    return "\n".join(" ".join(line.split()) for line in text.split("\v")).strip()
