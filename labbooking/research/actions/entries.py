"""What the acts of this room write into the journal, and what most of them ask first."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from labbooking.errors import WrongState
from labbooking.journal.record import Happening, Touched, record
from labbooking.research.models import Study
from residents.models import User


def record_by(kind: str, at: datetime, study: Study, by: User, data: dict[str, Any]) -> None:
    """An entry about a study; who acted appears as their subject key."""
    about = Touched("study", study.slug, "about")
    actor = Touched("subject", str(by.subject_key), "actor")
    record(Happening(kind, at, (about, actor), data))


def refuse_ended(study: Study) -> None:
    """Raises `WrongState` for a study whose key was deleted: nothing opens it again."""
    if study.ended_at:
        raise WrongState(_("This study has ended: its key was deleted. Nothing opens it again."))
