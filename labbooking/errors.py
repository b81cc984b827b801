"""What can go wrong in any room of the house, said so that a person understands it.

Actions raise these; pages and the API translate them. `code` is for programs, the sentence is
for people, `status` is the HTTP status that fits.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from django.utils.translation import gettext as _

from labbooking.period import Period


@dataclass(frozen=True, slots=True)
class Refusal:
    """One house rule that says no. `resource` is a slug, empty where it is about the person.

    Where something is asked that was not answered, `question` is its key, and `allowed` is what
    can be answered where that is settled.
    """

    code: str
    message: str
    resource: str = ""
    overridable: bool = False
    question: str = ""
    allowed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A way on after a clash: these resources (slugs) are free together in this period."""

    period: Period
    resources: tuple[str, ...]


class DomainError(Exception):
    """Something a person can be told. Subclasses say which HTTP status fits."""

    code: ClassVar[str] = "malformed"
    status: ClassVar[int] = 400

    def __init__(
        self,
        detail: str,
        *,
        refusals: tuple[Refusal, ...] = (),
        suggestions: tuple[Suggestion, ...] = (),
    ) -> None:
        super().__init__(detail)
        self.detail = detail
        self.refusals = refusals
        self.suggestions = suggestions


class Malformed(DomainError):
    """The request makes no sense, whatever the house rules say."""


class NotAllowed(DomainError):
    code = "not_allowed"
    status = 403


class NotThere(DomainError):
    """It does not exist, or is not this person's to see: the same answer."""

    code = "not_found"
    status = 404

    def __init__(self, detail: str = "") -> None:
        super().__init__(detail or _("There is no such thing here."))


class SlotTaken(DomainError):
    code = "slot_taken"
    status = 409


class WrongState(DomainError):
    """What it is about has moved on meanwhile; the sentence says what happened to it."""

    code = "wrong_state"
    status = 409


class Refused(DomainError):
    """House rules say no; every refusal is listed."""

    code = "refused"
    status = 422


class IdempotencyMismatch(DomainError):
    code = "idempotency_mismatch"
    status = 422
