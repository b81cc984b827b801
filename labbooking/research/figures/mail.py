"""The weekly mail to a study's researchers, each in their own language."""

from __future__ import annotations

from email.mime.image import MIMEImage
from email.utils import parseaddr
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from labbooking import when
from labbooking.research.figures.chart import png
from labbooking.research.figures.wording import read
from labbooking.research.models import SummaryMail, UsageSummary
from residents.accounts import PRIVATE

CHART = "hours"


class Letter(EmailMultiAlternatives):
    """Text, HTML and the picture that belongs to it."""

    mixed_subtype = "related"


def letter(mail: SummaryMail) -> Letter:
    """A mail of text, HTML and the chart. The same summary and reader give the same Message-ID."""
    with translation.override(mail.recipient.language):
        context = _context(mail.summary)
        message = Letter(
            subject=context["fact"],
            body=render_to_string("emails/summary.txt", context),
            to=[mail.recipient.email],
            headers={"Message-ID": _message_id(mail), PRIVATE: "yes"},
        )
        message.attach_alternative(render_to_string("emails/summary.html", context), "text/html")
    if context["reading"] and context["reading"].bars:
        _attach(message, png(context["reading"].bars))
    return message


def _context(summary: UsageSummary) -> dict[str, Any]:
    first, last = when.day(summary.week_start), when.day(summary.last_day)
    fact = _("%(study)s, %(first)s to %(last)s")
    path = reverse("summary", args=[summary.study.slug, summary.week_start])
    return {
        "fact": fact % {"study": summary.study.name, "first": first, "last": last},
        "reading": read(summary),
        "chart": CHART,
        "button_url": f"{settings.PUBLIC_URL}{path}",
        "button_label": _("Open the summary"),
        "footer": _("You get this e-mail because you are a researcher of this study."),
    }


def _message_id(mail: SummaryMail) -> str:
    domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2]
    made_at = f"{mail.summary.made_at:%Y%m%d%H%M%S}"
    return f"<summary-{mail.summary_id}-{mail.recipient_id}-{made_at}@{domain}>"


def _attach(message: EmailMultiAlternatives, picture: bytes) -> None:
    """Beside the text, shown where the HTML names it by its Content-ID."""
    part = MIMEImage(picture, "png")
    part.add_header("Content-ID", f"<{CHART}>")
    part.add_header("Content-Disposition", "inline", filename="hours.png")
    message.attach(part)
