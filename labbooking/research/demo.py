"""The demo lab's study, its consents and its last weeks."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from django.db.models import Q

from labbooking import research
from labbooking.period import WEEK, week_start
from labbooking.research.actions import count_people, give_consent
from labbooking.research.figures.weekly import make_due_summaries
from labbooking.research.models import Study
from labbooking.research.queries import current_text
from labbooking.research.study_file import load_study
from labbooking.when import lab_zone
from residents.models import Role, User

FOLDER = Path(research.__file__).parent.parent / "demo"
STUDY = FOLDER / "futurework.toml"
FIGURES = FOLDER / "house-figures.toml"
TAKES_NO_PART = "nia@daig.example"


def load(at: datetime) -> Study:
    """Run it as often as you like; who has answered already keeps their answer."""
    study, figures = (_loaded(file, at) for file in (STUDY, FIGURES))
    make_due_summaries(at)
    for each in (study, figures):
        count_people(each, week_start(at.astimezone(lab_zone()).date()))
    return study


def _loaded(file: Path, at: datetime) -> Study:
    known = Study.objects.filter(slug=file.stem).first()
    starts = week_start(at.astimezone(lab_zone()).date()) - 6 * WEEK
    study = load_study(file, at=at, starts=known.starts if known else starts)
    for person in _undecided(study):
        _agree(person, study, at)
    return study


def _undecided(study: Study) -> list[User]:
    """Who never answered, and who agreed to words that have changed since."""
    creatives = User.objects.filter(role=Role.CREATIVE, is_active=True)
    said_no = Q(consents__study=study, consents__withdrawn_at__isnull=False)
    still = creatives.filter(consents__study=study, consents__withdrawn_at=None)
    now = still.filter(consents__text=current_text(study))
    left = creatives.filter(said_no).exclude(pk__in=still)
    return list(creatives.exclude(email=TAKES_NO_PART).exclude(pk__in=now).exclude(pk__in=left))


def _agree(person: User, study: Study, at: datetime) -> None:
    text = current_text(study)
    if text is not None:
        give_consent(study.slug, by=person, version=text.version, at=at, from_first_day=True)
