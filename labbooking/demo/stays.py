"""What goes for stays in the demo lab, what its studios hold, and the files of who lived here."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from labbooking.residencies.stays.actions.contract import sign_contract
from labbooking.residencies.stays.actions.file import open_stay
from labbooking.residencies.stays.actions.report import send_report
from labbooking.residencies.stays.actions.terms import write_terms
from labbooking.residencies.stays.checklists.actions import Found, begin_list, confirm_list, fill_in
from labbooking.residencies.stays.checklists.inventory import write_inventory
from labbooking.residencies.stays.checklists.models import CheckKind
from labbooking.residencies.stays.models import Stay
from labbooking.residencies.stays.queries import studios, without_a_file
from residents.models import User

_ADDRESS = "Halfmannsweg 48, 45886 Gelsenkirchen"
TERMS = {
    "text_de": "Du wohnst und arbeitest in deinem Atelier.\n\n"
    "Schlüssel gibst du nicht weiter. Besuch arbeitet nur, wenn du da bist.\n\n"
    "Ruhe ist von 22.30 bis 8 Uhr. Für deine Arbeiten haftest du selbst.",
    "text_en": "You live and work in your studio.\n\n"
    "You pass on no key. Visitors work only while you are there.\n\n"
    "It is quiet from 22:30 to 8:00. You are liable for your own works.",
    "deposit_cents": 30_000,
    "presence_of": 2,
    "presence_parts": 3,
    "excused_count": True,
    "guests_at_once": 1,
    "guest_nights": 7,
    "report_days": 30,
    "keep_days": 180,
    "giver_name": "Co.Laboratorium Daig",
    "giver_address": _ADDRESS,
    "owner_name": "",
    "owner_address": "",
    "home_address": _ADDRESS,
}
THINGS = (
    ("Bett mit Matratze", "Bed with mattress"),
    ("Arbeitstisch", "Work table"),
    ("Zwei Stühle", "Two chairs"),
    ("Stehlampe", "Floor lamp"),
    ("Wasserkocher", "Kettle"),
)
BROKEN = "Stehlampe"


def open_files(by: User, *, at: datetime) -> list[Stay]:
    """As staff do. Whoever left first has sent a report, the others' are still to come."""
    write_terms(TERMS, by=by, at=at, based_on=0)
    for studio in studios():
        write_inventory(studio.slug, THINGS, by=by, at=at, based_on=())
    files = [open_stay(each.pk, by=by, at=at) for each in without_a_file(at)]
    for stay in files:
        sign_contract(stay.pk, version=1, by=by, at=at)
        _found(stay, CheckKind.ARRIVAL, {}, by=by, at=at)
        _found(stay, CheckKind.DEPARTURE, {BROKEN: "Fuß gebrochen"}, by=by, at=at)
    if files:
        words = "Drei Wochen Karten gezeichnet, zwei davon hängen jetzt im Flur."
        send_report(
            files[0].pk, words=words, works="", may_be_published=True, by=files[0].person, at=at
        )
    return files


def _found(stay: Stay, kind: str, broken: Mapping[str, str], *, by: User, at: datetime) -> None:
    """Both have gone through it together."""
    items = begin_list(stay.pk, kind, by=by, at=at).items.all()
    said = {
        each.pk: Found("damaged", broken[each.label_de]) if each.label_de in broken else Found("ok")
        for each in items
    }
    seen = fill_in(stay.pk, kind, said, by=by, at=at, based_on=1)
    for who in (by, stay.person):
        confirm_list(stay.pk, kind, by=who, at=at, based_on=seen)
