"""Who acts on the house's things: this room knows no people, only what it has to ask of one."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from labbooking.journal.record import Touched


class Actor(Protocol):
    subject_key: UUID

    @property
    def is_lab_staff(self) -> bool: ...


def only_staff(by: Actor) -> None:
    """Raises `PermissionDenied` for everybody else."""
    if not by.is_lab_staff:
        raise PermissionDenied(_("Only lab staff can do that."))


def touched(slugs: Iterable[str], by: Actor) -> tuple[Touched, ...]:
    """What an entry about these resources touches, and who did it."""
    resources = (Touched("resource", slug, "used") for slug in slugs)
    return (*resources, Touched("subject", str(by.subject_key), "actor"))
