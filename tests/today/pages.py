"""The page of today as it is at a moment: the address itself knows only the real time."""

import re

from django.contrib.auth.models import AnonymousUser
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils import translation

from labbooking.today.views import home

MARKUP = re.compile(r"<[^>]+>")


def source_at(person, at, language="en"):
    request = RequestFactory().get("/today/")
    request.user = person or AnonymousUser()
    with translation.override(language):
        page = render_to_string("today/today.html", home(person, at), request)
    return page.partition("<main")[2].partition("</main")[0]


def said_at(person, at, language="en"):
    """What the page says in its own part, its white space made plain. A year is said where it is
    not the real one."""
    words = " ".join(MARKUP.sub(" ", source_at(person, at, language)).split())
    return words.replace(f" {at.year},", ",")
