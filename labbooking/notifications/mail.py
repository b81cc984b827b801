"""A notification as the mail that is sent: text and HTML, in the recipient's language."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from email.mime.image import MIMEImage

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from labbooking import when
from labbooking.notifications.messages.message import Picture, Written
from labbooking.notifications.messages.registry import matter_of
from labbooking.notifications.models import Notification
from labbooking.period import HOUR
from residents.accounts import PRIVATE

LATE = HOUR
"""So long after what it tells of a mail is late: the mail server or the house was down."""


def letter(notification: Notification, at: datetime) -> EmailMultiAlternatives | None:
    """The mail, or None where what it would tell is no longer true."""
    with translation.override(notification.addressee.language):
        written = matter_of(notification.entry).written(notification, at)
        if written is None:
            return None
        return _mail(notification, _with_apology(written, notification.entry.at, at))


def _with_apology(written: Written, happened_at: datetime, at: datetime) -> Written:
    """A mail that comes late says so, and what time it speaks of."""
    if at - happened_at <= LATE:
        return written
    words = _("This e-mail comes late: it is about {moment}.")
    sentence = words.format(moment=when.moment(happened_at, when.lab_zone(), at=at))
    said = replace(written.said, sentences=(*written.said.sentences, sentence))
    return replace(written, said=said)


class Letter(EmailMultiAlternatives):
    """Text, HTML and the picture that belongs to it."""

    mixed_subtype = "related"


def _mail(notification: Notification, written: Written) -> EmailMultiAlternatives:
    context = _context(written)
    mail = Letter(
        subject=" ".join(written.said.headline.split()),
        body=render_to_string(f"emails/{written.layout}.txt", context),
        to=[notification.addressee.email],
        headers={
            "Message-ID": notification.message_id,
            "Auto-Submitted": "auto-generated",
            "Content-Language": notification.addressee.language,
            **({PRIVATE: "yes"} if written.is_private else {}),
        },
    )
    html = render_to_string(f"emails/{written.layout}.html", context)
    mail.attach_alternative(html, "text/html")
    if written.picture:
        _attach(mail, written.picture)
    return mail


def _attach(mail: EmailMultiAlternatives, picture: Picture) -> None:
    part = MIMEImage(picture.png, "png")
    part.add_header("Content-ID", f"<{picture.name}>")
    part.add_header("Content-Disposition", "inline", filename=f"{picture.name}.png")
    mail.attach(part)


def _context(written: Written) -> dict[str, object]:
    return {
        "fact": written.said.headline,
        "lines": written.said.sentences,
        "reason": written.said.reason,
        "facts": written.facts,
        "dates": written.dates,
        "button_url": settings.PUBLIC_URL + written.path,
        "button_label": written.said.button,
        **written.more,
    }
