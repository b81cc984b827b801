"""The page of one week's figures."""

import pytest

from labbooking.research.actions import make_summary
from tests.research.conftest import a_study
from tests.research.log import agrees
from tests.research.test_summaries import MADE_AT, MONDAY, a_week

pytestmark = pytest.mark.django_db


@pytest.fixture
def study(rui):
    return a_study("futurework", rui, starts=MONDAY, house_figures=True)


def test_the_summary_page_shows_chart_and_tables(lab, study, five, rui, signed_in):
    for each in five:
        agrees(each, study)
    a_week(five)
    make_summary(study, MONDAY, at=MADE_AT)

    page = signed_in(rui).get("/research/futurework/summaries/2026-11-16/").content.decode()

    assert "<svg" in page
    assert '<td class="number">10.0</td>' in page
    assert "style=" not in page


def test_the_page_of_a_suppressed_week_says_so(study, rui, signed_in):
    make_summary(study, MONDAY, at=MADE_AT)

    page = signed_in(rui).get("/research/futurework/summaries/2026-11-16/").content.decode()

    assert "No figures for this week" in page
    assert "<table" not in page


@pytest.mark.parametrize("week_named", ["2026-11-17", "2026-13-01", "2026-11-31", "1999-01-04"])
def test_there_is_no_summary_of_what_is_no_summed_up_week(study, rui, signed_in, week_named):
    make_summary(study, MONDAY, at=MADE_AT)

    answer = signed_in(rui).get(f"/research/futurework/summaries/{week_named}/")

    assert answer.status_code == 404
