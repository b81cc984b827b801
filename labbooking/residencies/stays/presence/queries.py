"""How much of a stay somebody is here."""

from __future__ import annotations

from collections.abc import Iterable

from labbooking.residencies.stays.models import Stay
from labbooking.residencies.stays.presence.arithmetic import Presence, presence
from labbooking.residencies.stays.presence.models import Absence


def presence_of(stay: Stay, absences: Iterable[Absence]) -> Presence:
    """What is excused counts as present where the terms of the stay say so."""
    excused_count = stay.rules.excused_count
    away = [
        (each.from_on, each.until_on) for each in absences if not (each.excused and excused_count)
    ]
    return presence((stay.first, stay.last), away, stay.rules.share)
