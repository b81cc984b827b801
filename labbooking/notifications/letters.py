"""A notification as the mail that is sent: text and HTML, in the recipient's language."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from labbooking import when as say
from labbooking.bookings.models import Booking
from labbooking.notifications.about import About, Said
from labbooking.notifications.models import Notification
from labbooking.notifications.queries import refused_with
from labbooking.notifications.words import WORDS

FOR_STAFF = frozenset({"waiting", "answered", "escalated"})


def letter(
    notification: Notification, bookings: list[Booking], at: datetime
) -> EmailMultiAlternatives:
    """The mail about these bookings; times are told by the clocks of the resource."""
    with translation.override(notification.recipient.language):
        about = About(bookings, at, _refused(notification, bookings))
        said = WORDS[notification.template](about)
        context = _context(said, about, notification)
        text = render_to_string("emails/letter.txt", context)
        html = render_to_string("emails/letter.html", context)
        mail = EmailMultiAlternatives(
            subject=" ".join(said.headline.split()),
            body=text,
            to=[notification.recipient.email],
            headers={
                "Message-ID": notification.message_id,
                "Auto-Submitted": "auto-generated",
                "Content-Language": notification.recipient.language,
            },
        )
    mail.attach_alternative(html, "text/html")
    return mail


def _context(said: Said, about: About, notification: Notification) -> dict[str, object]:
    return {
        "fact": said.headline,
        "lines": said.sentences,
        "reason": said.reason,
        "facts": _facts(about, for_staff=notification.template in FOR_STAFF),
        "dates": [about.when_of(each) for each in about.bookings if len(about.bookings) > 1],
        "button_url": settings.PUBLIC_URL + _path(said, about),
        "button_label": said.button,
    }


def _path(said: Said, about: About) -> str:
    path = reverse(said.page, args=[about.booking.pk] if said.page == "booking" else [])
    return f"{path}?ask={said.ask}" if said.ask else path


def _refused(notification: Notification, bookings: list[Booking]) -> list[Booking]:
    return refused_with(bookings) if notification.template == "approved" else []


def _facts(about: About, *, for_staff: bool) -> list[tuple[str, str]]:
    booking = about.booking
    facts = [(_("Who"), str(booking.person))] if for_staff else []
    facts.append((_("What"), about.what))
    if len(about.bookings) == 1:
        facts.append((_("When"), about.when))
        facts.append((_("How long"), say.length(booking.period, about.zone)))
    if booking.purpose:
        facts.append((_("What for"), booking.purpose))
    return facts
