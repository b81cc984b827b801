"""The sheet on which the floor plan is drawn, and where on it a thing may stand. Metres."""

from __future__ import annotations

from math import isfinite

WIDTH, HEIGHT = 24.0, 14.0


def is_on_the_sheet(x: float, y: float) -> bool:
    return isfinite(x) and isfinite(y) and 0 <= x <= WIDTH and 0 <= y <= HEIGHT
