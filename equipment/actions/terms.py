"""Staff say what whoever books a type agrees to: each change is a version."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from equipment.actions.overtaken import Overtaken
from equipment.actions.types import locked_type
from equipment.actor import Actor, only_staff, touched
from equipment.intake import terms_in_force
from equipment.models import ResourceType, Terms
from labbooking.journal.record import Happening, record


@transaction.atomic
def set_terms(
    slug: str,
    texts: Mapping[str, str],
    *,
    in_force_at: datetime,
    by: Actor,
    at: datetime,
    based_on: int,
) -> Terms | None:
    """The next version of the terms of a type, in force from a moment on; both texts empty end
    them. The same words again make no version. `based_on` is the number of the last one, 0 for
    none. Raises `PermissionDenied`, `ResourceType.DoesNotExist`, `Overtaken`, `ValidationError`."""
    only_staff(by)
    of_type = locked_type(slug)
    last = last_terms(of_type)
    if says_already(last, texts, in_force_at, at):
        return last
    if (last.version if last else 0) != based_on:
        raise Overtaken(_("Somebody else has changed this meanwhile."))
    terms = write_terms(of_type, texts, last, in_force_at=in_force_at, at=at, by_staff=True)
    slugs = of_type.resources.values_list("slug", flat=True)
    data = {"type": slug, "version": terms.version}
    record(Happening("terms.changed", at, touched(slugs, by), data))
    return terms


def last_terms(of_type: ResourceType) -> Terms | None:
    return of_type.terms.order_by("version").last()


def says_already(
    last: Terms | None, texts: Mapping[str, str], in_force_at: datetime, at: datetime
) -> bool:
    """Nothing where there was nothing; the same words, unless they come into force at another
    moment that is ahead."""
    if last is None:
        return not any(texts.values())
    same = all(getattr(last, name) == words for name, words in texts.items())
    return same and (last.in_force_at == in_force_at or max(last.in_force_at, in_force_at) <= at)


def write_terms(
    of_type: ResourceType,
    texts: Mapping[str, str],
    last: Terms | None,
    *,
    in_force_at: datetime,
    at: datetime,
    by_staff: bool,
) -> Terms:
    """In the caller's transaction, with its type locked. Raises `ValidationError` by field."""
    version = last.version + 1 if last else 1
    terms = Terms(
        type=of_type,
        version=version,
        in_force_at=max(in_force_at, at),
        made_at=at,
        by_staff=by_staff,
        **texts,
    )
    terms.full_clean(validate_constraints=False)
    for name, other in (("text_de", "text_en"), ("text_en", "text_de")):
        if texts[other] and not texts[name]:
            raise ValidationError({name: _("The terms are in both languages, or in none.")})
    terms.save(force_insert=True)
    if not of_type.asks:
        of_type.asks = True
        of_type.save(update_fields=["asks"])
    return terms


def copy_terms(like: ResourceType, to: ResourceType, at: datetime) -> None:
    """In the caller's transaction: those in force, and those that are to come into force."""
    made, in_force = None, terms_in_force([like.pk], at)
    for each in like.terms.order_by("version"):
        if each in in_force or each.in_force_at > at:
            texts = {"text_de": each.text_de, "text_en": each.text_en}
            made = write_terms(to, texts, made, in_force_at=each.in_force_at, at=at, by_staff=True)
