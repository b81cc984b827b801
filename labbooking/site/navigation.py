"""The main navigation, as far as a person's role reaches."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from residents.models import Role, User

Link = dict[str, str | bool]


def navigation(request: HttpRequest) -> dict[str, list[Link]]:
    person = getattr(request, "user", None)
    links = [("board", _("Board"))]
    if not isinstance(person, User) or person.may_book:
        links.append(("book", _("Book")))
    if isinstance(person, User):
        links += _for_role(person)
    links.append(("house", _("House")))
    return {"navigation": [_link(request, name, label) for name, label in links]}


def _for_role(person: User) -> list[tuple[str, str]]:
    if person.is_lab_staff:
        return [("desk", _("Desk")), ("approvals", _("Approvals")), ("my_bookings", _("Bookings"))]
    if person.is_researcher:
        return [("research", _("Research"))]
    if person.role == Role.ADMIN:
        return [("people", _("People"))]
    if person.role == Role.JUROR:
        return [("jury", _("To read"))]
    return [("my_bookings", _("My bookings"))] if person.may_book else []


def _link(request: HttpRequest, name: str, label: str) -> Link:
    url = reverse(name)
    return {"url": url, "label": label, "current": request.path.startswith(url)}
