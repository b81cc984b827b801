"""Whom an e-mail address belongs to, and whose name somebody may know. The person's own row is the
one truth about both."""

from __future__ import annotations

from django.db.models import QuerySet

from residents.models import Role, User


def person_with(email: str) -> User | None:
    """Whoever has this address now, whether they may sign in or not; capitals do not matter."""
    wanted = email.strip()
    # The two databases fold other letters than Python does.
    found = User.objects.filter(email__iexact=wanted)
    return next((each for each in found if each.email.lower() == wanted.lower()), None)


def people_known_to(reader: User) -> QuerySet[User]:
    """Those who book here, as far as a reader may know their names: staff know everybody, others
    those who said so, and who does research nobody (G9)."""
    booking = User.objects.filter(is_active=True, role__in=[Role.CREATIVE, Role.STAFF])
    if reader.is_lab_staff:
        return booking.exclude(name="")
    return shown_people() if reader.is_creative else User.objects.none()


def shown_people() -> QuerySet[User]:
    """Those who said that others who book here may read of them."""
    roles = [Role.CREATIVE, Role.STAFF]
    shown = User.objects.filter(shown_to_people=True, is_active=True, role__in=roles)
    return shown.exclude(name="")
