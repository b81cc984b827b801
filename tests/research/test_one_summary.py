"""One summary of the house a week, nothing to subtract from it, and people counted on Mondays."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from labbooking.errors import WrongState
from labbooking.period import DAY, HOUR
from labbooking.research.actions import make_summary, put_study
from labbooking.research.figures.weekly import count_people_of_the_week, make_due_summaries
from labbooking.research.models import Study, UsageSummary
from tests.lab import berlin
from tests.research.conftest import a_study
from tests.research.log import NOW, agrees, an_export
from tests.research.test_summaries import MADE_AT, MONDAY, a_week, books

pytestmark = pytest.mark.django_db


@pytest.fixture
def figures(rui):
    return a_study("house-figures", rui, starts=MONDAY, house_figures=True)


def test_two_studies_that_differ_by_one_person_have_one_summary(
    lab, study, figures, rui, five, nia
):
    other = a_study("other", rui)
    for each in five:
        agrees(each, study)
        agrees(each, figures)
    for each in (*five, nia):
        agrees(each, other)
    a_week(five)
    books(nia, "seat-9")

    make_due_summaries(MADE_AT)

    (summary,) = UsageSummary.objects.all()
    assert (summary.study, summary.made_under) == (figures, 2)
    assert summary.figures["bookings"] == 5
    for each in (study, other):
        with pytest.raises(WrongState):
            make_summary(each, MONDAY, at=MADE_AT)


def test_a_week_that_was_told_study_by_study_is_not_told_again(study, figures):
    UsageSummary.objects.create(
        study=study, week_start=MONDAY, suppressed=True, made_at=NOW, made_under=1
    )

    assert make_due_summaries(MADE_AT) == 0
    with pytest.raises(WrongState):
        make_summary(figures, MONDAY, at=MADE_AT)


def test_there_are_no_second_figures_of_the_house(figures, study, rui):
    with pytest.raises(WrongState):
        a_study("others", rui, house_figures=True)
    with pytest.raises(IntegrityError), transaction.atomic():
        Study.objects.update(house_figures=True)


def test_who_agreed_to_a_study_did_not_agree_to_be_counted_and_the_other_way_round(
    figures, study, rui
):
    for slug, of_the_house in ((study.slug, True), (figures.slug, False)):
        with pytest.raises(WrongState):
            put_study(
                slug,
                fields={"house_figures": of_the_house},
                text_de="Ja.",
                text_en="Yes.",
                researchers=[rui],
                at=NOW,
            )


def test_the_figures_of_the_house_have_no_log(figures, rui, signed_in):
    with pytest.raises(WrongState):
        an_export(figures, rui)
    page = signed_in(rui).get("/research/house-figures/").content.decode()
    assert "Download as CSV" not in page
    assert "Weekly summaries" in page


def test_how_many_take_part_changes_on_mondays_alone(study, five, rui, signed_in):
    browser = signed_in(rui)

    def said():
        return browser.get("/research/futurework/").content.decode()

    for each in five:
        agrees(each, study)
    assert "the first count is still to come" in said()

    count_people_of_the_week(MADE_AT + 2 * DAY)
    assert "5 people took part on Mon 23 Nov" in said()

    study.consents.filter(person=five[0]).update(withdrawn_at=NOW)
    count_people_of_the_week(MADE_AT + 6 * DAY)
    assert "5 people took part on Mon 23 Nov" in said()

    count_people_of_the_week(MADE_AT + 7 * DAY)
    assert "Fewer than 5 people took part on Mon 30 Nov" in said()


def test_a_study_of_this_week_is_counted_from_next_monday_on(rui):
    new = a_study("new", rui)
    Study.objects.filter(pk=new.pk).update(made_at=berlin("2026-11-25 10:00"))

    count_people_of_the_week(berlin("2026-11-30 06:00") - HOUR)
    assert Study.objects.get().counted_on is None

    count_people_of_the_week(berlin("2026-11-30 06:00"))
    assert Study.objects.get().counted_on == date(2026, 11, 30)
