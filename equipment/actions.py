"""What staff change about the house: rules of a type, in versions; photos, texts, announcements."""

from __future__ import annotations

from collections.abc import Mapping
from copy import copy
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from equipment.actor import Actor, only_staff, touched
from equipment.models import Announcement, HouseRules, HouseText, Resource, ResourceType
from equipment.queries import is_over
from labbooking import pictures
from labbooking.journal.record import Happening, record


class Overtaken(ValidationError):
    """Somebody else made a version meanwhile; what was typed rests on an older one."""


def drafted(of_type: ResourceType, fields: Mapping[str, Any], *, at: datetime) -> HouseRules:
    """The next version, not saved: the current one with these fields changed."""
    current = of_type.rules
    if current is None:
        raise ValidationError(_("There are no house rules to start from yet."))
    draft = copy(current)
    draft.pk, draft.version, draft.made_at = None, current.version + 1, at
    for name, value in fields.items():
        setattr(draft, name, value)
    return draft


def _says_already(rules: HouseRules, fields: Mapping[str, Any]) -> bool:
    return all(getattr(rules, name) == value for name, value in fields.items())


@transaction.atomic
def new_rules(
    of_type: ResourceType, fields: Mapping[str, Any], *, by: Actor, at: datetime, based_on: int
) -> HouseRules:
    """Make the next version of a type's rules; bookings keep the version they were made under.

    `based_on` is the number of the version that was changed. What the rules say already makes no
    version: who presses twice gets the one they made. Raises `PermissionDenied`, `Overtaken`, and
    `ValidationError` by field.
    """
    only_staff(by)
    locked = ResourceType.objects.select_for_update(of=("self",), no_key=True)
    of_type = locked.select_related(None).get(pk=of_type.pk)
    if of_type.rules and _says_already(of_type.rules, fields):
        return of_type.rules
    if of_type.rules is None or of_type.rules.version != based_on:
        message = _("Somebody else has changed these rules meanwhile. Look at them again first.")
        raise Overtaken(message, code="overtaken")
    rules = drafted(of_type, fields, at=at)
    rules.full_clean(exclude=["id", "type"])
    rules.save(force_insert=True)
    of_type.rules = rules
    of_type.save(update_fields=["rules"])
    slugs = of_type.resources.values_list("slug", flat=True)
    data = {"type": of_type.slug, "version": rules.version}
    record(Happening("rules.changed", at, touched(slugs, by), data))
    return rules


@transaction.atomic
def set_photo(slug: str, photo: pictures.Picture | None, *, by: Actor) -> Resource:
    """Show a photo of a resource, or none; the one before is gone. Raises `PermissionDenied`."""
    only_staff(by)
    resource = Resource.objects.select_for_update(of=("self",), no_key=True).get(slug=slug)
    replace_photo(resource, photo)
    return resource


@transaction.atomic
def set_type_photo(slug: str, photo: pictures.Picture | None, *, by: Actor) -> ResourceType:
    """Show a photo of a type, and of each thing of it that has none of its own."""
    only_staff(by)
    types = ResourceType.objects.select_related(None)
    of_type = types.select_for_update(of=("self",), no_key=True).get(slug=slug)
    replace_photo(of_type, photo)
    return of_type


def replace_photo(thing: Resource | ResourceType, photo: pictures.Picture | None) -> None:
    """In the caller's transaction; the files of the photo before go once it is committed."""
    before, thing.photo = thing.photo, pictures.keep(photo) if photo else ""
    thing.save(update_fields=["photo"])
    if before:
        transaction.on_commit(lambda: pictures.delete(before))


@transaction.atomic
def write_text(
    slug: str, fields: Mapping[str, str], *, by: Actor, at: datetime, based_on: datetime | None
) -> None:
    """Write a text of the house in both languages; the same words again change nothing.

    `fields` are `title_de`, `title_en`, `body_de`, `body_en`. `based_on` is when the text that was
    changed had been written, None for the one that came with the house. Raises `PermissionDenied`,
    `ValidationError` by field, and `Overtaken` where somebody has written it meanwhile.
    """
    only_staff(by)
    text = HouseText(slug=slug, changed_at=at, **fields)
    text.full_clean(validate_unique=False)
    known = HouseText.objects.select_for_update().filter(slug=slug).first()
    if known and all(getattr(known, name) == words for name, words in fields.items()):
        return
    _refuse_to_overtake(known, based_on)
    if known:
        text.pk = known.pk
    _save_text(text)
    record(Happening("text.changed", at, touched((), by), {"text": slug}))


def _save_text(text: HouseText) -> None:
    """Of two who write a text for the first time at once the second is told."""
    try:
        with transaction.atomic():
            text.save()
    except IntegrityError:
        raise Overtaken(_("Somebody else has written this text meanwhile.")) from None


@transaction.atomic
def unwrite_text(slug: str, *, by: Actor, at: datetime, based_on: datetime | None) -> None:
    """Let the text that came with the house stand again. Raises like `write_text`."""
    only_staff(by)
    known = HouseText.objects.select_for_update().filter(slug=slug).first()
    if known is None:
        return
    _refuse_to_overtake(known, based_on)
    known.delete()
    data = {"text": slug, "came_with_the_house": True}
    record(Happening("text.changed", at, touched((), by), data))


def _refuse_to_overtake(known: HouseText | None, based_on: datetime | None) -> None:
    if (known.changed_at if known else None) != based_on:
        raise Overtaken(_("Somebody else has written this text meanwhile."))


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
