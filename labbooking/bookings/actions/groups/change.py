"""Staff make groups and say who is in them."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from labbooking.bookings.demand.company import company_of
from labbooking.bookings.models import Booking
from labbooking.bookings.models.groups import BookingGroup, Membership
from labbooking.bookings.states import HOLDING
from labbooking.bookings.transaction.preconditions import only_staff
from labbooking.errors import Malformed, NotThere, WrongState
from labbooking.journal.record import Happening, Touched, record
from residents.models import User
from residents.profile.names import folded

LONGEST_NAME = 80


@transaction.atomic
def make_group(name: str, *, by: User, at: datetime) -> BookingGroup:
    """Raises `NotAllowed`, and `Malformed` for a name that cannot be or that is in use."""
    only_staff(by)
    name = " ".join(name.split())
    if not folded(name) or len(name) > LONGEST_NAME:
        raise Malformed(
            _("Give the group a name of up to {count} characters.").format(count=LONGEST_NAME)
        )
    names = BookingGroup.objects.select_for_update().values_list("name", flat=True)
    if folded(name) in map(folded, names):
        raise _there_already()
    group = _created(name)
    _tell("group.made", group, None, by, at)
    return group


def _created(name: str) -> BookingGroup:
    """Of two who make it at once, as by a press too many, the second is told."""
    try:
        with transaction.atomic():
            return BookingGroup.objects.create(name=name)
    except IntegrityError:
        raise _there_already() from None


def _there_already() -> Malformed:
    return Malformed(_("There is already a group with this name."))


@transaction.atomic
def add_member(pk: int, name: str, *, by: User, at: datetime) -> Membership:
    """Raises `NotAllowed`, `NotThere`, and `Malformed` for whom nobody knows or who is in it."""
    only_staff(by)
    group = _locked(pk)
    (person,) = company_of([name.strip()], by=by)
    if not person.is_creative:
        raise Malformed(_("Only creatives are in groups: staff act for everybody."))
    if group.memberships.filter(person=person).exists():
        raise Malformed(_("{name} is already in this group.").format(name=person))
    member = Membership.objects.create(group=group, person=person, joined_at=at)
    _tell("group.joined", group, person, by, at)
    return member


@transaction.atomic
def remove_member(pk: int, membership: int, *, by: User, at: datetime) -> BookingGroup:
    """From the next request on they act for what belongs to it no more, but for what they booked
    themselves: that stays theirs as well. Raises `NotThere`."""
    only_staff(by)
    group = _locked(pk)
    member = group.memberships.filter(pk=membership).select_related("person").first()
    if member is None:
        raise NotThere(_("That person is no longer in this group."))
    member.delete()
    _tell("group.left", group, member.person, by, at)
    return group


@transaction.atomic
def remove_group(pk: int, *, by: User, at: datetime) -> None:
    """What is over stays with who booked it. Raises `WrongState` while bookings are ahead."""
    only_staff(by)
    group = _locked(pk)
    ahead = Booking.objects.filter(group=group, state__in=HOLDING, ends_at__gt=at).count()
    if ahead:
        words = ngettext(
            "This group still has {count} booking ahead. Cancel it or wait until it is over.",
            "This group still has {count} bookings ahead. Cancel them or wait until they are over.",
            ahead,
        )
        raise WrongState(words.format(count=ahead))
    _tell("group.removed", group, None, by, at)
    group.delete()


def _locked(pk: int) -> BookingGroup:
    group = BookingGroup.objects.select_for_update().filter(pk=pk).first()
    if group is None:
        raise NotThere(_("There is no such group."))
    return group


def _tell(kind: str, group: BookingGroup, person: User | None, by: User, at: datetime) -> None:
    """A name may be anybody's words, so the number stands for it."""
    about = (Touched("subject", str(person.subject_key), "person"),) if person else ()
    actor = Touched("subject", str(by.subject_key), "actor")
    record(Happening(kind, at, (*about, actor), {"group": group.pk}))
