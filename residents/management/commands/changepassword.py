"""Django's `manage.py changepassword EMAIL`, after which the person is told and old access ends."""

from __future__ import annotations

import getpass
from typing import Any

from django.contrib.auth.management.commands import changepassword
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import CommandError
from django.utils import timezone

from residents.models import User
from residents.queries import person_with
from residents.signin.passwords import give_password

TRIES = 3


class Command(changepassword.Command):
    """Not Django's own act: a new password and what ends with it are one."""

    def handle(self, *args: Any, **options: Any) -> str:
        email = options["username"] or getpass.getuser()
        person = person_with(email)
        if person is None:
            raise CommandError(f"user '{email}' does not exist")
        self.stdout.write(f"Changing password for user '{person}'")
        give_password(person, self._asked_for(person), by=None, at=timezone.now())
        return f"Password changed successfully for user '{person}'"

    def _asked_for(self, person: User) -> str:
        for _try in range(TRIES):
            password = _typed("Password: ")
            if password != _typed("Password (again): "):
                self.stdout.write("Passwords do not match. Please try again.")
                continue
            try:
                validate_password(password, person)
            except ValidationError as refused:
                self.stderr.write("\n".join(refused.messages))
            else:
                return password
        raise CommandError(f"Aborting password change for user '{person}' after {TRIES} attempts")


def _typed(prompt: str) -> str:
    if password := getpass.getpass(prompt=prompt):
        return password
    raise CommandError("aborted")
