"""A text that staff have written: paragraphs, headings, lists and links, and no markup."""

from __future__ import annotations

import re

from django import template
from django.utils.html import conditional_escape, format_html, urlize
from django.utils.safestring import SafeString, mark_safe

register = template.Library()


@register.filter
def prose(text: str) -> SafeString:
    """A blank line begins a paragraph; `## ` a heading; lines that begin with `- ` are a list."""
    blocks = re.split(r"\n\s*\n", text.replace("\r\n", "\n").strip())
    # Every part is escaped by what makes it.
    return mark_safe("\n".join(_block(block.strip()) for block in blocks))  # noqa: S308


def _block(block: str) -> SafeString:
    if block.startswith("## "):
        return format_html("<h2>{}</h2>", block[3:])
    lines = block.split("\n")
    if all(line.startswith("- ") for line in lines):
        items = "".join(format_html("<li>{}</li>", _inline(line[2:])) for line in lines)
        return format_html("<ul>{}</ul>", mark_safe(items))  # noqa: S308
    return format_html("<p>{}</p>", mark_safe("<br>".join(map(_inline, lines))))  # noqa: S308


def _inline(line: str) -> SafeString:
    """Addresses become links."""
    return mark_safe(urlize(str(conditional_escape(line)), nofollow=True))  # noqa: S308
