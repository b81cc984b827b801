"""What the journal tells of offers: whose, of which call, and until when; none of its words."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from labbooking.journal.record import Happening, Touched, people, record
from labbooking.residencies.applications.models import Application
from labbooking.residencies.offers.models import Offer
from residents.models import User


def tell(kind: str, offer: Offer, *, by: User | None, at: datetime, **more: Any) -> None:
    """`by` is nobody where time itself acts."""
    touched = (
        Touched("booking", str(offer.booking_id), "about"),
        Touched("resource", offer.resource.slug, "used"),
    )
    data = {
        "offer": offer.pk,
        "starts_at": offer.starts_at.isoformat(),
        "ends_at": offer.ends_at.isoformat(),
        "answer_by": offer.answer_by.isoformat(),
    }
    record(_happening(kind, offer.application, by, at, touched, {**data, **more}))


def tell_of_application(kind: str, application: Application, *, by: User, at: datetime) -> None:
    record(_happening(kind, application, by, at, (), {"application": application.pk}))


def _happening(
    kind: str,
    application: Application,
    by: User | None,
    at: datetime,
    touched: tuple[Touched, ...],
    data: dict[str, Any],
) -> Happening:
    concerned = people(application.person, by=by)
    named = {"call": application.call.slug, "code": application.code}
    return Happening(kind, at, (*touched, *concerned), {**named, **data})
