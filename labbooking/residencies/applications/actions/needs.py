"""What somebody needs, which may tell of their health, is deleted as soon as they ask for it."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from labbooking.errors import NotThere
from labbooking.residencies.applications.entries import tell_erased
from labbooking.residencies.applications.models import Application
from labbooking.residencies.applications.queries import says_needs
from residents.models import User


@transaction.atomic
def erase_needs(slug: str, *, by: User, at: datetime) -> None:
    """Whatever their application for the call has come to, one that they have withdrawn included;
    the rest of it stays. Twice is once. Raises `NotThere`."""
    rows = Application.objects.filter(call__slug=slug, person=by).select_related("call", "person")
    found = list(rows.select_for_update(of=("self",), no_key=True).order_by("pk"))
    if not found:
        raise NotThere(_("There is no such application."))
    for each in found:
        if says_needs(each):
            without_needs(each)
            tell_erased("application.needs_erased", each, by=by, at=at)


def without_needs(application: Application) -> None:
    """Of one that is locked, in the caller's transaction."""
    application.needs = ""
    application.revision += 1
    application.save(update_fields=["needs", "revision"])
    application.features_needed.clear()
