"""Staff show photos of things."""

from __future__ import annotations

from django.db import transaction

from equipment.actor import Actor, only_staff
from equipment.models import Resource, ResourceType
from labbooking import pictures


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
