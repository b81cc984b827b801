"""Where somebody came from, as far as it is a page of this house."""

from datetime import datetime

from django.http import HttpRequest, QueryDict
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from labbooking.bookings.demand.url_query import query, typed
from labbooking.when import lab_zone


def way_back(request: HttpRequest, otherwise: str) -> str:
    """What `?next=` names, if it is an address of ours."""
    named = request.GET.get("next", "")
    safe = url_has_allowed_host_and_scheme(
        named, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return named if safe else otherwise


def booking_page(sent: QueryDict, at: datetime) -> str:
    """The page that books, with all that was typed there."""
    fields = typed(sent, lab_zone(), at)
    return f"{reverse('book')}?{query(fields, by_night=fields.get('by') == 'night')}"
