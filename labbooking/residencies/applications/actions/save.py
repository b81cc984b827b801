"""A draft is saved, as often as somebody leaves a field; the journal does not tell of it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from equipment.actions import Overtaken
from labbooking.residencies.applications.actions.locked import (
    own_locked,
    refuse_all_but_drafts,
    refuse_when_closed,
)
from labbooking.residencies.applications.models import Application
from labbooking.residencies.applications.rules import mistakes, refuse, said_of
from labbooking.residencies.applications.tidy import tidied
from residents.models import User


@transaction.atomic
def save_draft(
    slug: str, typed: dict[str, Any], *, by: User, at: datetime, based_on: int
) -> Application:
    """`typed` are some of the fields of `Application.SAID`; the others stay. `based_on` is its
    `revision` when it was read; where nothing is different it does not matter.

    Raises `NotThere`, `WrongState`, `CallClosed`, `Overtaken`, and `ValidationError` by field.
    """
    application = own_locked(slug, by)
    said, wrong = tidied(typed)
    changed = {name: each for name, each in said.items() if getattr(application, name) != each}
    if not changed and not wrong:
        return application
    refuse_all_but_drafts(application)
    refuse_when_closed(application.call, at)
    if application.revision != based_on:
        raise Overtaken(_("You have changed this in another window meanwhile."))
    after = {**said_of(application), **changed}
    found = mistakes(application.call, after, application.code)
    refuse([*wrong, *found])
    for name, value in changed.items():
        setattr(application, name, value)
    application.revision += 1
    application.changed_at = at
    application.save(update_fields=[*changed, "revision", "changed_at"])
    return application
