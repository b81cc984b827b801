"""Tables of this room. Django reads them from here; each topic's folder holds its own."""

from labbooking.residencies.applications.models import Application
from labbooking.residencies.blind.models import BlindNote
from labbooking.residencies.calls.models import Call, CallTerms, Criterion
from labbooking.residencies.offers.models import Offer
from labbooking.residencies.works.models import Work, WorkPage

__all__ = [
    "Application",
    "BlindNote",
    "Call",
    "CallTerms",
    "Criterion",
    "Offer",
    "Work",
    "WorkPage",
]
