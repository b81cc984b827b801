"""How far a token reaches: never further than the role that its person has at this moment."""

from __future__ import annotations

from django.utils.translation import gettext as _

from residents.models import Role, Scope, User

_HELD_BY: dict[str, tuple[Scope, ...]] = {
    Role.CREATIVE: (Scope.READ, Scope.BOOK),
    Role.STAFF: (Scope.READ, Scope.BOOK, Scope.STAFF),
    Role.RESEARCHER: (Scope.READ, Scope.STAFF),
    Role.ADMIN: (Scope.READ, Scope.STAFF),
}
"""Who cannot book has no use for a token that books."""
_ORDER = (Scope.READ, Scope.BOOK, Scope.STAFF)


def scopes_of(role: str) -> tuple[Scope, ...]:
    """Those that somebody of this role may give a token, the narrowest first."""
    return _HELD_BY.get(role, (Scope.READ,))


def widest(role: str) -> Scope:
    return scopes_of(role)[-1]


def scope_now(person: User) -> Scope | None:
    """Of the token by which this person asks, as far as their role goes today; None without one."""
    given = getattr(person, "token_scope", None)
    return None if given is None else as_far_as(given, person.role)


def as_far_as(given: str, role: str) -> Scope:
    """How far a token reaches today that was made with this scope."""
    known = Scope(given) if given in Scope.values else Scope.READ
    return min(known, widest(role), key=_ORDER.index)


def reaches(person: User, wanted: Scope) -> bool:
    """Whether what is asked lies within the token; without one it is the role alone that counts."""
    now = scope_now(person)
    return now is None or _ORDER.index(wanted) <= _ORDER.index(now)


def is_widest(person: User) -> bool:
    """Whether the token is as wide as the role of its person is."""
    return scope_now(person) is widest(person.role)


def narrowed(person: User) -> User:
    """The person as the token lets them act: `book` is about what is their own, also where their
    role looks after everybody's."""
    person.acts_for_oneself = scope_now(person) is Scope.BOOK and person.is_lab_staff
    return person


def told(scope: Scope, role: str) -> str:
    """What a token of this scope lets a program do that acts for somebody of this role."""
    if scope is Scope.READ:
        return _("Read: it sees what you may see, and changes nothing.")
    if scope is Scope.BOOK:
        return _("Book: it also books for you, and changes and cancels your own bookings.")
    if role == Role.RESEARCHER:
        return _("Everything: it does all that you may do, such as preparing exports.")
    return _(
        "Everything: it does all that you may do, such as deciding, handing over and looking after"
        " the house."
    )


def too_narrow(wanted: Scope) -> str:
    return _("This token does not reach that far: it needs the scope “{scope}”.").format(
        scope=wanted.value
    )


def not_for_role() -> str:
    return _("Your role does not allow this.")


def own_alone() -> str:
    words = _("This token only acts on what is your own. For more it needs the scope “{scope}”.")
    return words.format(scope=Scope.STAFF.value)
