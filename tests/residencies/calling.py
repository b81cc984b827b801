"""Calls for applications, by the real actions."""

from dataclasses import asdict
from datetime import date, timedelta

from django.test import Client

from equipment.models import Resource
from labbooking.period import DAY, HOUR
from labbooking.residencies.calls import actions
from labbooking.residencies.calls.models import Call
from labbooking.residencies.calls.spec import CallSaid, CriterionSaid
from tests.bookings.days import said as in_page
from tests.lab import berlin

NOW = berlin("2027-01-04 12:00")
OPENS = berlin("2027-01-10 09:00")
CLOSES = berlin("2027-01-31 23:59")
A_SECOND = timedelta(seconds=1)
CRITERIA = (
    CriterionSaid("Idee", "Idea", "Trägt sie?", "Does it carry?", 3),
    CriterionSaid("Ort", "Place", "", "", 1),
)
WORDS = {
    "name_de": "Sommer im Daig",
    "name_en": "A summer in the Daig",
    "summary_de": "Ein Atelier mit Bett.",
    "summary_en": "A studio with a bed.",
    "description_de": "Wir suchen Arbeiten im Raum.",
    "description_en": "We look for work in space.",
    "disciplines_de": "Tanz\nKlang",
    "disciplines_en": "Dance\nSound",
    "costs_de": "Strom inbegriffen.",
    "costs_en": "Electricity is included.",
    "access_de": "Zwei Stufen; ruf an.",
    "access_en": "Two steps; give us a ring.",
    "family_de": "Kinder willkommen.",
    "family_en": "Children are welcome.",
}


def said(
    criteria=CRITERIA,
    terms=("Regeln", "Rules"),
    studios=("studio-1", "studio-2"),
    questions=(),
    **fields,
):
    found = frozenset(Resource.objects.filter(slug__in=studios).select_related("type"))
    days = {
        "opens_at": OPENS,
        "closes_at": CLOSES,
        "decision_on": date(2027, 2, 20),
        "season_from": date(2027, 4, 5),
        "season_until": date(2027, 10, 4),
    }
    numbers = {
        "grace_minutes": 15,
        "stay_weeks_min": 4,
        "stay_weeks_max": 12,
        "arrival_weekdays": [0],
        "arrival_every_weeks": 1,
        "cushion_days": 0,
        "disciplines_at_once_max": [],
        "disciplines_floor": [],
        "stipend_cents": 120_000,
    }
    rest = {"blind": True, "email": "lab@daig.example"}
    words = {**WORDS, **days, **numbers, **rest, **fields}
    return CallSaid(words, found, criteria, *terms, questions)


def a_draft(by, at=NOW, slug="summer", **more):
    return actions.draft_call(said(**more), slug=slug, by=by, at=at)


def a_call(by, at=NOW, slug="summer", **more):
    """One that is published."""
    draft = a_draft(by, at, slug, **more)
    return actions.publish(slug, by=by, at=at, based_on=draft.revision)


def around(now):
    """The days of a call that is open at `now`, for pages, which ask the clock themselves."""
    today = now.date()
    return {
        "opens_at": now - DAY,
        "closes_at": now + 10 * DAY,
        "decision_on": today + 30 * DAY,
        "season_from": today + 60 * DAY,
        "season_until": today + 240 * DAY,
    }


def open_at(by, now, slug="a-call", **more):
    return a_call(by, now - HOUR, slug, **{**around(now), **more})


def changed(slug, by, at=NOW, *, based_on=None, **more):
    seen = Call.objects.get(slug=slug).revision if based_on is None else based_on
    return actions.change_call(slug, said(**more), by=by, at=at, based_on=seen)


def visitor(language="en"):
    return Client(headers={"accept-language": language})


def page(address, language="en"):
    answer = visitor(language).get(address)
    assert answer.status_code == 200
    return in_page(answer)


def written(**more):
    """The body of a request that drafts a call."""
    all_of_it = said()
    fields = {
        name: value.isoformat() if isinstance(value, date) else value
        for name, value in {**all_of_it.fields, **more}.items()
    }
    criteria = [asdict(each) for each in all_of_it.criteria]
    terms = dict(zip(("terms_de", "terms_en"), all_of_it.terms, strict=True))
    return {"studios": ["studio-1"], "criteria": criteria, **terms, **fields}
