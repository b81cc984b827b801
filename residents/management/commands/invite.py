"""`manage.py invite EMAIL` prints a link with which somebody makes their account, and nothing
else: the way to the first administrator, before there is a mail server."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from labbooking.errors import DomainError
from residents.membership.invitations import invite, send_again
from residents.membership.links import invitation_path
from residents.membership.models import WORKS_FOR, Invitation
from residents.membership.roles import roles_of
from residents.membership.wanted import Wanted
from residents.models import Role

ROLES = {"administrator": Role.ADMIN.value} | {each.value: each.value for each in roles_of(None)}


class Command(BaseCommand):
    help = (
        "Prints a link with which somebody makes their account. It works once, and for"
        f" {WORKS_FOR.days} days. Where they are invited already, that invitation is renewed."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email", help="who is invited")
        parser.add_argument("--role", choices=sorted(ROLES), default=Role.CREATIVE.value)
        parser.add_argument("--name", default="", help="what they are called")
        parser.add_argument("--language", choices=["de", "en"], default="de")
        parser.add_argument("--mail", action="store_true", help="send it by e-mail as well")

    def handle(self, *args: Any, email: str, **options: Any) -> None:
        at = timezone.now()
        wanted = Wanted(email, options["name"], ROLES[options["role"]], options["language"])
        try:
            made = _invited(wanted, at, by_mail=options["mail"])
        except DomainError as error:
            raise CommandError(error.detail) from error
        self.stdout.write(settings.PUBLIC_URL + invitation_path(made))


def _invited(wanted: Wanted, at: datetime, *, by_mail: bool) -> Invitation:
    open_ones = Invitation.objects.filter(accepted_at=None, taken_back_at=None)
    known = open_ones.filter(email__iexact=wanted.address, role=wanted.role).first()
    if known:
        return send_again(known.pk, by=None, at=at, by_mail=by_mail)
    return invite(wanted, by=None, at=at, by_mail=by_mail)
