"""What happens to slots because time has passed. Safe to run twice, late, or by two at once."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import F, Q, QuerySet

from labbooking.inductions.actions.locked import locked_slot
from labbooking.inductions.actions.places import give_all_back
from labbooking.inductions.entries import tell
from labbooking.inductions.models import InductionPlace, InductionSlot
from labbooking.inductions.queries import without_giver
from labbooking.period import DAY
from residents.models import Role, User

REMINDED_BEFORE = DAY
KEPT_FOR = 90 * DAY
"""After so long nobody needs to know who had a place; who was inducted stands elsewhere."""
AT_ONCE = 200


def tick(at: datetime) -> int:
    """Do everything that is due; how many places and slots were acted on."""
    freed = _free_places_of_who_has_left(at)
    return freed + _miss_givers(at) + _remind(at) + _forget(at)


def _free_places_of_who_has_left(at: datetime) -> int:
    """By whatever way an account ended or lost the right to book."""
    may_book = Q(is_active=True, role__in=[Role.CREATIVE, Role.STAFF])
    left = User.objects.filter(induction_places__slot__starts_at__gt=at).exclude(may_book)
    people = list(left.distinct().order_by("pk")[:AT_ONCE])
    return sum(give_all_back(each, by=None, at=at) for each in people)


def _miss_givers(at: datetime) -> int:
    """Staff are told once, so that somebody else gives it or it is called off in time."""
    untold = without_giver(at).filter(giver_missed_at=None)
    keys = list(untold.order_by("pk").values_list("pk", flat=True)[:AT_ONCE])
    return sum(_miss_giver(key, at) for key in keys)


@transaction.atomic
def _miss_giver(key: int, at: datetime) -> int:
    """Looked at again under the lock: staff may have named somebody meanwhile."""
    slot = locked_slot(key)
    if slot.giver_missed_at or slot.called_off_at or slot.has_giver:
        return 0
    slot.giver_missed_at = at
    slot.save(update_fields=["giver_missed_at"])
    tell("induction.giver_left", slot, by=None, at=at, person=slot.given_by)
    return 1


def _remind(at: datetime) -> int:
    keys = list(_due(at).order_by("slot_id").values_list("slot_id", flat=True).distinct()[:AT_ONCE])
    return sum(_remind_all(key, at) for key in keys)


def _due(at: datetime) -> QuerySet[InductionPlace]:
    """Within a day, and taken or moved earlier than that: others have just been told."""
    day_before = F("slot__starts_at") - REMINDED_BEFORE
    return InductionPlace.objects.filter(
        Q(slot__moved_at=None) | Q(slot__moved_at__lt=day_before),
        slot__called_off_at=None,
        slot__starts_at__gt=at,
        slot__starts_at__lte=at + REMINDED_BEFORE,
        taken_at__lt=day_before,
        reminded_at=None,
    )


@transaction.atomic
def _remind_all(key: int, at: datetime) -> int:
    """Looked at again under the lock: it may have been called off or moved meanwhile."""
    slot = locked_slot(key)
    places = list(_due(at).filter(slot=slot).select_related("person").order_by("pk"))
    slot.taken.filter(pk__in=[each.pk for each in places]).update(reminded_at=at)
    for each in places:
        tell("induction.starting_soon", slot, by=None, at=at, person=each.person)
    return len(places)


def _forget(at: datetime) -> int:
    over = InductionSlot.objects.filter(ends_at__lte=at - KEPT_FOR)
    keys = list(over.order_by("pk").values_list("pk", flat=True)[:AT_ONCE])
    InductionSlot.objects.filter(pk__in=keys).delete()
    return len(keys)
