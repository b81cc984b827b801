"""Calls by API, for whoever lists residencies. Anybody may look."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils import timezone
from ninja import Query

from labbooking.residencies.calls.api.schemas import CallOut, CallPage, call_out
from labbooking.residencies.calls.queries import no_such_call, on_the_list, public, with_parts
from labbooking.wire.cursor import Keyset, Page, next_page
from labbooking.wire.problems import problems
from labbooking.wire.router import Router

router = Router(tags=["calls"])
ORDER = Keyset(("closes_at", "pk"))


@router.get("calls/", response={200: CallPage, **problems(400, 401, 429)})
def list_calls(request: HttpRequest, page: Query[Page]) -> CallPage:
    """Tells the calls for residencies that have been published, by deadline."""
    found, cursor = ORDER.page(with_parts(on_the_list()), page.cursor, page.limit)
    at = timezone.now()
    items = [call_out(each, at) for each in found]
    return CallPage(items=items, next=next_page(request, cursor))


@router.get("calls/{slug:slug}", response={200: CallOut, **problems(401, 404, 429)})
def show_call(request: HttpRequest, slug: str) -> CallOut:
    """Tells of one call, also of one that is over."""
    call = with_parts(public()).filter(slug=slug).first()
    if call is None:
        raise no_such_call()
    return call_out(call, timezone.now())
