"""What a plain-Python model of the lab knows: who holds which part until when."""

from dataclasses import dataclass, field

from labbooking.period import MINUTE

QUARTER = 15 * MINUTE
PARTS = {"room": ("seat-1", "seat-2", "seat-3")}
POOL = ("headset-1", "headset-2")
TURNAROUND = dict.fromkeys(POOL, QUARTER)


@dataclass
class Held:
    """What the model knows of a booking: its state, and until when each thing is taken."""

    state: str
    start: object
    end: object
    things: tuple
    hold_until: object = None
    asked_at: object = None
    decided_at: object = None
    guarded: dict = field(default_factory=dict)
    asked: bool = True

    def let_go(self, state):
        self.state, self.guarded = state, {}


def places(things):
    """What these things are in space: a whole is all of its parts as well."""
    return {part for thing in things for part in (thing, *PARTS.get(thing, ()))}


def guards(things, start, end):
    """What a booking of these things takes: each part with its guarded time."""
    return {part: (start, end + TURNAROUND.get(part, 0 * MINUTE)) for part in places(things)}


def is_free(model, thing, start, end, *, but=None):
    """Whether nobody in the model, but perhaps one booking, holds any part of a thing then."""
    wanted = guards([thing], start, end)
    return not any(
        part in held.guarded and held.guarded[part][0] < until and since < held.guarded[part][1]
        for key, held in model.items()
        if key != but
        for part, (since, until) in wanted.items()
    )
