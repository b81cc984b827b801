"""What staff set aside with a reason, and refusing what stands."""

from __future__ import annotations

from collections.abc import Iterable

from labbooking.errors import Refusal, Refused
from residents.models import User


def set_aside(
    refusals: Iterable[Refusal], by: User, reason: str
) -> tuple[list[Refusal], list[str]]:
    """Staff who give a reason set aside what may be overridden; the rest stands."""
    refusals = list(refusals)
    if not (by.is_lab_staff and reason.strip()):
        return refusals, []
    standing = [refusal for refusal in refusals if not refusal.overridable]
    return standing, sorted({refusal.code for refusal in refusals if refusal.overridable})


def refuse(refusals: list[Refusal]) -> None:
    if refusals:
        raise Refused(in_one_line(refusals), refusals=tuple(refusals))


def in_one_line(refusals: Iterable[Refusal]) -> str:
    return " ".join(dict.fromkeys(refusal.message for refusal in refusals))
