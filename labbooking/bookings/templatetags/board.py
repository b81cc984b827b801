"""The blocks of a row of the board. Written here, not in a template: there can be ten thousand,
and a template takes ten times as long for each.
"""

from html import escape

from django import template
from django.utils.safestring import SafeString, mark_safe

from labbooking.bookings.board import Row, Span

register = template.Library()


@register.simple_tag
def track(row: Row) -> SafeString:
    return mark_safe("".join(map(_block, row.spans)))  # noqa: S308 - _block escapes every text


def _block(span: Span) -> str:
    heard = f'<span class="visually-hidden">{escape(span.heard)}</span>' if span.heard else ""
    hint = f' title="{escape(span.hint)}"' if span.hint else ""
    tag, link = ("a", f' href="{escape(span.url)}"') if span.url else ("span", "")
    return (
        f'<li class="from-{span.place.first} to-{span.place.last}">'
        f'<{tag} class="block block--{span.look.slug}"{link}{hint}>'
        f"<span>{escape(span.said)}{heard}</span></{tag}></li>"
    )
