"""Django's `manage.py changepassword EMAIL`, after which the person is told and old access ends."""

from __future__ import annotations

import getpass
from typing import Any

from django.contrib.auth.management.commands import changepassword
from django.utils import timezone

from residents.models import User
from residents.signin.passwords import password_was_given


class Command(changepassword.Command):
    def handle(self, *args: Any, **options: Any) -> str | None:
        said = super().handle(*args, **options)
        email = options["username"] or getpass.getuser()
        person = User.objects.get(email=email)
        password_was_given(person, by=None, at=timezone.now())
        return said
