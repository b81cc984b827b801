"""What happened before a person's yes leaves only where they chose so."""

import re
from datetime import timedelta

import pytest
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from labbooking.journal.record import Happening, Touched, record
from labbooking.research.actions import make_summary, withdraw_consent
from labbooking.research.models import Consent
from tests.lab import berlin
from tests.research.conftest import a_study
from tests.research.log import NOW, agrees, an_export, happened, rows
from tests.research.test_summaries import MADE_AT, MONDAY, a_week

pytestmark = pytest.mark.django_db


def test_a_yes_covers_what_happens_from_now_on(study, rui, ada):
    happened(ada, at=NOW - timedelta(days=1))
    agrees(ada, study, from_first_day=False)
    happened(ada, at=NOW)

    (row,) = rows(an_export(study, rui), rui)

    assert row["at"] == "2026-11-23T12:00:00+01:00"


def test_a_yes_can_cover_what_is_recorded_since_the_first_day(study, rui, ada):
    happened(ada, at=NOW - timedelta(days=1))
    agrees(ada, study, from_first_day=True)

    assert len(rows(an_export(study, rui), rui)) == 1


def test_a_new_yes_does_not_bring_back_what_happened_in_between(study, rui, ada):
    agrees(ada, study, NOW - timedelta(days=3))
    withdraw_consent(study.slug, by=ada, at=NOW - timedelta(days=2))
    happened(ada, at=NOW - timedelta(days=1))
    agrees(ada, study, NOW, from_first_day=False)

    assert rows(an_export(study, rui), rui) == []


def test_an_entry_about_two_people_leaves_since_both_agreed(study, rui, ada, ben):
    agrees(ada, study, NOW, from_first_day=False)
    agrees(ben, study, NOW + timedelta(hours=2), from_first_day=False)
    both = [Touched("subject", str(each.subject_key), "person") for each in (ada, ben)]
    for hours in (1, 3):
        at = NOW + timedelta(hours=hours)
        with transaction.atomic():
            record(Happening("booking.requested", at, (Touched("booking", "1", "about"), *both)))

    (row,) = rows(an_export(study, rui), rui)

    assert row["at"] == "2026-11-23T15:00:00+01:00"


@pytest.mark.parametrize(
    ("covers", "since"),
    [("", None), ("from_now_on", None), ("from_first_day", "2026-01-01 00:00"), ("x", "refused")],
)
def test_the_page_asks_what_a_yes_covers_and_means_from_now_on(
    study, ada, signed_in, covers, since
):
    browser = signed_in(ada)
    page = browser.get("/consents/").content.decode()
    assert re.search(r'value="from_now_on" checked', page)

    before = timezone.now()
    data = {"version": 1, "covers": covers}
    answer = browser.post(reverse("consent_give", args=[study.slug]), data)

    if since == "refused":
        assert (answer.status_code, Consent.objects.count()) == (400, 0)
    elif since:
        assert Consent.objects.get().covers_from == berlin(since)
    else:
        assert before <= Consent.objects.get().covers_from <= timezone.now()


def test_what_began_before_a_yes_covers_anything_is_in_no_sum(lab, rui, five):
    study = a_study("house-figures", rui, starts=MONDAY, house_figures=True)
    a_week(five)
    for each in five:
        agrees(each, study, berlin("2026-11-17 10:01"), from_first_day=False)

    assert make_summary(study, MONDAY, at=MADE_AT).suppressed
