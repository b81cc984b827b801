"""The rows of the board as HTML. Written here, not in a template: there can be ten thousand
blocks, and a template takes ten times as long for each. End tags that HTML can do without are
left out.
"""

from __future__ import annotations

import html
from functools import lru_cache

from django.utils.safestring import SafeString, mark_safe

from labbooking.board.layout import Look, Move, Row, Span
from labbooking.board.numbered_urls import numbered

# Much of what is written is written again in the next row.
escape = lru_cache(maxsize=10_000)(html.escape)
_CLASS = {look: f"block block--{look.slug}" for look in Look}


def row_html(row: Row) -> SafeString:
    """One resource (or one day of it), its name first."""
    name, note = escape(row.name), f"<small>{escape(row.note)}</small>" if row.note else ""
    named = f'<a href="{escape(row.url)}">{name}</a>' if row.url else f"<span>{name}</span>"
    blocks = "".join(map(_block, row.spans))
    return mark_safe(  # noqa: S308 - every text is escaped
        f'<li class="board__row"{_chosen_by(row)}><div class="board__name">{named}{note}</div>'
        f'<ol class="track">{blocks}</ol></li>'
    )


def _chosen_by(row: Row) -> str:
    slug = f' data-slug="{escape(row.slug)}"' if row.slug else ""
    step = f' data-step="{row.step}"' if row.step else ""
    return f"{slug}{step}{' data-nights' if row.by_night else ''}"


def _moved_by(move: Move) -> str:
    url = numbered("booking_move", move.booking_id)
    return f' data-moves="{url}" data-from="{move.start}" data-to="{move.end}"'


def _block(span: Span) -> str:
    _period, look, told, heard, url, moves = span.shown
    first, last = span.place
    place, said = f'<li class="from-{first} to-{last}">', escape(told)
    if look == Look.FREE and url:
        return f'{place}<a class="{_CLASS[look]}" href="{escape(url)}">{said}</a>'
    words = f"<span>{said}<i>{escape(heard)}</i></span>" if heard else f"<span>{said}</span>"
    if not url:
        return f'{place}<span class="{_CLASS[look]}">{words}</span>'
    moved = _moved_by(moves) if moves else ""
    return f'{place}<a class="{_CLASS[look]}" href="{escape(url)}"{moved}>{words}</a>'
