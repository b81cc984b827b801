"""What the resident says of a stay once it ends."""

from __future__ import annotations

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from labbooking.errors import WrongState
from labbooking.lengths import LONGEST_DESCRIPTION
from labbooking.residencies.stays.actions.locked import locked_stay, only_the_resident
from labbooking.residencies.stays.entries import tell
from labbooking.residencies.stays.models import ClosingReport, Stay
from labbooking.residencies.stays.states import BEGUN
from residents.models import User


@transaction.atomic
def send_report(
    stay_id: int, *, words: str, works: str, may_be_published: bool, by: User, at: datetime
) -> Stay:
    """Sent again, it replaces the one before, until the file is closed.

    Raises `NotAllowed`, `NotThere`, `WrongState` before the stay has begun, and `ValidationError`.
    """
    stay = locked_stay(stay_id, by)
    only_the_resident(stay, by)
    if stay.booking.state not in BEGUN:
        raise WrongState(_("A report is written once the stay has begun."))
    _refuse("words", words, required=True)
    _refuse("works", works)
    said = {"words": words, "works": works, "may_be_published": may_be_published, "sent_at": at}
    ClosingReport.objects.update_or_create(stay=stay, defaults=said)
    tell("stay.report_sent", stay, by=by, at=at)
    return stay


def _refuse(name: str, text: str, *, required: bool = False) -> None:
    if required and not text.strip():
        raise ValidationError({name: _("Please say something.")})
    if len(text) > LONGEST_DESCRIPTION or "\0" in text:
        message = _("At most {count} characters.").format(count=LONGEST_DESCRIPTION)
        raise ValidationError({name: message})
