"""The link of an invitation. It is made when it is sent or printed and kept nowhere."""

from __future__ import annotations

from uuid import UUID

from django.core.signing import BadSignature, Signer
from django.http import HttpRequest
from django.urls import reverse

from residents.membership.models import Invitation

KEPT = "invitation"
"""Where the session has the token once the link was opened."""
_signer = Signer(salt="residents.membership.invitation", sep=".")


def token_of(invitation: Invitation) -> str:
    return _signer.sign(invitation.link_key.hex)


def invitation_path(invitation: Invitation) -> str:
    """Where the link leads, without the house's address."""
    return reverse("open_invitation", args=[token_of(invitation)])


def invitation_of(token: str) -> Invitation | None:
    """Whose link it is, whatever has become of the invitation."""
    try:
        key = UUID(hex=_signer.unsign(token))
    except (BadSignature, ValueError):
        return None
    return Invitation.objects.filter(link_key=key).select_related("invited_by").first()


def invitation_opened(request: HttpRequest) -> Invitation | None:
    """Whose link this browser has opened, whatever has become of the invitation."""
    return invitation_of(str(request.session.get(KEPT, "")))
