"""The link with which somebody confirms that an address is theirs. It is made when its mail is
sent, and kept nowhere."""

from __future__ import annotations

from uuid import UUID

from django.core.signing import BadSignature, Signer
from django.http import HttpRequest
from django.urls import reverse

from residents.signin.models import AccountRequest

KEPT = "account_request"
"""Where the session has the token once the link was opened."""
_signer = Signer(salt="residents.signin.asking", sep=".")


def request_path(asked: AccountRequest) -> str:
    """Where the link leads, without the house's address."""
    return reverse("open_account_request", args=[_signer.sign(asked.link_key.hex)])


def request_of(token: str) -> AccountRequest | None:
    """Whose link it is, whatever has become of it."""
    try:
        key = UUID(hex=_signer.unsign(token))
    except (BadSignature, ValueError):
        return None
    return AccountRequest.objects.filter(link_key=key, found=AccountRequest.Found.NEW).first()


def request_opened(request: HttpRequest) -> AccountRequest | None:
    return request_of(str(request.session.get(KEPT, "")))
