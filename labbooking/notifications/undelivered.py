"""The mails that lie aside, as staff see them: to whom in words, what, why and since when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from equipment.models import Resource
from labbooking import when as say
from labbooking.notifications.models import Notification
from labbooking.period import Period
from labbooking.when import lab_zone

WHY: dict[str, Promise] = {
    "recipient": _("The mail server does not accept this address."),
    "sender": _("The mail server does not accept e-mails from this house."),
    "content": _("The mail server does not accept this text."),
    "message": _("The mail server does not accept this e-mail."),
    "server": _("The mail server could not be reached."),
    "writing": _("The e-mail could not be written."),
}
# What befell somebody's password is for administrators alone, what a study learnt for its
# researchers.
_ACCOUNT = _("About their account")
_TO_GIVE = _("About an induction to give")
_TAKES_PART = _("About a booking of somebody else")
_DECIDED = _("What was decided about an application")
_JURY = _("About a jury")
_OFFER = _("About an offer of a stay")
_STAY = _("About a stay")
WHAT: dict[str, Promise] = {
    "received": _("A request has arrived"),
    "waiting": _("Somebody asks for something"),
    "asks_anew": _("Somebody asks for another time"),
    "asked": _("A question"),
    "answered": _("An answer"),
    "next_step": _("A request waits at its next step"),
    "escalated": _("Overdue: nobody has answered"),
    "approved": _("Confirmed"),
    "declined": _("Declined"),
    "expired": _("Not answered in time"),
    "cancelled": _("Cancelled"),
    "withdrawn": _("Withdrawn"),
    "no_show": _("Nobody came"),
    "moved": _("Moved"),
    "passed_on": _("Passed on"),
    "swapped": _("Swapped"),
    "starting_soon": _("Starts soon"),
    "return_due": _("Due back"),
    "nudged": _("Somebody is waiting"),
    "your_turn": _("Your turn"),
    "turn_over": _("No longer kept"),
    "takes_part": _TAKES_PART,
    "no_longer_in": _TAKES_PART,
    "has_left": _("Somebody takes part no longer"),
    "with_you_confirmed": _TAKES_PART,
    "with_you_declined": _TAKES_PART,
    "with_you_moved": _TAKES_PART,
    "with_you_off": _TAKES_PART,
    "with_you_soon": _TAKES_PART,
    "with_you_swapped": _TAKES_PART,
    "waited_in_vain": _("Not free this time"),
    "induction_asked": _("Somebody asks for an induction"),
    "induction_given": _("Inducted"),
    "induction_over": _("An induction no longer holds"),
    "induction_offered": _("An induction is offered"),
    "induction_place": _("A place at an induction"),
    "induction_no_place": _("No place at an induction any more"),
    "induction_moved": _("An induction is moved"),
    "induction_called_off": _("An induction is called off"),
    "induction_giver": _("Nobody gives an induction"),
    **dict.fromkeys(("induction_yours", "induction_yours_moved", "induction_yours_off"), _TO_GIVE),
    "induction_soon": _("An induction starts soon"),
    "invited": _("An invitation"),
    "account_asked": _("Somebody asks for an account"),
    "application_received": _("An application is here"),
    "application_draft": _("An application that was begun"),
    "call_closing_soon": _("A call closes soon"),
    "application_checked": _("Who is admitted to the jury"),
    **dict.fromkeys(("application_declined", "on_reserve"), _DECIDED),
    **dict.fromkeys(("jury_invited", "jury_tasks", "jury_reminder"), _JURY),
    **dict.fromkeys(("offer_open", "offer_half_time", "offer_last_day", "offer_prolonged"), _OFFER),
    **dict.fromkeys(("offer_accepted", "offer_taken", "offer_declined", "offer_lapsed"), _OFFER),
    **dict.fromkeys(("offer_unanswered", "offer_called_back", "offer_asked"), _OFFER),
    **dict.fromkeys(("stay_begins", "stay_list_due", "stay_ends", "stay_report_due"), _STAY),
    **dict.fromkeys(("stay_report_late", "stay_away_too_much", "stay_guest"), _STAY),
    "data_about_to_go": _("Something is deleted soon"),
    "data_gone": _("Something was deleted"),
    "account_declined": _("No account"),
    "was_down": _("The house was down"),
    "undelivered": _("E-mails could not be delivered"),
    "password_link": _ACCOUNT,
    "password_changed": _ACCOUNT,
    "password_reset": _ACCOUNT,
    "password_given": _ACCOUNT,
    "address_changed": _ACCOUNT,
    "summary": _("About a study"),
    "university_linked": _ACCOUNT,
    "university_unlinked": _ACCOUNT,
    "recovery_asked": _ACCOUNT,
    "recovery_agreed": _ACCOUNT,
    "recovery_used": _ACCOUNT,
    "factor_added": _ACCOUNT,
    "factor_removed": _ACCOUNT,
    "factor_codes_made": _ACCOUNT,
    "factor_code_used": _ACCOUNT,
    "factor_refused": _ACCOUNT,
}
"""What each kind of mail is, by the name that stands with it in the database."""


@dataclass(frozen=True, slots=True)
class Undelivered:
    """A mail that lies aside; `about` are the things and the time it tells of, if any."""

    notification: Notification
    what: str
    about: str
    why: str

    @property
    def since(self) -> datetime | None:
        return self.notification.first_failed_at


def undelivered(at: datetime) -> list[Undelivered]:
    """What has lain longest first; two queries, however many there are."""
    rows = Notification.objects.filter(laid_aside_at__isnull=False).order_by("laid_aside_at", "pk")
    lying = list(rows.select_related("entry", "recipient", "invitation", "asked", "former__person"))
    slugs = {slug for each in lying for slug in each.entry.data.get("resources", ())}
    named = {each.slug: each for each in Resource.objects.filter(slug__in=slugs)}
    return [_read(each, named, at) for each in lying]


def how_many() -> int:
    return Notification.objects.filter(laid_aside_at__isnull=False).count()


def _read(notification: Notification, named: dict[str, Resource], at: datetime) -> Undelivered:
    template = notification.template
    return Undelivered(
        notification,
        str(WHAT.get(template, template)),
        _about(notification, named, at),
        str(WHY.get(notification.refused_what, WHY["server"])),
    )


def _about(notification: Notification, named: dict[str, Resource], at: datetime) -> str:
    data = notification.entry.data
    slugs: Sequence[str] = data.get("resources", ())
    words = [named[slug].name if slug in named else slug for slug in slugs]
    if words and "starts_at" in data:
        zone = named[slugs[0]].zone if slugs[0] in named else lab_zone()
        span = (datetime.fromisoformat(data[name]) for name in ("starts_at", "ends_at"))
        words.append(say.when(Period(*span), zone, at=at))
    return ", ".join(words)
