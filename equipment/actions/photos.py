"""Staff show photos of things and of kinds, in an order, each with words for who cannot see it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from equipment.actions.attachments import Thing, first_free_place, locked_thing, of, put, told
from equipment.actions.ordering import Way
from equipment.actor import Actor, only_staff
from equipment.models import Photo
from labbooking import pictures

MOST_PHOTOS = 12


def add_photo(
    thing: Thing, photo: pictures.Picture, alts: Mapping[str, str], *, by: Actor, at: datetime
) -> Photo:
    """One more, last of all. `alts` are `alt_de` and `alt_en`. Raises `PermissionDenied`, and
    `ValidationError` where there are enough."""
    only_staff(by)
    with pictures.kept(photo) as key, transaction.atomic():
        return _added(locked_thing(thing), key, alts, by, at)


def _added(thing: Thing, key: str, alts: Mapping[str, str], by: Actor, at: datetime) -> Photo:
    if Photo.objects.filter(**of(thing)).count() >= MOST_PHOTOS:
        message = _("There are {count} photos already: take one away first.")
        raise ValidationError(message.format(count=MOST_PHOTOS))
    row = Photo(**of(thing), **alts, order=first_free_place(Photo, thing))
    row.full_clean(exclude=["key", "type", "unit"])
    row.key = key
    row.save()
    _show_first(thing)
    told(thing, "photos", by, at)
    return row


@transaction.atomic
def describe_photo(pk: int, alts: Mapping[str, str], *, by: Actor, at: datetime) -> Photo:
    """What is said already is told nobody anew. Raises `PermissionDenied`, `Photo.DoesNotExist` and
    `ValidationError`."""
    only_staff(by)
    row = Photo.objects.select_for_update(of=("self",)).get(pk=pk)
    if all(getattr(row, name) == words for name, words in alts.items()):
        return row
    for name, words in alts.items():
        setattr(row, name, words)
    row.full_clean(exclude=["key", "type", "unit"])
    row.save()
    told(row.owner, "photos", by, at)
    return row


@transaction.atomic
def order_photo(pk: int, way: Way, *, by: Actor, at: datetime) -> Photo:
    """Raises `PermissionDenied` and `Photo.DoesNotExist`."""
    only_staff(by)
    row = Photo.objects.get(pk=pk)
    thing = locked_thing(row.owner)
    if put(Photo, thing, pk, way):
        _show_first(thing)
        told(thing, "photos", by, at)
    return row


@transaction.atomic
def remove_photo(pk: int, *, by: Actor, at: datetime) -> Photo:
    """Raises `PermissionDenied` and `Photo.DoesNotExist`; its files go once it is committed."""
    only_staff(by)
    thing = locked_thing(Photo.objects.get(pk=pk).owner)
    row = Photo.objects.get(pk=pk)
    _forget(row)
    _show_first(thing)
    told(thing, "photos", by, at)
    return row


def set_photo(thing: Thing, photo: pictures.Picture | None, *, by: Actor, at: datetime) -> None:
    """Show another first photo, or take it away; that of a kind is shown of each thing of it that
    has none of its own. Raises `PermissionDenied`."""
    only_staff(by)
    replace_photo(thing, photo, by=by, at=at)


def replace_photo(thing: Thing, photo: pictures.Picture | None, *, by: Actor, at: datetime) -> None:
    """In the place of the first one; the files of the one before go once it is committed. Whether
    `by` may do it, the caller knows: administrators do it on a site of their own."""
    with pictures.kept(photo) as key, transaction.atomic():
        _replace(locked := locked_thing(thing), key, by, at)
    thing.photo = locked.photo


def _replace(thing: Thing, key: str, by: Actor, at: datetime) -> None:
    first = Photo.objects.filter(**of(thing)).first()
    if not (first or key):
        return
    if first:
        _forget(first)
    if key:
        Photo.objects.create(**of(thing), key=key, order=first.order if first else 0)
    _show_first(thing)
    told(thing, "photos", by, at)


def _forget(row: Photo) -> None:
    key = row.key
    row.delete()
    # One that cannot be deleted is logged: what takes its place is there already.
    transaction.on_commit(lambda: pictures.delete(key), robust=True)


def _show_first(thing: Thing) -> None:
    first = Photo.objects.filter(**of(thing)).first()
    thing.photo = first.key if first else ""
    thing.save(update_fields=["photo"])
