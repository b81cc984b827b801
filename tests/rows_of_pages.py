"""What pages with a number in their address are about."""

from datetime import timedelta

from django.utils import timezone

from equipment.models import Resource
from labbooking.bookings.actions.closures import close
from labbooking.bookings.actions.groups.change import add_member, make_group
from labbooking.bookings.actions.reply_templates import add_reason
from labbooking.inductions.models import InductionSlot
from residents.membership.links import token_of
from residents.models import ApiToken
from tests.bookings.days import hours
from tests.equipment.announced import an_event
from tests.inductions.offered import a_slot
from tests.invited import a_request_for_an_account, an_invitation
from tests.residencies.stays.staying import a_stay, nights, terms


def rows_of(ada, sam):
    """Whose addresses have a number of their own."""
    return {
        "profile/tokens/<int:pk>": f"profile/tokens/{ApiToken.objects.get().pk}",
        "desk/inductions/<int:pk>": f"desk/inductions/{ada.inductions.get().pk}",
        "desk/inductions/slots/<int:pk>": f"desk/inductions/slots/{a_place_of(ada, sam)}",
        "inductions/<int:pk>": f"inductions/{InductionSlot.objects.get().pk}",
        "<int:person_id>": f"{ada.pk}",
        "waiting/<int:pk>": f"waiting/{ada.waits.get().pk}",
        "desk/reasons/<int:pk>": f"desk/reasons/{a_reason(sam).pk}",
        "desk/closures/<int:pk>": f"desk/closures/{a_closure(sam).pk}",
        "desk/approvers/<slug:slug>/<int:pk>": f"desk/approvers/seat/{sam.pk}",
        "people/<int:pk>": f"people/{ada.pk}",
        "people/groups/<int:pk>": f"people/groups/{a_group(sam, ada).pk}",
        "<int:member>": f"{ada.memberships.get().pk}",
        "people/requests/<int:pk>": f"people/requests/{a_request_for_an_account().pk}",
        "people/invitations/<int:pk>": f"people/invitations/{an_invitation(sam).pk}",
        "<slug:kind>": "text",
        "<int:number>": "1",
        "<slug:size>": "medium",
        "<str:token>": token_of(an_invitation(sam)),
        "stays/<int:pk>": f"stays/{a_stay_of(ada, sam)}",
        "house/announcements/<int:pk>": f"house/announcements/{an_event(sam).pk}",
    }


def a_group(by, member):
    group = make_group("Loom", by=by, at=timezone.now())
    add_member(group.pk, member.name, by=by, at=timezone.now())
    return group


def a_reason(by):
    return add_reason(("Wir putzen.", "We are cleaning."), by=by, at=timezone.now())


def a_closure(by):
    words = {"reason_de": "Wartung", "reason_en": "Maintenance"}
    board = [Resource.objects.get(slug="board-1")]
    return close(board, hours(20), **words, by=by, at=timezone.now())


def a_place_of(person, by):
    """The slot of an induction that somebody goes to."""
    now = timezone.now()
    slot = a_slot(by, now + timedelta(days=3), at=now)
    slot.taken.create(person=person, number=1, taken_at=now)
    return slot.pk


def a_stay_of(person, by):
    """With what goes for stays written down, so that there is something to sign."""
    terms(by, timezone.now())
    return a_stay(person, by, timezone.now(), period=nights(20, 9)).pk
