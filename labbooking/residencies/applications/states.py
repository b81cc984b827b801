"""The life of an application. What happens after `accepted` happens to the booking of the stay."""

from django.db import models
from django.utils.translation import pgettext_lazy


class ApplicationState(models.TextChoices):
    DRAFT = "draft", pgettext_lazy("an application", "draft")
    SUBMITTED = "submitted", pgettext_lazy("an application", "submitted")
    ELIGIBLE = "eligible", pgettext_lazy("an application", "admitted to the jury")
    INELIGIBLE = "ineligible", pgettext_lazy("an application", "not admitted")
    RANKED = "ranked", pgettext_lazy("an application", "ranked")
    CHOSEN = "chosen", pgettext_lazy("an application", "chosen")
    RESERVE = "reserve", pgettext_lazy("an application", "on the reserve list")
    OFFERED = "offered", pgettext_lazy("an application", "offered a stay")
    ACCEPTED = "accepted", pgettext_lazy("an application", "accepted")
    DECLINED = "declined", pgettext_lazy("an application", "declined")
    REFUSED = "refused", pgettext_lazy("an application", "offer turned down")
    LAPSED = "lapsed", pgettext_lazy("an application", "offer lapsed")
    CALLED_BACK = "called_back", pgettext_lazy("an application", "offer called back")
    WITHDRAWN = "withdrawn", pgettext_lazy("an application", "withdrawn")


_S = ApplicationState
MOVES: dict[ApplicationState, frozenset[ApplicationState]] = {
    _S.DRAFT: frozenset({_S.SUBMITTED}),
    _S.SUBMITTED: frozenset({_S.DRAFT, _S.ELIGIBLE, _S.INELIGIBLE, _S.WITHDRAWN}),
    _S.ELIGIBLE: frozenset({_S.RANKED, _S.INELIGIBLE, _S.DECLINED, _S.WITHDRAWN}),
    _S.INELIGIBLE: frozenset({_S.ELIGIBLE}),
    _S.RANKED: frozenset({_S.CHOSEN, _S.RESERVE, _S.DECLINED, _S.WITHDRAWN}),
    _S.RESERVE: frozenset({_S.CHOSEN, _S.DECLINED, _S.WITHDRAWN}),
    _S.CHOSEN: frozenset({_S.OFFERED, _S.RESERVE, _S.WITHDRAWN}),
    _S.OFFERED: frozenset({_S.ACCEPTED, _S.REFUSED, _S.LAPSED, _S.CALLED_BACK}),
    _S.ACCEPTED: frozenset({_S.WITHDRAWN}),
    _S.CALLED_BACK: frozenset({_S.CHOSEN, _S.RESERVE, _S.DECLINED}),
    _S.REFUSED: frozenset(),
    _S.LAPSED: frozenset({_S.RESERVE}),
    _S.DECLINED: frozenset(),
    _S.WITHDRAWN: frozenset(),
}
"""A draft that is thrown away is deleted."""


def can_become(state: str, other: ApplicationState) -> bool:
    return other in MOVES[ApplicationState(state)]


WITH_THE_JURY = frozenset({_S.ELIGIBLE, _S.RANKED})
"""Jurors read these."""
ADMITTED = frozenset(_S) - {_S.DRAFT, _S.SUBMITTED, _S.INELIGIBLE, _S.WITHDRAWN}
"""What a jury reads or has read."""
DECIDED = ADMITTED - WITH_THE_JURY
CAN_BE_DECLINED = frozenset(each for each, moves in MOVES.items() if _S.DECLINED in moves)
"""Also who is in no order, because nobody could review it: else they would never hear of it."""
OVER = frozenset({_S.DECLINED, _S.REFUSED, _S.LAPSED, _S.WITHDRAWN, _S.INELIGIBLE})
CAN_BE_JUDGED = frozenset({_S.SUBMITTED, _S.ELIGIBLE, _S.INELIGIBLE})
BEFORE_THE_DECISION = frozenset({_S.SUBMITTED, _S.ELIGIBLE, _S.RANKED, _S.RESERVE, _S.CHOSEN})
"""Whoever applies may still withdraw by themselves, and have all of it deleted."""
