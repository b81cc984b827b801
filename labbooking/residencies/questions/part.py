"""Answers are part of what is handed in, and of its receipt; what has to be said is told with all
else that is missing."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from labbooking.residencies.applications.models import Application
from labbooking.residencies.applications.requirements import Part
from labbooking.residencies.applications.rules import Wrong, words_in
from labbooking.residencies.questions.queries import values_of


def _missing(application: Application) -> Iterator[Wrong]:
    values = values_of(application)
    for each in application.call.questions.all():
        value = values.get(each.key)
        if each.required and not value:
            yield Wrong(each.field, "missing", _("This is missing."))
        elif each.limit_words and isinstance(value, str):
            count, most = words_in(value), each.limit_words
            if count > most:
                message = _("{count} of {most} words.").format(count=count, most=most)
                yield Wrong(each.field, "too_long", message)


def _handed_in(application: Application) -> Any:
    return values_of(application)


ANSWERS = Part("answers", _missing, _handed_in)
