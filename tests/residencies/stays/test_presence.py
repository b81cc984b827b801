"""Nights here and away against a count day by day, and guests within limits that are data."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from labbooking.errors import NotAllowed, NotThere, Refused, WrongState
from labbooking.journal.models import Entry
from labbooking.period import Period
from labbooking.residencies.stays.models import StayTerms
from labbooking.residencies.stays.presence import actions
from labbooking.residencies.stays.presence.arithmetic import nights_in, presence
from labbooking.residencies.stays.presence.queries import presence_of
from labbooking.residencies.stays.presence.rules import guest_limits, most_at_once
from tests.lab import berlin
from tests.residencies.stays.staying import DEPARTURE, NOW, a_stay, arrived, departed, terms

FIRST = date(2027, 3, 20)
"""The clocks change eight days later."""


def spans(longest=40):
    """Also some that begin before, end after, or lie upside down."""
    days = st.integers(-10, longest)
    return st.tuples(days, days).map(lambda pair: tuple(FIRST + timedelta(each) for each in pair))


def days_in(span):
    return {span[0] + timedelta(number) for number in range((span[1] - span[0]).days)}


@given(st.integers(1, 40), st.lists(spans(), max_size=8))
def test_nights_are_counted_as_one_counts_days(length, away):
    stay = FIRST, FIRST + timedelta(length)
    expected = days_in(stay) & set().union(*(days_in(each) for each in away))
    assert nights_in(stay, away) == len(expected)


@given(st.integers(1, 90), st.integers(0, 90), st.integers(1, 9), st.data())
def test_the_share_is_exact(length, away, parts, data):
    of = data.draw(st.integers(0, parts))
    away = min(away, length)
    until = FIRST + timedelta(away)
    found = presence((FIRST, FIRST + timedelta(length)), [(FIRST, until)], (of, parts))
    assert found.is_enough == ((length - away) * parts >= of * length)
    assert found.is_enough == (found.left >= 0) == (found.here >= found.needed)


@given(st.lists(spans(8), max_size=5), spans(8).filter(lambda each: each[0] < each[1]))
def test_guests_at_once_are_counted_night_by_night(others, span):
    others = [each for each in others if each[0] < each[1]]
    expected = max(
        sum(night in days_in(each) for each in (span, *others)) for night in days_in(span)
    )
    assert most_at_once(span, others) == expected


def test_every_limit_is_told_at_once_and_is_data():
    span = FIRST, FIRST + timedelta(5)
    tight = StayTerms(version=1, guests_at_once=1, guest_nights=9)
    codes = [each.code for each in guest_limits(span, [span], tight)]
    assert codes == ["guest_nights", "too_many_guests"]
    assert not guest_limits(span, [span], StayTerms(version=1, guests_at_once=2, guest_nights=10))
    assert guest_limits(span, [], StayTerms(version=1, guests_at_once=0, guest_nights=99))


@pytest.mark.django_db
def test_nights_over_a_clock_change_are_dates(lab, ada, sam):
    period = Period(berlin("2027-03-27 15:00"), berlin("2027-03-30 11:00"))
    stay = a_stay(ada, sam, period=period)
    actions.note_absence(
        stay.pk, from_on=date(2027, 3, 28), until_on=date(2027, 3, 29), reason="work",
        by=ada, at=NOW,
    )  # fmt: skip
    found = presence_of(stay, stay.absences.all())
    assert (found.nights, found.away, found.needed, found.is_enough) == (3, 1, 2, True)


def away(stay, first, until, by, at=NOW):
    days = {"from_on": date(2027, 2, first), "until_on": date(2027, 2, until)}
    return actions.note_absence(stay.pk, **days, reason="family", by=by, at=at)


@pytest.mark.django_db
def test_too_many_nights_away_are_told_once_and_excused_by_staff(lab, ada, ben, sam):
    terms(sam, excused_count=True)
    stay = a_stay(ada, sam)
    away(stay, 2, 11, ada)
    assert not Entry.objects.filter(kind="stay.presence_low").exists()
    long = away(stay, 10, 14, ada)
    away(stay, 20, 21, ada)
    assert Entry.objects.filter(kind="stay.presence_low").count() == 1
    assert not presence_of(stay, stay.absences.all()).is_enough
    with pytest.raises(NotAllowed):
        actions.change_absence(stay.pk, long.pk, do="excuse", by=ada, at=NOW)
    with pytest.raises(NotThere):
        actions.change_absence(stay.pk, long.pk, do="remove", by=ben, at=NOW)
    actions.change_absence(stay.pk, long.pk, do="excuse", by=sam, at=NOW)
    assert presence_of(stay, stay.absences.all()).away == 10
    with pytest.raises(NotAllowed):
        actions.change_absence(stay.pk, long.pk, do="remove", by=ada, at=NOW)
    stay.terms.excused_count = False
    assert presence_of(stay, stay.absences.all()).away == 13
    for first, until in ((5, 5), (9, 8)):
        with pytest.raises(Refused):
            away(stay, first, until, ada)
    with pytest.raises(Refused):
        actions.note_absence(
            stay.pk, from_on=date(2027, 1, 31), until_on=date(2027, 2, 3), reason="work",
            by=ada, at=NOW,
        )  # fmt: skip


@pytest.mark.django_db
def test_nights_that_have_come_stay_on_record_unless_staff_remove_them(lab, ada, sam):
    terms(sam)
    stay = arrived(a_stay(ada, sam), sam)
    past, ahead = away(stay, 3, 5, ada), away(stay, 20, 21, ada)
    later = berlin("2027-02-10 12:00")
    with pytest.raises(WrongState, match="have begun"):
        actions.change_absence(stay.pk, past.pk, do="remove", by=ada, at=later)
    actions.change_absence(stay.pk, ahead.pk, do="remove", by=ada, at=later)
    actions.change_absence(stay.pk, past.pk, do="remove", by=sam, at=later)
    assert not stay.absences.exists()


@pytest.mark.django_db
def test_guests_are_announced_agreed_refused_and_gone(lab, ada, sam):
    terms(sam, guests_at_once=1, guest_nights=7)
    stay = a_stay(ada, sam)

    def guest(name, first, until, by=ada):
        days = {"from_on": date(2027, 2, first), "until_on": date(2027, 2, until)}
        return actions.announce_guest(stay.pk, name=name, **days, by=by, at=NOW)

    mira = guest("Mira", 5, 10)
    with pytest.raises(Refused) as refused:
        guest("Noa", 9, 13)
    assert [each.code for each in refused.value.refusals] == ["guest_nights", "too_many_guests"]
    with pytest.raises(NotAllowed):
        actions.decide_guest(stay.pk, mira.pk, agreed=True, by=ada, at=NOW)
    actions.decide_guest(stay.pk, mira.pk, agreed=False, reason="Painters.", by=sam, at=NOW)
    with pytest.raises(WrongState):
        actions.decide_guest(stay.pk, mira.pk, agreed=True, by=sam, at=NOW)
    noa = guest("Noa", 9, 13)
    actions.decide_guest(stay.pk, noa.pk, agreed=True, by=sam, at=NOW)
    actions.guest_is_gone(stay.pk, noa.pk, by=ada, at=berlin("2027-02-11 09:00"))
    noa.refresh_from_db()
    assert (noa.state, noa.nights) == ("gone", 2), "what is not used is free again"
    lou = guest("Lou", 12, 17)
    actions.guest_is_gone(stay.pk, lou.pk, by=ada, at=NOW)
    assert [each.name for each in stay.guests.all()] == ["Mira", "Noa"]
    data = str(list(Entry.objects.filter(kind__startswith="stay.").values_list("data", flat=True)))
    assert "Mira" not in data
    assert "Painters" not in data
    arrived(stay, sam)
    departed(stay, sam)
    with pytest.raises(WrongState):
        actions.announce_guest(
            stay.pk, name="Late", from_on=date(2027, 2, 20), until_on=date(2027, 2, 21),
            by=ada, at=DEPARTURE,
        )  # fmt: skip
