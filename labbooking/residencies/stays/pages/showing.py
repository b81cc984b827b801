"""What the page of a stay shows, for who stays and for staff."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from labbooking.bookings.states import State
from labbooking.lengths import LONGEST_LINE
from labbooking.residencies.stays.checklists.models import CheckKind, CheckList
from labbooking.residencies.stays.models import Stay, StayTerms
from labbooking.residencies.stays.pages.acts import ACTS
from labbooking.residencies.stays.pages.forms import ActForm
from labbooking.residencies.stays.papers.actions import PAPERS, why_not
from labbooking.residencies.stays.papers.registration import in_words
from labbooking.residencies.stays.presence.queries import presence_of
from labbooking.residencies.stays.queries import newest_terms
from labbooking.residencies.stays.states import BEGUN, TAKES_PLACE, WITH_A_FILE
from residents.models import User


def shown(stay: Stay, reader: User) -> dict[str, Any]:
    """In as many queries for any stay."""
    absences, guests = list(stay.absences.all()), list(stay.guests.all())
    keys, lists = list(stay.keys.all()), list(stay.checklists.all())
    is_resident = reader.pk == stay.booking.person_id
    terms = stay.terms if stay.signed_at else newest_terms()
    takes_place = stay.booking.state in TAKES_PLACE and not stay.is_closed
    context = {
        "stay": stay,
        "booking": stay.booking,
        "is_resident": is_resident,
        "is_staff": reader.is_lab_staff,
        "open": not stay.is_closed,
        "takes_place": takes_place,
        "has_begun": stay.booking.state in BEGUN,
        "terms": terms if terms and terms.text else None,
        "may_sign": _may_sign(stay, terms),
        "money": money(stay, terms),
        "keys": keys,
        "keys_out": [each for each in keys if each.back_at is None],
        "lists": [(kind, _list_of(lists, kind)) for kind in CheckKind],
        "absences": absences,
        "presence": presence_of(stay, absences),
        "guests": guests,
        "longest_reason": LONGEST_LINE,
        "report": getattr(stay, "report", None),
        "papers": [(kind, _name_of(kind), why_not(stay, kind)) for kind in PAPERS],
        "registration": in_words(stay.first, stay.last, stay.lives_in_germany),
        "forms": forms_of(stay),
    }
    next_steps = list(steps(context)) if is_resident and not stay.is_closed else []
    return {**context, "next_steps": next_steps}


def _may_sign(stay: Stay, terms: StayTerms | None) -> bool:
    unsigned = not stay.signed_at and not stay.is_closed
    return bool(unsigned and terms and terms.text and stay.booking.state in WITH_A_FILE)


def forms_of(stay: Stay) -> dict[str, ActForm]:
    """Empty ones, by the act with an underscore, as templates read them."""
    initial = _initial(stay)
    return {
        name.replace("-", "_"): act.form(prefix=name, initial=initial.get(name))
        for name, act in ACTS.items()
    }


def _initial(stay: Stay) -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {}
    if report := getattr(stay, "report", None):
        found["report"] = {
            name: getattr(report, name) for name in ("words", "works", "may_be_published")
        }
    if stay.lives_in_germany is not None:
        found["home"] = {"lives": "yes" if stay.lives_in_germany else "no"}
    return found


def steps(about: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """What the resident has to do next, and where on the page."""
    stay: Stay = about["stay"]
    if about["may_sign"] and about["takes_place"]:
        yield _("Read and sign the contract"), "#contract"
    if about["takes_place"] and stay.rules.deposit_cents and not stay.deposit_in_at:
        words = _("Pay the deposit of {amount}")
        yield words.format(amount=euros(stay.rules.deposit_cents)), "#deposit"
    if stay.booking.state == State.IN_USE:
        arrival = dict(about["lists"])[CheckKind.ARRIVAL]
        if arrival is None or not arrival.seen_by_resident_at:
            yield _("Look through the list of what is in your studio"), "#lists"
    if stay.booking.state == State.COMPLETED and about["report"] is None:
        yield _("Write a short report"), "#report"
    if stay.booking.state == State.COMPLETED and about["keys_out"]:
        yield _("Bring back your keys"), "#keys"


def money(stay: Stay, terms: StayTerms | None) -> list[tuple[str, str]]:
    """The deposit, as far as there is one."""
    agreed = terms.deposit_cents if terms else 0
    found = [(_("Agreed"), euros(agreed))] if agreed else []
    if stay.deposit_in_at:
        found.append((_("Paid"), euros(stay.deposit_cents or 0)))
    found += [(each.reason, "−" + euros(each.cents)) for each in stay.deductions.all()]
    if stay.deposit_back_at:
        found.append((_("Given back"), euros((stay.deposit_cents or 0) - stay.deducted)))
    return found


def euros(cents: int) -> str:
    amount = number_format(cents / 100, decimal_pos=2, force_grouping=True)
    return _("{amount} euros").format(amount=amount)


def _list_of(lists: list[CheckList], kind: str) -> CheckList | None:
    return next((each for each in lists if each.kind == kind), None)


def _name_of(kind: str) -> str:
    return {
        "certificate": _("Certificate of the stay"),
        "contract": _("Contract"),
        "registration": _("Confirmation for the registry office"),
    }[kind]
