"""Every kind of entry, with the sentence that tells it.

Sentences take their words from the entry's objects and data: `{actor}`, `{person}`,
`{resources}`, `{when}`, `{topic}`, `{study}`. A kind in `TOLD` is taken up by notifications.
"""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

KINDS: dict[str, Promise] = {
    "booking.requested": _("{actor} asked for {resources}, {when}."),
    "booking.approved": _("{actor} approved {resources}, {when}."),
    "booking.declined": _("{actor} declined {resources}, {when}."),
    "booking.withdrawn": _("{actor} withdrew the request for {resources}, {when}."),
    "booking.expired": _("The request for {resources}, {when}, lapsed without an answer."),
    "booking.cancelled": _("{actor} cancelled {resources}, {when}."),
    "booking.checked_in": _("{actor} handed over {resources}, {when}."),
    "booking.checked_out": _("{actor} took back {resources}, {when}."),
    "booking.no_show": _("{resources}, {when}: nobody came, so it is free again."),
    "booking.moved": _("{actor} moved {resources} to {when}."),
    "booking.starting_soon": _("{resources} starts soon: {when}."),
    "booking.return_due": _("{resources} is due back: {when}."),
    "resource.closed": _("{actor} closed {resources}, {when}."),
    "resource.reopened": _("{actor} opened {resources} again, {when}."),
    "lab.loaded": _("{actor} loaded the lab's description."),
    "induction.given": _("{actor} inducted {person} on {topic}."),
    "induction.withdrawn": _("{actor} withdrew the induction of {person} on {topic}."),
    "consent.given": _("{actor} agreed to take part in {study}."),
    "consent.withdrawn": _("{actor} withdrew from {study}."),
    "export.downloaded": _("{actor} downloaded the usage log of {study}."),
    "summary.made": _("The weekly summary of {study} was made."),
}

TOLD = frozenset(
    {
        "booking.requested",
        "booking.approved",
        "booking.declined",
        "booking.expired",
        "booking.cancelled",
        "booking.no_show",
        "booking.moved",
        "booking.starting_soon",
        "booking.return_due",
    }
)

PRIVATE = frozenset({"consent.given", "consent.withdrawn"})
"""Between a person and a study: shown to nobody else, lab staff and administrators included."""
