"""What the demo lab has coming up: two open events, and an induction that whoever has none yet can
take a place in. Its calls announce themselves."""

from __future__ import annotations

from datetime import datetime, time
from typing import Any

from equipment.actions import announce
from equipment.models import AnnouncementKind
from labbooking.inductions.actions.offer import Offering, offer
from labbooking.inductions.models import InductionSlot
from labbooking.period import DAY, MINUTE, Period, local_instant
from labbooking.when import lab_zone
from residents.models import User

EVENT = AnnouncementKind.EVENT
# Kind, words in both languages, and from when to when: days from today and a local time.
COMING: tuple[tuple[str, dict[str, str], tuple[int, int], tuple[int, int]], ...] = (
    (
        EVENT,
        {
            "title_de": "Eine Stunde mit der AR-Brille",
            "title_en": "An hour with the AR headset",
            "text_de": "Für alle, die noch nie in den Raum gezeichnet haben. Vier Brillen, ein "
            "Garten, keine Vorkenntnisse. Kommt einfach vorbei.",
            "text_en": "For everybody who has never drawn into a room. Four headsets, one garden, "
            "nothing to know beforehand. Just come.",
        },
        (5, 18),
        (5, 19),
    ),
    (
        EVENT,
        {
            "title_de": "Offene Ateliers im Halfmannshof",
            "title_en": "Open studios in the Halfmannshof",
            "text_de": "Türen auf, Gespräche über Angefangenes, Kuchen im Hof. Der Eintritt ist "
            "frei, Kinder sind willkommen.",
            "text_en": "Open doors, talk about things begun, cake in the yard. Admission is free, "
            "children are welcome.",
        },
        (12, 14),
        (12, 18),
    ),
)


def put_up(by: User, *, at: datetime) -> int:
    """Announce it all, as staff do; how many there are."""
    for kind, words, start, end in COMING:
        fields: dict[str, Any] = {"kind": kind, **words, "url": "", "email": "lab@daig.example"}
        announce(fields | {"starts_at": _on(at, *start), "ends_at": _on(at, *end)}, by=by, at=at)
    return len(COMING)


def offer_induction(by: User, *, at: datetime) -> InductionSlot:
    start = _on(at, 3, 16)
    period = Period(start, start + 45 * MINUTE)
    offering = Offering(period, "Werkstatt im Erdgeschoss", people=4, given_by=by)
    return offer("ar-headset", offering, by=by, at=at)


def _on(at: datetime, days: int, hour: int) -> datetime:
    zone = lab_zone()
    day = at.astimezone(zone).date() + days * DAY
    return local_instant(datetime.combine(day, time(hour)), zone)
