"""Staff write calls by API, with the acts of `/calls/manage/`."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone
from ninja import Body, Query, Status

from labbooking.bookings.transaction.preconditions import only_staff
from labbooking.residencies.calls import actions
from labbooking.residencies.calls.api.reading import router
from labbooking.residencies.calls.api.written import (
    BasedOnRevisionIn,
    CallChangeIn,
    CallIn,
    CallWrittenOut,
    CallWrittenPage,
    ReasonsIn,
    nothing_said,
    written_out,
)
from labbooking.residencies.calls.models import Call
from labbooking.residencies.calls.queries import no_such_call, with_parts
from labbooking.residencies.calls.spec import said_of
from labbooking.wire.cursor import Keyset, Page, next_page
from labbooking.wire.problems import problems
from residents.authentication import SIGNED_IN, SignedInRequest

ORDER = Keyset(("-pk",))
WITHOUT_REASON = ReasonsIn()
READ = problems(400, 401, 403, 404, 429)
WRONG = problems(400, 401, 403, 404, 409, 413, 415, 429)


@router.get("calls/manage/", response={200: CallWrittenPage, **READ}, auth=SIGNED_IN)
def list_written_calls(request: SignedInRequest, page: Query[Page]) -> CallWrittenPage:
    """Tells staff all calls, drafts and archived ones too, the newest first."""
    only_staff(request.auth)
    found, cursor = ORDER.page(with_parts(Call.objects.all()), page.cursor, page.limit)
    at = timezone.now()
    items = [written_out(each, at) for each in found]
    return CallWrittenPage(items=items, next=next_page(request, cursor))


@router.get("calls/{slug:slug}/manage", response={200: CallWrittenOut, **READ}, auth=SIGNED_IN)
def show_written_call(request: SignedInRequest, slug: str) -> CallWrittenOut:
    """Tells staff one call as it is written, with its `revision`."""
    only_staff(request.auth)
    return _told(slug, timezone.now())


@router.post("calls/", response={201: CallWrittenOut, **WRONG}, auth=SIGNED_IN)
def draft_call(request: SignedInRequest, said: CallIn) -> Status[CallWrittenOut]:
    """Staff write a call: a draft that nobody else sees."""
    only_staff(request.auth)
    at = timezone.now()
    call = actions.draft_call(
        said.said(nothing_said()), slug=said.slug or "", by=request.auth, at=at
    )
    return Status(201, _told(call.slug, at))


@router.post("calls/{slug:slug}/change", response={200: CallWrittenOut, **WRONG}, auth=SIGNED_IN)
def change_call(request: SignedInRequest, slug: str, said: CallChangeIn) -> CallWrittenOut:
    """Staff write it anew; from its opening on, what applicants rely on stays as it is.

    With `based_on` it is 409 where somebody has changed it since.
    """
    only_staff(request.auth)
    known, at = _call(slug), timezone.now()
    seen = said.seen(known.revision)
    actions.change_call(slug, said.said(said_of(known)), by=request.auth, at=at, based_on=seen)
    return _told(slug, at)


@router.post("calls/{slug:slug}/publish", response={200: CallWrittenOut, **WRONG}, auth=SIGNED_IN)
def publish_call(request: SignedInRequest, slug: str, read: BasedOnRevisionIn) -> CallWrittenOut:
    """Staff publish a draft; it opens and closes by itself."""
    at = timezone.now()
    actions.publish(slug, by=request.auth, at=at, based_on=read.based_on)
    return _told(slug, at)


@router.post("calls/{slug:slug}/call-off", response={200: CallWrittenOut, **WRONG}, auth=SIGNED_IN)
def call_off_call(
    request: SignedInRequest, slug: str, why: Body[ReasonsIn] = WITHOUT_REASON
) -> CallWrittenOut:
    """Staff say that it does not take place."""
    at = timezone.now()
    actions.call_off(slug, (why.reason_de, why.reason_en), by=request.auth, at=at)
    return _told(slug, at)


@router.post("calls/{slug:slug}/close", response={200: CallWrittenOut, **WRONG}, auth=SIGNED_IN)
def close_call(request: SignedInRequest, slug: str) -> CallWrittenOut:
    """Staff make this moment the deadline."""
    at = timezone.now()
    actions.close_now(slug, by=request.auth, at=at)
    return _told(slug, at)


@router.post("calls/{slug:slug}/archive", response={200: CallWrittenOut, **WRONG}, auth=SIGNED_IN)
def archive_call(request: SignedInRequest, slug: str) -> CallWrittenOut:
    """Staff put away a draft, or what is over."""
    at = timezone.now()
    actions.archive(slug, by=request.auth, at=at)
    return _told(slug, at)


def _call(slug: str) -> Call:
    call = with_parts(Call.objects.filter(slug=slug)).first()
    if call is None:
        raise no_such_call()
    return call


def _told(slug: str, at: datetime) -> CallWrittenOut:
    return written_out(_call(slug), at)
