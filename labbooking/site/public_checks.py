"""What `manage.py check --deploy` says of a lab that is open to everybody on purpose."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core import checks


def demo_in_public(**_: Any) -> list[checks.CheckMessage]:
    """The start was allowed by `DEMO_IN_PUBLIC`; Django itself warns of DEBUG."""
    if not settings.DEMO_IN_PUBLIC:
        return []
    words = "DEMO is on under an https address: everybody knows the demo people's password."
    return [checks.Warning(words, hint="Set DEMO=0.", id="daig.W001")]
