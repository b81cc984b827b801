"""The calls for applications of the demo lab: one that is open, and a draft of the next one."""

from __future__ import annotations

from datetime import datetime, time
from typing import Any

from equipment.models import Kind, Resource
from labbooking.period import DAY, WEEK, local_instant, week_start
from labbooking.residencies.calls import actions
from labbooking.residencies.calls.models import Call
from labbooking.residencies.calls.spec import CallSaid, CriterionSaid
from labbooking.when import lab_zone
from residents.models import User

CRITERIA = (
    CriterionSaid(
        "Die Arbeit", "The work",
        "Hat sie eine Frage, die uns nicht loslässt?",
        "Does it ask a question that does not let go of us?", 3,
        "Es ist fertig gedacht\nDie Frage ist eine geliehene\nDie Frage trägt ein Stück weit\n"
        "Die Frage ist eigen\nWir denken am nächsten Morgen noch daran",
        "It is thought through to its end\nThe question is a borrowed one\n"
        "The question carries for a while\nThe question is their own\n"
        "We still think of it the next morning",
    ),
    CriterionSaid(
        "Der Ort", "The place",
        "Braucht sie gerade dieses Haus, seine Werkstatt, seine Brillen, seine Leute?",
        "Does it need this very house, its workshop, its headsets, its people?", 2,
    ),
    CriterionSaid(
        "Das Miteinander", "The company",
        "Was hätten die anderen im Haus davon?",
        "What would the others in the house have of it?", 1,
    ),
)  # fmt: skip
OPEN: dict[str, Any] = {
    "name_de": "Residenzen: drei Ateliers, drei Monate",
    "name_en": "Residencies: three studios, three months",
    "summary_de": "Wir suchen Arbeiten zwischen Körper, Raum und Rechner. Ihr bekommt ein Atelier "
    "mit Bett, Zeit und ein Haus voller Leute, die auch suchen.",
    "summary_en": "We look for work between body, room and computer. You get a studio with a bed, "
    "time, and a house full of people who are looking, too.",
    "description_de": "Das Daig steht im Halfmannshof, einer Künstlersiedlung von 1931 im grünen "
    "Süden von Gelsenkirchen. Bis zu zehn Leute arbeiten hier Tisch an Tisch, drei davon wohnen "
    "im Haus.\n\nWir laden Menschen ein, die etwas angefangen haben und nicht wissen, wie es "
    "ausgeht: in Tanz, Klang, Bild, Text oder Code. Ihr müsst nichts fertig machen.\n\n"
    "- ein eigenes Atelier mit Bett und Tisch\n"
    "- die Werkstatt, vier AR-Brillen, zwei Telepräsenz-Schirme\n"
    "- am Ende ein offener Nachmittag, wenn ihr mögt",
    "description_en": "The Daig stands in the Halfmannshof, a settlement of artists since 1931, in "
    "the green south of Gelsenkirchen. Up to ten people work here side by side, and three of them "
    "live in the house.\n\nWe invite people who have begun something and do not know how it will "
    "end: in dance, sound, image, text or code. You need not finish anything.\n\n"
    "- a studio of your own with a bed and a table\n"
    "- the workshop, four AR headsets, two telepresence screens\n"
    "- an open afternoon at the end, if you like",
    "disciplines_de": "Tanz und Performance\nKlang\nBildende Kunst\nText\nMedien und Code",
    "disciplines_en": "Dance and performance\nSound\nVisual arts\nText\nMedia and code",
    "costs_de": "Das Atelier kostet nichts, Strom und Heizung auch nicht. Die Reise zahlen wir bis "
    "300 Euro. Material und Essen zahlt ihr vom Stipendium.",
    "costs_en": "The studio costs nothing, nor do electricity and heating. We pay for travel up to "
    "300 euros. Materials and food you pay for from the stipend.",
    "access_de": "Atelier 1 liegt ebenerdig, zu den anderen führt eine Treppe mit 14 Stufen. Das "
    "Bad im Erdgeschoss ist breit genug für einen Rollstuhl. Was ihr sonst braucht, sagt uns "
    "vorher: Wir finden einen Weg, und die Jury erfährt nichts davon.",
    "access_en": "Studio 1 is on the ground floor, 14 steps lead up to the others. The bathroom "
    "downstairs is wide enough for a wheelchair. Tell us beforehand what else you need: "
    "we find a way, and the jury hears nothing of it.",
    "family_de": "Ein Kind oder eine Begleitung kann mit im Atelier wohnen. Eine Kita ist zehn "
    "Minuten zu Fuß entfernt.",
    "family_en": "A child or a companion can live in the studio, too. A nursery is ten minutes "
    "away on foot.",
    "stipend_cents": 120_000,
    "blind": True,
}
_TERMS_DE = """Ihr wohnt mindestens zwei Drittel der Zeit im Haus.

Eure Bewerbung lesen das Team und die Jury, sonst niemand."""
_TERMS_EN = """You live in the house for at least two thirds of the time.

Your application is read by the team and the jury, and by nobody else."""
DRAFT: dict[str, Any] = {
    "name_de": "Winter im Daig",
    "name_en": "A winter in the Daig",
    "summary_de": "Kurze Aufenthalte für alle, die schreiben.",
    "summary_en": "Short stays for everybody who writes.",
}
EMPTY = dict.fromkeys(
    (f"{name}_{language}" for language in ("de", "en")
     for name in ("summary", "description", "disciplines", "costs", "access", "family")),
    "",
)  # fmt: skip


def write_calls(by: User, *, at: datetime) -> list[Call]:
    """As staff do: one is published, the other still a draft."""
    fields = {**OPEN, **_days(at, opens=-10, closes=10), "stay_weeks_min": 6, "stay_weeks_max": 13}
    studios = frozenset(Resource.objects.filter(type__kind=Kind.STUDIO).select_related("type"))
    said = CallSaid(fields, studios, CRITERIA, _TERMS_DE, _TERMS_EN)
    draft = actions.draft_call(said, slug="residencies", by=by, at=at)
    published = actions.publish(draft.slug, by=by, at=at, based_on=draft.revision)
    later = {**EMPTY, **DRAFT, **_days(at, opens=60, closes=100), "blind": True}
    later |= {"stay_weeks_min": 2, "stay_weeks_max": 4, "stipend_cents": None}
    return [published, actions.draft_call(CallSaid(later), slug="winter", by=by, at=at)]


def _days(at: datetime, *, opens: int, closes: int) -> dict[str, Any]:
    zone = lab_zone()
    today = at.astimezone(zone).date()
    first = week_start(today + (closes + 80) * DAY)
    return {
        "opens_at": local_instant(datetime.combine(today + opens * DAY, time(9)), zone),
        "closes_at": local_instant(datetime.combine(today + closes * DAY, time(20)), zone),
        "decision_on": today + (closes + 30) * DAY,
        "season_from": first,
        "season_until": first + 26 * WEEK,
        "arrival_weekdays": [0],
        "grace_minutes": 15,
        "email": "lab@daig.example",
    }
