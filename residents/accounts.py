"""Accounts are given by the house, so nobody signs up alone."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.core.mail import EmailMessage
from django.http import HttpRequest
from django.urls import reverse

from residents.models import Role, User

PRIVATE = "X-Daig-Private"
_FIRST_PAGE: dict[str, str] = {
    Role.STAFF: "desk",
    Role.RESEARCHER: "research",
    Role.ADMIN: "admin:index",
}


class HouseAccounts(DefaultAccountAdapter):  # type: ignore[misc]
    """The adapter that allauth asks about accounts, passwords and their mails."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Where somebody's work is, unless they were on their way to another page."""
        role = request.user.role if isinstance(request.user, User) else ""
        return reverse(_FIRST_PAGE.get(role, settings.LOGIN_REDIRECT_URL))

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
