"""Naming who decides on a type and who stands in. Where nobody is named, all staff decide."""

from __future__ import annotations

from datetime import datetime

from django.core.validators import slug_re
from django.db import transaction
from django.utils.translation import gettext as _

from equipment.models import ResourceType
from labbooking.bookings.models import Approver
from labbooking.bookings.transaction.preconditions import only_staff
from labbooking.errors import Malformed, NotThere
from labbooking.journal.record import Happening, Touched, record
from residents.models import User


def name_approver(
    type_slug: str, person: User, *, is_deputy: bool, by: User, at: datetime
) -> Approver:
    """Somebody of the staff decides on a type from now on, or stands in; the other way round too.

    What is so already changes nothing. Raises `NotAllowed`, `NotThere` for an unknown type, and
    `Malformed` for who is not staff.
    """
    only_staff(by)
    with transaction.atomic():
        of_type = _locked(type_slug)
        if not (person.is_lab_staff and person.is_active):
            raise Malformed(_("Only lab staff decide on requests."))
        known = Approver.objects.filter(type=of_type, step=None, person=person).first()
        if known and known.is_deputy == is_deputy:
            return known
        approver, _is_new = Approver.objects.update_or_create(
            type=of_type, step=None, person=person, defaults={"is_deputy": is_deputy}
        )
        _tell("approver.named", of_type, person, by, at, is_deputy=is_deputy)
        return approver


def remove_approver(type_slug: str, person: User, *, by: User, at: datetime) -> None:
    """Somebody decides on a type no more. Raises `NotAllowed`, and `NotThere` if they did not."""
    only_staff(by)
    with transaction.atomic():
        of_type = _locked(type_slug)
        gone, _by_model = Approver.objects.filter(type=of_type, step=None, person=person).delete()
        if not gone:
            raise NotThere(_("That person is no longer on that list."))
        _tell("approver.removed", of_type, person, by, at)


def _locked(type_slug: str) -> ResourceType:
    rows = ResourceType.objects.select_for_update(of=("self",), no_key=True)
    of_type = rows.filter(slug=type_slug).first() if slug_re.match(type_slug) else None
    if of_type is None:
        raise NotThere(_("There is no kind of thing called “{slug}”.").format(slug=type_slug))
    return of_type


def _tell(
    kind: str, of_type: ResourceType, person: User, by: User, at: datetime, **data: bool
) -> None:
    touched = (
        Touched("subject", str(person.subject_key), "person"),
        Touched("subject", str(by.subject_key), "actor"),
    )
    record(Happening(kind, at, touched, {"type": of_type.slug, **data}))
