"""Papers are made when somebody asks for one, written down as made, and not kept."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from labbooking.bookings.states import State
from labbooking.errors import NotThere, WrongState
from labbooking.residencies.stays.actions.locked import locked_stay
from labbooking.residencies.stays.entries import tell
from labbooking.residencies.stays.models import Stay
from labbooking.residencies.stays.papers.typesetting import Paper, as_pdf
from labbooking.residencies.stays.queries import find_stay, newest_terms
from labbooking.residencies.stays.states import BEGUN
from labbooking.when import full_day
from residents.models import User

GERMAN = "de"


@dataclass(frozen=True, slots=True)
class Printed:
    """A PDF, and what its file is called."""

    name: str
    pdf: bytes


def make_paper(stay_id: int, kind: str, *, by: User, at: datetime, language: str) -> Printed:
    """Raises `NotThere`, and `WrongState` where there is nothing to print yet."""
    if kind not in PAPERS:
        raise NotThere
    stay = find_stay(by, stay_id)
    if reason := why_not(stay, kind):
        raise WrongState(reason)
    # The registry office reads German.
    spoken = GERMAN if kind == "registration" else language
    with translation.override(spoken):
        paper = PAPERS[kind](stay, spoken, at)
    pdf = as_pdf(paper, at=at)
    with transaction.atomic():
        stay = locked_stay(stay_id, by, even_closed=True)
        sha256 = hashlib.sha256(pdf).hexdigest()
        tell("papers.made", stay, by=by, at=at, paper=kind, sha256=sha256)
    return Printed(f"{kind}-{stay.pk}.pdf", pdf)


def why_not(stay: Stay, kind: str) -> str:
    """Why there is nothing to print yet, or nothing."""
    if kind == "contract":
        terms = stay.terms if stay.signed_at else newest_terms()
        has_text = terms is not None and terms.text_de
        return "" if has_text else _("Staff have not written a contract yet.")
    if stay.booking.state not in BEGUN or not stay.booking.checked_in_at:
        return _("This paper is made once you have arrived.")
    terms = stay.rules
    if kind == "registration" and not (
        terms.giver_name and terms.giver_address and terms.home_address
    ):
        return _("Staff have not written down who gives the home and where it is.")
    return ""


def _certificate(stay: Stay, language: str, at: datetime) -> Paper:
    nights = ngettext("{count} night", "{count} nights", stay.nights).format(count=stay.nights)
    is_over = stay.booking.state == State.COMPLETED
    said = _("We confirm that this person has stayed with us as an artist in residence.")
    if not is_over:
        said = _("We confirm that this person stays with us as an artist in residence.")
    return Paper(
        title=_("Certificate of a stay"),
        house=_house(stay),
        lang=language,
        above=(said,),
        facts=(
            (_("Name"), str(stay.person)),
            (_("Where"), stay.studio.name),
            (_("From"), full_day(stay.first)),
            (pgettext("on a paper", "Until"), full_day(stay.last)),
            (_("Length"), nights),
        ),
        below=(),
        made=_made(stay, at),
        signs=(_("For the house"),),
    )


def _contract(stay: Stay, language: str, at: datetime) -> Paper:
    terms = stay.terms if stay.signed_at else newest_terms()
    text = terms.text if terms else ""
    facts = [
        (_("Name"), str(stay.person)),
        (_("Where"), stay.studio.name),
        (_("From"), full_day(stay.first)),
        (pgettext("on a paper", "Until"), full_day(stay.last)),
        (_("Version of the contract"), str(terms.version if terms else "")),
    ]
    if stay.signed_at and stay.signed_by:
        signed = full_day(stay.signed_at.astimezone(stay.studio.zone).date())
        facts.append((_("Signed"), f"{signed}, {stay.signed_by}"))
    return Paper(
        title=_("Contract of a stay"),
        house=_house(stay),
        lang=language,
        above=(),
        facts=tuple(facts),
        below=tuple(each.strip() for each in text.split("\n\n") if each.strip()),
        made=_made(stay, at),
        signs=() if stay.signed_at else (_("For the house"), str(stay.person)),
    )


def _registration(stay: Stay, language: str, at: datetime) -> Paper:
    """What section 19(3) of the Federal Registration Act names."""
    terms = stay.rules
    owner = _("Whoever gives the home owns it.")
    if terms.owner_name:
        owner = f"{terms.owner_name}, {terms.owner_address}".removesuffix(", ")
    return Paper(
        title=_("Confirmation of whoever gives a home"),
        house=_house(stay),
        lang=language,
        above=(_("For the registry office, after section 19 of the Federal Registration Act."),),
        facts=(
            (_("Gives the home"), f"{terms.giver_name}, {terms.giver_address}"),
            (_("Owner of the home"), owner),
            (_("Day of moving in"), full_day(_moved_in(stay))),
            (_("Address of the home"), f"{terms.home_address}, {stay.studio.name}"),
            (_("Who is to be registered"), str(stay.person)),
        ),
        below=(),
        made=_made(stay, at),
        signs=(_("Whoever gives the home, or acts for them"),),
    )


def _moved_in(stay: Stay) -> date:
    arrived = stay.booking.checked_in_at or stay.booking.starts_at
    return arrived.astimezone(stay.studio.zone).date()


def _house(stay: Stay) -> str:
    return stay.rules.giver_name or "Daig"


def _made(stay: Stay, at: datetime) -> str:
    return full_day(at.astimezone(stay.studio.zone).date())


PAPERS: dict[str, Callable[[Stay, str, datetime], Paper]] = {
    "certificate": _certificate,
    "contract": _contract,
    "registration": _registration,
}
