"""The link with which somebody confirms that an address is theirs. It is made when its mail is
sent, and kept nowhere."""

from __future__ import annotations

from uuid import UUID

from django.core.signing import BadSignature, Signer
from django.db.models import QuerySet
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
    return _with(token).filter(found=AccountRequest.Found.NEW, call="").first()


def applying_path(asked: AccountRequest) -> str:
    return reverse("open_apply_link", args=[asked.call, _signer.sign(asked.link_key.hex)])


def applying_of(token: str, call: str) -> AccountRequest | None:
    """Who may apply for this call with this link, whatever has become of it."""
    found = (AccountRequest.Found.NEW, AccountRequest.Found.APPLIES)
    return _with(token).filter(found__in=found, call=call).exclude(call="").first()


def _with(token: str) -> QuerySet[AccountRequest]:
    try:
        key = UUID(hex=_signer.unsign(token))
    except (BadSignature, ValueError):
        return AccountRequest.objects.none()
    return AccountRequest.objects.filter(link_key=key)


def request_opened(request: HttpRequest) -> AccountRequest | None:
    return request_of(str(request.session.get(KEPT, "")))
