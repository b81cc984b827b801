"""Django's `manage.py createsuperuser`, which tells the journal that there is an account."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.management.commands import createsuperuser
from django.utils import timezone

from residents.models import User
from residents.signin.entries import tell


class Command(createsuperuser.Command):
    def handle(self, *args: Any, **options: Any) -> str | None:
        administrators = User.objects.filter(is_superuser=True)
        known = list(administrators.values_list("pk", flat=True))
        said: str | None = super().handle(*args, **options)
        for person in administrators.exclude(pk__in=known):
            tell("account.made", person, by=None, at=timezone.now(), role=person.role)
        return said
