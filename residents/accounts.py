"""Accounts are given by the house, so nobody signs up alone."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.core.mail import EmailMessage
from django.http import HttpRequest

PRIVATE = "X-Daig-Private"


class HouseAccounts(DefaultAccountAdapter):  # type: ignore[misc]
    """The adapter that allauth asks about accounts, passwords and their mails."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def render_mail(
        self,
        template_prefix: str,
        email: str | list[str],
        context: dict[str, Any],
        headers: dict[str, str] | None = None,
    ) -> EmailMessage:
        """Mails about passwords are marked, so that the demo lab's mail page leaves them out."""
        private = {**(headers or {}), PRIVATE: "yes"}
        mail: EmailMessage = super().render_mail(template_prefix, email, context, private)
        return mail
