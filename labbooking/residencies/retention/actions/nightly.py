"""All that goes, in the order in which one thing frees the next."""

from __future__ import annotations

from datetime import datetime

from labbooking.residencies.retention.actions.accounts import forget_accounts
from labbooking.residencies.retention.actions.applications import (
    forget_applications,
    tell_what_goes_soon,
)
from labbooking.residencies.retention.actions.needs import forget_needs
from labbooking.residencies.retention.actions.reviews import forget_reviews
from labbooking.residencies.retention.actions.stays import (
    forget_of_stays,
    tell_what_goes_soon_of_stays,
)
from labbooking.residencies.seasons.forgotten import forget_codes


def forget(at: datetime) -> int:
    """How much there was; a second run finds nothing. Whoever hears of it a week before is told."""
    tell_what_goes_soon(at)
    tell_what_goes_soon_of_stays(at)
    gone = (forget_applications, forget_reviews, forget_needs, forget_of_stays, forget_accounts)
    return sum(each(at) for each in gone) + forget_codes()
