"""What allauth asks the house about second factors: their secrets are sealed, and the journal
tells of them, so it sends no mails of its own."""

from __future__ import annotations

from typing import Any, ClassVar

from allauth.mfa.adapter import DefaultMFAAdapter
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from residents.signin.factors.sealed import seal, unseal

ISSUER = "Daig"


class HouseFactors(DefaultMFAAdapter):  # type: ignore[misc]
    error_messages: ClassVar[dict[str, Promise]] = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": _("This is not right, or no longer. Please try again."),
    }

    def get_totp_issuer(self) -> str:
        return ISSUER

    def _get_site_name(self) -> str:
        return ISSUER

    def encrypt(self, text: str) -> str:
        return seal(text)

    def decrypt(self, encrypted_text: str) -> str:
        return unseal(encrypted_text)

    def send_notification_mail(self, *_arguments: Any, **_options: Any) -> None:
        """Nothing: mails follow from the journal."""
