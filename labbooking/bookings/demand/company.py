"""Who is named as taking part: found by name, as far as who names them may know of them."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _

from labbooking.bookings.demand.spec import BookingSpec
from labbooking.errors import Malformed
from residents.models import User
from residents.profile.names import folded
from residents.queries import people_known_to

MOST_NAMED = 50
MOST_PEOPLE = 1000


def names_in(text: str) -> tuple[str, ...]:
    """Names as one types them, separated by commas or lines."""
    names = (each.strip() for each in text.replace("\n", ",").replace(";", ",").split(","))
    return tuple(each for each in names if each)


def company_of(names: Sequence[str], *, by: User, person: User | None = None) -> list[User]:
    """Those who would come along to a booking of `person`. No query where nobody is named.

    Raises `Malformed`; of whom one may not know the answer is the same as of nobody.
    """
    if not names:
        return []
    if len(names) > MOST_NAMED:
        raise Malformed(_("Name at most {count} people.").format(count=MOST_NAMED))
    known = list(people_known_to(by))
    found = [_one(name, known, by) for name in names]
    for each in found:
        if each == person:
            raise Malformed(_("{name} has the booking and need not be named.").format(name=each))
        if found.count(each) > 1:
            raise Malformed(_("{name} is named twice.").format(name=each))
    return found


def company_for(spec: BookingSpec, *, by: User, person: User) -> list[User]:
    """Those whom a spec names, its number checked as well. Raises `Malformed`."""
    checked_people(spec.people)
    return company_of(spec.participants, by=by, person=person)


def _one(name: str, known: Sequence[User], by: User) -> User:
    """Staff, who know addresses, may name somebody by theirs."""
    if by.is_lab_staff and "@" in name:
        found = [each for each in known if each.email.casefold() == name.casefold()]
    else:
        found = [each for each in known if folded(each.name) == folded(name)]
    if len(found) > 1:
        words = _("Several people here are called “{name}”: staff can add the right one.")
        raise Malformed(words.format(name=name))
    if not found:
        words = _("You know nobody here called “{name}”. Give a name as it stands on their page.")
        raise Malformed(words.format(name=name))
    return found[0]


def checked_people(people: int) -> int:
    """How many come along without a name. Raises `Malformed`."""
    if not 0 <= people <= MOST_PEOPLE:
        words = _("How many people come along is a number from 0 to {count}.")
        raise Malformed(words.format(count=MOST_PEOPLE))
    return people
