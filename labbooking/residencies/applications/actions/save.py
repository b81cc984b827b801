"""A draft is saved, as often as somebody leaves a field; the journal does not tell of it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from equipment.actions import Overtaken
from equipment.models import Feature
from labbooking.residencies.applications.actions.locked import (
    own_locked,
    refuse_all_but_drafts,
    refuse_when_closed,
)
from labbooking.residencies.applications.models import Application
from labbooking.residencies.applications.rules import Wrong, mistakes, refuse, said_of
from labbooking.residencies.applications.tidy import tidied
from labbooking.residencies.questions.writing import Changes, changed_answers, write_answers
from residents.models import User

NO_ANSWERS: Mapping[str, object] = {}


@transaction.atomic
def save_draft(
    slug: str,
    typed: dict[str, Any],
    *,
    by: User,
    at: datetime,
    based_on: int,
    answers: Mapping[str, object] = NO_ANSWERS,
    features: Collection[str] | None = None,
) -> Application:
    """`typed` are some of the fields of `Application.SAID`, `answers` some of those to the call's
    own questions by their keys; the others stay. `features` are all that a studio must have, by
    their slugs. `based_on` is its `revision` when it was read; where nothing is different it does
    not matter.

    Raises `NotThere`, `WrongState`, `CallClosed`, `Overtaken`, and `ValidationError` by field.
    """
    application = own_locked(slug, by)
    said, wrong = tidied(typed)
    changed = {name: each for name, each in said.items() if getattr(application, name) != each}
    answered, unread = changed_answers(application, answers)
    needed, unknown = _features(application, features)
    wrong += [*unread, *unknown]
    if not (changed or answered or wrong) and needed is None:
        return application
    refuse_all_but_drafts(application)
    refuse_when_closed(application.call, at)
    if application.revision != based_on:
        raise Overtaken(_("You have changed this in another window meanwhile."))
    after = {**said_of(application), **changed}
    refuse([*wrong, *mistakes(application.call, after, application.code)])
    _write(application, changed, answered, needed, at)
    return application


def _features(
    application: Application, slugs: Collection[str] | None
) -> tuple[list[Feature] | None, list[Wrong]]:
    """None where nothing is different."""
    if slugs is None:
        return None, []
    found = list(Feature.objects.filter(slug__in=slugs))
    message = _("There is no feature “{slug}”.")
    wrong = [
        Wrong("features_needed", "invalid", message.format(slug=slug))
        for slug in sorted(set(slugs) - {each.slug for each in found})
    ]
    same = set(found) == set(application.features_needed.all())
    return None if same else found, wrong


def _write(
    application: Application,
    changed: Mapping[str, Any],
    answered: Changes,
    needed: list[Feature] | None,
    at: datetime,
) -> None:
    for name, value in changed.items():
        setattr(application, name, value)
    if answered:
        write_answers(application, answered)
    if needed is not None:
        application.features_needed.set(needed)
    application.revision += 1
    application.changed_at = at
    application.save(update_fields=[*changed, "revision", "changed_at"])
