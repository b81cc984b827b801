"""The demo lab's people. Their password is `daig-demo`; they exist in demo labs only."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from django.contrib.auth.hashers import make_password

from residents.actions import A_YEAR, give_induction
from residents.models import Role, User
from residents.queries import person_with

PASSWORD = "daig-demo"  # noqa: S105 - published on purpose, and refused outside of demo labs
DOMAIN = "daig.example"
ROOTS_SECRET = "MRQWSZ3MMFRC2ZDFNVXS24TPN52C22LT"  # noqa: S105 - likewise, told by `make run`
"""Of the app with codes that the administrator has set up: enter it in an app of your own."""


@dataclass(frozen=True, slots=True)
class Person:
    handle: str
    name: str
    role: Role = Role.CREATIVE
    language: str = "de"
    about: str = ""
    inducted_on: tuple[str, ...] = ()
    shown_in_house: bool = False
    seeks: str = ""
    offers: str = ""

    @property
    def is_shown_to_people(self) -> bool:
        """Who says what they seek or offer means it to be read."""
        return bool(self.seeks or self.offers)

    @property
    def email(self) -> str:
        return f"{self.handle}@{DOMAIN}"


HEADSETS = ("ar-headset",)
PEOPLE = (
    Person("root", "Robin Oot", Role.ADMIN, about="Konten, Rollen, Regeln."),
    Person("sam", "Sam Brandt", Role.STAFF, about="Werkstatt, Schlüssel, Antworten."),
    Person("kim", "Kim Yıldız", Role.STAFF, about="Residenzen und Programm."),
    Person("ada", "Ada Lindqvist", about="Zeichnet mit Licht und Lidar.", inducted_on=HEADSETS),
    Person("ben", "Ben Okafor", about="Tanz, Kamera, Bewegung.", inducted_on=HEADSETS),
    Person("nia", "Nia Petrova", language="en", about="Sound pieces for rooms that listen."),
    Person("rui", "Rui Almeida", Role.RESEARCHER, "en", "Observes how ideas come about."),
    Person(
        "lea",
        "Lea Hartmann",
        about="Textil und Elektronik.",
        inducted_on=HEADSETS,
        shown_in_house=True,
        seeks="Jemanden, der Sensoren lötet.",
        offers="Nähmaschine und leitfähiges Garn.",
    ),
    Person(
        "tom",
        "Tom Schreiber",
        about="Schreibt Stücke für Häuser.",
        shown_in_house=True,
        seeks="Stimmen für eine Lesung im Januar.",
    ),
    Person(
        "ines", "Inès Moreau", language="en", about="Maps of places gone.", inducted_on=HEADSETS
    ),
    Person(
        "jonas",
        "Jonas Weller",
        about="Modelle im Maßstab 1:20.",
        shown_in_house=True,
        offers="Zeigt gern, wie man mit Pappe plant.",
    ),
)


def move_in(at: datetime, password: str = PASSWORD) -> dict[str, User]:
    """Everybody by handle; who is missing is created, who is there already is left alone. What is
    published opens nothing where they have another password."""
    hashed = make_password(password)
    people = {each.handle: _person(each, hashed) for each in PEOPLE}
    for each in PEOPLE:
        for topic in each.inducted_on:
            person = people[each.handle]
            if not person.inductions.filter(topic=topic).exists():
                until = at + 3 * A_YEAR
                give_induction(person, topic, by=people["sam"], at=at, valid_until=until)
    if password == PASSWORD:
        _give_root_an_app(people["root"])
    return people


def _give_root_an_app(root: User) -> None:
    if not Authenticator.objects.filter(user=root).exists():
        TOTP.activate(root, ROOTS_SECRET)


def _person(each: Person, password: str) -> User:
    known = person_with(each.email)
    return known or User.objects.create(
        email=each.email,
        password=password,
        name=each.name,
        role=each.role,
        is_superuser=each.role == Role.ADMIN,
        language=each.language,
        about=each.about,
        shown_in_house=each.shown_in_house,
        shown_to_people=each.is_shown_to_people,
        seeks=each.seeks,
        offers=each.offers,
    )
