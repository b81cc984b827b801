"""Staff decide, before a jury reads, which words of an application are hidden from it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from labbooking.bookings.transaction.preconditions import only_staff
from labbooking.errors import WrongState
from labbooking.journal.record import Happening, people, record
from labbooking.residencies.applications.actions.locked import locked_by_code
from labbooking.residencies.applications.models import Application
from labbooking.residencies.applications.states import ApplicationState
from labbooking.residencies.blind.models import BlindNote, MaskChoice
from labbooking.residencies.impartial import refuse_who_is_involved
from residents.models import User

MASKABLE = frozenset(
    {ApplicationState.SUBMITTED, ApplicationState.ELIGIBLE, ApplicationState.INELIGIBLE}
)
MOST_NOTES = 200


@dataclass(frozen=True, slots=True)
class Decision:
    """About words as they stand in a field of an application; no field is every one."""

    field: str
    words: str
    choice: MaskChoice


@transaction.atomic
def mask_words(
    slug: str, code: str, decisions: Sequence[Decision], *, by: User, at: datetime
) -> None:
    """What is decided already is written once more. Raises `NotThere`, `NotAllowed`, `WrongState`
    and `ValidationError`."""
    application = _locked(slug, code, by)
    known = {(each.field, each.words): each for each in application.blind_notes.all()}
    changed = 0
    for each in decisions:
        changed += _decide(application, known.get((each.field, each.words)), each, by, at)
    if application.blind_notes.count() > MOST_NOTES:
        raise ValidationError(_("That is more than one application needs."), code="too_many")
    if changed:
        _tell(application, by, at)


def _locked(slug: str, code: str, by: User) -> Application:
    only_staff(by)
    found = locked_by_code(slug, code, by)
    refuse_who_is_involved(by, found.call)
    if not found.call.blind:
        raise WrongState(_("The jury of this call reads with names: nothing is hidden from it."))
    if found.state not in MASKABLE:
        raise WrongState(_("Words are hidden before the jury reads, and not of drafts."))
    return found


def _decide(
    application: Application, known: BlindNote | None, said: Decision, by: User, at: datetime
) -> bool:
    """Whether that is new."""
    if known and known.choice == said.choice:
        return False
    row = known or BlindNote(application=application, field=said.field, words=said.words)
    row.choice, row.decided_by, row.decided_at = said.choice, by, at
    row.full_clean(exclude=["application", "decided_by"])
    row.save()
    return True


def _tell(application: Application, by: User, at: datetime) -> None:
    """How much is hidden, and none of the words."""
    hidden = application.blind_notes.filter(choice=MaskChoice.MASK).count()
    data = {"call": application.call.slug, "code": application.code, "hidden": hidden}
    record(Happening("application.masked", at, people(application.person, by=by), data))
