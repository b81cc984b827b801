"""The demo lab's study, its consents and its last weeks."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from labbooking import research
from labbooking.period import WEEK, week_start
from labbooking.research.actions import give_consent
from labbooking.research.figures.weekly import make_due_summaries
from labbooking.research.models import Study
from labbooking.research.queries import current_text
from labbooking.research.study_file import load_study
from labbooking.when import lab_zone
from residents.models import Role, User

STUDY = Path(research.__file__).parent.parent / "demo" / "futurework.toml"
TAKES_NO_PART = "nia@daig.example"


def load(at: datetime) -> Study:
    """Run it as often as you like; who has answered already keeps their answer."""
    starts = week_start(at.astimezone(lab_zone()).date()) - 6 * WEEK
    known = Study.objects.filter(slug="futurework").first()
    study = load_study(STUDY, at=at, starts=known.starts if known else starts)
    for person in _undecided(study):
        _agree(person, study, at)
    make_due_summaries(at)
    return study


def _undecided(study: Study) -> list[User]:
    creatives = User.objects.filter(role=Role.CREATIVE, is_active=True)
    return list(creatives.exclude(email=TAKES_NO_PART).exclude(consents__study=study))


def _agree(person: User, study: Study, at: datetime) -> None:
    text = current_text(study)
    if text is not None:
        give_consent(study.slug, by=person, version=text.version, at=at, from_first_day=True)
