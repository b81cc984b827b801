"""What is asked with a booking: judged under the same locks, and written beside it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from equipment.models import ResourceType
from labbooking.bookings.demand.resolve import Demand
from labbooking.bookings.demand.spec import IntakeReply
from labbooking.bookings.intake.check_reply import CheckedReply, GivenAnswer, check_reply
from labbooking.bookings.intake.for_person import intake_for
from labbooking.bookings.models import Acceptance, Booking, IntakeAnswer
from labbooking.journal.record import Happening, Touched, record
from labbooking.rows import insert
from residents.models import User


def checked_reply(demand: Demand, reply: IntakeReply, person: User, at: datetime) -> CheckedReply:
    """What somebody has said to all that the types of a demand ask; no query where they do not."""
    return check_reply(intake_for(demand.types, person, at), reply)


def record_intake(
    said: CheckedReply, bookings: Sequence[Booking], *, person: User, by: User, at: datetime
) -> None:
    """Write what was said with some bookings, or where there is none yet, what is new in it."""
    first = bookings[0] if bookings else None
    if said.answers:
        _answer(said.answers, bookings, person, at)
    if said.accepts:
        insert(
            Acceptance(person=person, terms=each, booking=first, by=by, accepted_at=at)
            for each in said.accepts
        )
        subjects = (
            Touched("subject", str(person.subject_key), "person"),
            Touched("subject", str(by.subject_key), "actor"),
        )
        record(
            *(
                Happening("terms.accepted", at, subjects, _facts(each.type.slug, each.version))
                for each in said.accepts
            )
        )


def _facts(slug: str, version: int) -> dict[str, object]:
    return {"type": slug, "version": version}


def _answer(
    answers: Iterable[GivenAnswer], bookings: Sequence[Booking], person: User, at: datetime
) -> None:
    """What a time that is asked for said while it was only kept is said anew."""
    rows = [
        IntakeAnswer(
            person=person,
            question=each.question,
            booking=booking,
            value=each.value,
            given_at=each.given_at or at,
        )
        for booking in bookings or (None,)
        for each in answers
        if booking is not None or each.given_at is None
    ]
    IntakeAnswer.objects.filter(booking__in=[each.pk for each in bookings]).delete()
    insert(rows)


def answers_instead(bookings: Sequence[Booking], *, to: User, at: datetime) -> None:
    """Somebody else has them from now on. What was answered stays with who said it; what they have
    answered earlier to the same questions goes along, and nothing new is asked of them."""
    IntakeAnswer.objects.filter(booking__in=[each.pk for each in bookings]).update(booking=None)
    types = {each.pk: _types(each) for each in bookings}
    known = intake_for({kind for kinds in types.values() for kind in kinds}, to, at).known
    insert(
        IntakeAnswer(
            person=to,
            question=each.question,
            booking=booking,
            value=each.value,
            given_at=each.given_at,
        )
        for booking in bookings
        for each in known.values()
        if each.question.type in types[booking.pk]
    )


def _types(booking: Booking) -> set[ResourceType]:
    return {each.resource.type for each in booking.named}


def take_intake_along(goes: User, stays: User) -> None:
    """Two accounts were one person's. What both agreed to is agreed to once."""
    IntakeAnswer.objects.filter(person=goes).update(person=stays)
    theirs = Acceptance.objects.filter(person=goes)
    known = Acceptance.objects.filter(person=stays).values("terms")
    theirs.filter(terms__in=list(known.values_list("terms", flat=True))).delete()
    theirs.update(person=stays)
