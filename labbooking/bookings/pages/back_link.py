"""Where somebody came from, as far as it is a page of this house."""

from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme


def way_back(request: HttpRequest, otherwise: str) -> str:
    """What `?next=` names, if it is an address of ours."""
    named = request.GET.get("next", "")
    safe = url_has_allowed_host_and_scheme(
        named, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return named if safe else otherwise
