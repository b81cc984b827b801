"""Staff say by API what a booking asks, its questions and its terms, with the acts of
`/house/manage/`. What is asked now, `GET types/` tells."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Body, Status

from equipment.actions import add_question, change_question, remove_question, set_terms
from equipment.actions.terms import last_terms
from equipment.models import Question, ResourceType
from labbooking.bookings.transaction.preconditions import only_staff
from labbooking.errors import NotThere
from labbooking.house.question_schemas import (
    BasedOnIn,
    QuestionChangeIn,
    QuestionIn,
    QuestionOut,
    TermsIn,
    TermsVersionOut,
    question_out,
    terms_version_out,
)
from labbooking.wire.problems import problems
from labbooking.wire.router import Router
from residents.authentication import SignedInRequest

router = Router(tags=["resources"])
AS_IT_IS = BasedOnIn()
WRONG = problems(400, 401, 403, 404, 409, 413, 415, 429)


@router.post("types/{slug:slug}/questions", response={201: QuestionOut, **WRONG})
def add_booking_question(
    request: SignedInRequest, slug: str, asked: QuestionIn
) -> Status[QuestionOut]:
    """Staff add a question that each booking of a kind asks from now on."""
    only_staff(request.auth)
    of_type = _type(slug)
    made = add_question(of_type.slug, asked.said, by=request.auth, at=timezone.now())
    return Status(201, question_out(made))


@router.post("questions/{slug:key}/change", response={200: QuestionOut, **WRONG})
def change_booking_question(
    request: SignedInRequest, key: str, asked: QuestionChangeIn
) -> QuestionOut:
    """Staff change a question: its next version, which is answered anew.

    With `based_on` it is 409 where somebody has changed it since.
    """
    only_staff(request.auth)
    with _there(key) as known:
        said, seen = known.said | asked.said, asked.seen(known.version)
        changed = change_question(key, said, by=request.auth, at=timezone.now(), based_on=seen)
    return question_out(changed)


@router.post("questions/{slug:key}/remove", response={200: QuestionOut, **WRONG})
def remove_booking_question(
    request: SignedInRequest, key: str, asked: Body[BasedOnIn] = AS_IT_IS
) -> QuestionOut:
    """Staff ask it no more; what was answered stays."""
    only_staff(request.auth)
    with _there(key) as known:
        seen = asked.seen(known.version)
        removed = remove_question(key, by=request.auth, at=timezone.now(), based_on=seen)
    return question_out(removed)


@router.post("types/{slug:slug}/terms", response={200: TermsVersionOut | None, **WRONG})
def set_booking_terms(
    request: SignedInRequest, slug: str, asked: TermsIn
) -> TermsVersionOut | None:
    """Staff write the next version of the terms of a kind; both texts empty end them.

    With `based_on` it is 409 where somebody has written another one since. Null where there are
    none and there were none before.
    """
    only_staff(request.auth)
    last, at = last_terms(_type(slug)), timezone.now()
    seen = asked.seen(last.version if last else 0)
    texts, from_ = {"text_de": asked.text_de, "text_en": asked.text_en}, asked.in_force_at or at
    made = set_terms(slug, texts, in_force_at=from_, by=request.auth, at=at, based_on=seen)
    return terms_version_out(made) if made else None


def _type(slug: str) -> ResourceType:
    of_type = ResourceType.objects.filter(slug=slug).first()
    if of_type is None:
        raise NotThere(_("There is no kind of thing called “{slug}”.").format(slug=slug))
    return of_type


@contextmanager
def _there(key: str) -> Iterator[Question]:
    """As it is asked now, also where somebody else removes it meanwhile."""
    try:
        yield Question.objects.get(key=key, ended_at=None)
    except Question.DoesNotExist as gone:
        message = _("The question “{key}” is not asked here.")
        raise NotThere(message.format(key=key)) from gone
