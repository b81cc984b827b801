"""Staff announce events and calls, change them and take them down."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from equipment.actions.overtaken import Overtaken
from equipment.actor import Actor, only_staff, touched
from equipment.models import Announcement
from equipment.queries import is_over
from labbooking.journal.record import Happening, record


@transaction.atomic
def announce(fields: Mapping[str, Any], *, by: Actor, at: datetime) -> Announcement:
    """Put an event or a call on the front page.

    Raises `PermissionDenied`, and `ValidationError` by field, also for what is over already.
    """
    only_staff(by)
    announcement = Announcement(**fields)
    _check(announcement, at)
    announcement.save(force_insert=True)
    record(Happening("announcement.made", at, touched((), by), _named(announcement)))
    return announcement


@transaction.atomic
def change_announcement(
    pk: int, fields: Mapping[str, Any], *, by: Actor, at: datetime, based_on: str
) -> Announcement:
    """Say it anew; nothing is written where nothing is different.

    `based_on` is its `version` when it was read. Raises as `announce` does, `Overtaken` where
    somebody has changed it meanwhile, and `Announcement.DoesNotExist` where it was taken down.
    """
    only_staff(by)
    announcement = Announcement.objects.select_for_update().get(pk=pk)
    changed = {name: new for name, new in fields.items() if getattr(announcement, name) != new}
    if not changed:
        return announcement
    if announcement.version != based_on:
        raise Overtaken(_("Somebody else has changed this announcement meanwhile."))
    for name, new in changed.items():
        setattr(announcement, name, new)
    _check(announcement, at)
    announcement.save(update_fields=list(changed))
    record(Happening("announcement.changed", at, touched((), by), _named(announcement)))
    return announcement


def _check(announcement: Announcement, at: datetime) -> None:
    announcement.full_clean()
    if is_over(announcement, at=at):
        name = "ends_at" if announcement.ends_at else "starts_at"
        raise ValidationError({name: _("That is already over.")})


@transaction.atomic
def take_down(pk: int, *, by: Actor, at: datetime) -> None:
    """Take an announcement off the front page for good.

    Raises `PermissionDenied`, and `Announcement.DoesNotExist` where somebody was quicker.
    """
    only_staff(by)
    announcement = Announcement.objects.select_for_update().get(pk=pk)
    data = _named(announcement)
    announcement.delete()
    record(Happening("announcement.removed", at, touched((), by), data))


def _named(announcement: Announcement) -> dict[str, Any]:
    return {"announcement": announcement.pk, "kind": announcement.kind}
