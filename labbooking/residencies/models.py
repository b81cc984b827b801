"""Tables of this room. Django reads them from here; each topic's folder holds its own."""

from labbooking.residencies.applications.models import Application
from labbooking.residencies.blind.models import BlindNote
from labbooking.residencies.calls.models import Call, CallTerms, Criterion
from labbooking.residencies.jury.models import Conflict, Juror, Jury
from labbooking.residencies.jury.ranking.models import Ranking, RankLine
from labbooking.residencies.jury.reviews.models import Review, ReviewVersion
from labbooking.residencies.jury.tasks.models import ReviewTask
from labbooking.residencies.offers.models import Offer
from labbooking.residencies.questions.models import ApplicationAnswer, CallQuestion
from labbooking.residencies.retention.models import ApplicationCount, GradeCount
from labbooking.residencies.seasons.models import FixedPlace, Place, SeasonPlan, Why
from labbooking.residencies.stays.checklists.models import CheckItem, CheckList, InventoryItem
from labbooking.residencies.stays.keys.models import KeyHandout
from labbooking.residencies.stays.models import (
    ClosingReport,
    Deduction,
    Stay,
    StayReminder,
    StayTerms,
)
from labbooking.residencies.stays.presence.models import Absence, Guest
from labbooking.residencies.works.models import Work, WorkPage

__all__ = [
    "Absence",
    "Application",
    "ApplicationAnswer",
    "ApplicationCount",
    "BlindNote",
    "Call",
    "CallQuestion",
    "CallTerms",
    "CheckItem",
    "CheckList",
    "ClosingReport",
    "Conflict",
    "Criterion",
    "Deduction",
    "FixedPlace",
    "GradeCount",
    "Guest",
    "InventoryItem",
    "Juror",
    "Jury",
    "KeyHandout",
    "Offer",
    "Place",
    "RankLine",
    "Ranking",
    "Review",
    "ReviewTask",
    "ReviewVersion",
    "SeasonPlan",
    "Stay",
    "StayReminder",
    "StayTerms",
    "Why",
    "Work",
    "WorkPage",
]
