"""What a juror sees and presses, and what the chair does: through pages."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from labbooking.residencies.jury import actions
from labbooking.residencies.jury.models import Conflict, Juror, Jury
from labbooking.residencies.jury.reviews.models import Review
from tests.bookings.days import said as words
from tests.residencies.jury.judging import (
    AFTER,
    LONG_AGO,
    a_closed_call,
    a_read_call,
    all_finished,
    order,
    seated,
    states,
    task_of,
    tasks,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def call(lab, sam, jury):
    """One whose deadline is long over, by the clock that pages ask."""
    call = a_closed_call(sam, **LONG_AGO)
    seated(call, jury, sam)
    actions.distribute_tasks("summer", 3, by=sam, at=timezone.now())
    return call


def answers(call, grade=4, **more):
    keys = call.criteria.values_list("pk", flat=True)
    return {**{f"grade-{key}": grade for key in keys}, "based_on": 0, "do": "save", **more}


def test_a_juror_accepts_reads_saves_and_finishes(call, jury, signed_in):
    max_ = jury[1]
    browser, task = signed_in(max_), tasks(max_)[0]
    assert words(browser.get("/jury/")).count(">to read<") == 4
    page = browser.get(f"/jury/{task.pk}/")
    assert f"number {task.application.code[-1]}" in words(page)
    address = f"/jury/{task.pk}/"
    assert browser.post(address, answers(call, "", words="Half.")).status_code == 302
    assert "Half." in words(browser.get(address))
    kept = browser.post(address, answers(call, 3, based_on=1, do="keep"))
    assert (kept.status_code, kept.json()["revision"]) == (200, 2)
    late = browser.post(address, answers(call, 5, based_on=1, do="keep", words="Late."))
    assert (late.status_code, late.json()["revision"]) == (409, 2)
    overtaken = browser.post(address, answers(call, 5, based_on=1, words="Late."))
    assert (overtaken.status_code, "Another window" in words(overtaken)) == (409, True)
    assert browser.post(address, answers(call, 9, based_on=2)).status_code == 422
    missing = browser.post(address, {"based_on": 2, "do": "finish"})
    assert (missing.status_code, "Every criterion" in words(missing)) == (422, True)
    done = browser.post(address, answers(call, 5, based_on=2, do="finish", words="Well."))
    assert (done.status_code, done.url == address) == (302, False)
    assert "finished" in words(browser.get(address))
    assert browser.post(address, answers(call, 1, based_on=3)).status_code == 409


def test_the_order_of_tasks_is_each_jurors_own_and_stays(call, jury, signed_in):
    def shown(who):
        page = signed_in(who).get("/jury/")
        return [line.code for heap in page.context["heaps"] for line in heap.lines]

    orders = [shown(each) for each in jury]
    assert orders == [shown(each) for each in jury]
    assert {tuple(sorted(each)) for each in orders} == {
        ("code001", "code002", "code003", "code004")
    }
    assert len({tuple(each) for each in orders}) > 1


def test_one_press_gives_it_to_somebody_else(call, jury, signed_in):
    max_ = jury[1]
    browser, task = signed_in(max_), tasks(max_)[0]
    answer = browser.post(f"/jury/{task.pk}/conflict/", {"kind": "recognised"}, follow=True)
    assert (answer.status_code, "Somebody else decides" in words(answer)) == (200, True)
    assert browser.get(f"/jury/{task.pk}/").status_code == 404
    assert Conflict.objects.get().kind == "recognised"
    other = tasks(max_)[0]
    assert "Should somebody else decide" in words(browser.get(f"/jury/{other.pk}/conflict/"))
    assert browser.post(f"/jury/{other.pk}/conflict/", {"kind": "own"}).status_code == 422


def test_terms_come_before_anything_to_read(lab, sam, jury, signed_in):
    a_closed_call(sam)
    actions.invite_juror("summer", jury[0].email, by=sam, at=AFTER)
    browser = signed_in(jury[0])
    assert "something to agree to" in words(browser.get("/jury/"))
    assert "without your name" in words(browser.get("/jury/terms/summer/"))
    assert browser.post("/jury/terms/summer/").url == "/jury/"
    assert Juror.objects.get().accepted_terms_at
    assert signed_in(jury[1]).get("/jury/terms/summer/").status_code == 404
    assert "no jury" in words(signed_in(jury[1]).get("/jury/"))


def test_others_grades_show_once_the_chair_opened_and_ones_own_are_in(call, jury, signed_in):
    jo, max_, eva = jury
    all_finished(call, [jo, max_])
    address = f"/jury/{task_of(max_, 'code001').pk}/"
    assert "What others gave" not in words(signed_in(max_).get(address))
    assert signed_in(jo).post("/deciding/summer/open/").status_code == 302
    assert "J1: 3.00" in words(signed_in(max_).get(address))
    hers = signed_in(eva).get(f"/jury/{task_of(eva, 'code001').pk}/")
    assert "What others gave" not in words(hers)


def test_staff_name_jurors_deal_out_and_remind(lab, sam, jury, signed_in):
    a_closed_call(sam, **LONG_AGO)
    browser = signed_in(sam)
    assert "no jury yet" in words(browser.get("/deciding/summer/"))
    wrong = browser.post("/deciding/summer/jury/", {"email": "who@x.example"})
    assert (wrong.status_code, "Nobody with this address" in words(wrong)) == (422, True)
    for each in jury:
        typed = {"email": each.email, "is_chair": "on" if each is jury[0] else ""}
        assert browser.post("/deciding/summer/jury/", typed).status_code == 302
    early = browser.post("/deciding/summer/jury/deal/", {"reviews_each": 3}, follow=True)
    assert "jurors who have accepted" in words(early)
    for each in jury:
        actions.accept_jury_terms("summer", by=each, at=timezone.now())
    few = browser.post("/deciding/summer/jury/deal/", {"reviews_each": 4}, follow=True)
    assert "read by fewer" in words(few)
    reminded = browser.post("/deciding/summer/jury/remind/", follow=True)
    assert "is reminded" in words(reminded)
    assert "0 of 4 finished" in words(browser.get("/deciding/summer/jury/"))


def test_the_chair_opens_orders_moves_chooses_and_declines(call, jury, sam, signed_in):
    jo = jury[0]
    browser = signed_in(jo)
    assert "Open the results" in words(browser.get("/deciding/summer/"))
    assert "Nobody has finished" in words(browser.post("/deciding/summer/open/", follow=True))
    all_finished(call, jury, lambda _who, code: int(code[-1]))
    assert "what others gave until" in words(signed_in(sam).get("/deciding/summer/"))
    assert "results are open" in words(browser.post("/deciding/summer/open/", follow=True))
    page = words(browser.post("/deciding/summer/rank/", follow=True))
    assert "J1 4.00 · J2 4.00 · J3 4.00" in page
    assert order(call) == ["code004", "code003", "code002", "code001"]
    move = "/deciding/summer/order/code001/move/"
    assert browser.post(move, {"place": 1}).status_code == 422
    assert browser.post(move, {"place": 1, "reason": "Dance."}).status_code == 302
    page = browser.get("/deciding/summer/?taken=2")
    assert order(call)[0] == "code001"
    assert "Dance." in words(page)
    assert [each.line.is_last_taken for each in page.context["rows"]] == [False, True, False, False]
    assert "Fine." in words(browser.get("/deciding/summer/order/code001/"))
    assert browser.post("/deciding/summer/choose/", {"count": 9, "reserve": 0}).status_code == 422
    assert browser.post("/deciding/summer/choose/", {"count": 1, "reserve": 1}).status_code == 302
    assert "(1 chosen)" in words(browser.get("/deciding/summer/"))
    assert browser.post("/deciding/summer/decline/", {}).status_code == 422
    decline = browser.post("/deciding/summer/decline/", {"codes": ["code002", "code003"]})
    assert decline.status_code == 302
    assert sorted(states(call).values()) == ["chosen", "declined", "declined", "reserve"]


def test_a_name_shows_only_after_it_was_opened_with_a_reason(lab, sam, jury, signed_in):
    a_read_call(sam, jury)
    actions.make_ranking("summer", by=sam, at=AFTER)
    browser = signed_in(sam)
    assert "Artist" not in words(browser.get("/deciding/summer/"))
    assert browser.post("/deciding/summer/names/", {"reason": ""}).status_code == 422
    assert browser.post("/deciding/summer/names/", {"reason": "To write."}).status_code == 302
    assert "Artist" in words(browser.get("/deciding/summer/"))
    assert "Artist" not in browser.get("/deciding/summer/order.csv").content.decode()


def test_a_review_is_opened_again_by_the_chair_alone(lab, sam, jury, signed_in):
    a_read_call(sam, jury)
    review = Review.objects.filter(task__juror__person=jury[1]).first()
    address = f"/deciding/summer/reopen/{review.pk}/"
    assert signed_in(sam).post(address, {"reason": "A slip."}).status_code == 403
    browser = signed_in(jury[0])
    assert "J2" in words(browser.get(address))
    assert browser.post(address, {"reason": ""}).status_code == 422
    assert browser.post(address, {"reason": "A slip."}).status_code == 302


def test_a_formula_in_a_title_is_words_to_a_spreadsheet(lab, sam, jury, signed_in):
    call = a_read_call(sam, jury)
    call.applications.filter(code="code001").update(title="=HYPERLINK(1)")
    actions.make_ranking("summer", by=sam, at=AFTER)
    sheet = signed_in(sam).get("/deciding/summer/order.csv").content.decode()
    assert "'=HYPERLINK(1)" in sheet
    assert "J1:3.0000 J2:3.0000 J3:3.0000" in sheet


def test_nine_are_asked_for_in_as_many_queries_as_three(lab, sam, jury, signed_in):
    counts = []
    for slug, count in (("few", 3), ("more", 9)):
        call = a_closed_call(sam, count, slug=slug)
        seated(call, jury, sam)
        actions.distribute_tasks(slug, 3, by=sam, at=AFTER)
        all_finished(call, jury)
        actions.open_results(slug, by=jury[0], at=AFTER)
        actions.make_ranking(slug, by=sam, at=AFTER)
        browser = signed_in(sam)
        browser.get("/deciding/few/")
        with CaptureQueriesContext(connection) as asked:
            assert browser.get(f"/deciding/{slug}/?taken=2").status_code == 200
        counts.append(len(asked))
    assert counts[0] == counts[1] <= 12
    assert Jury.objects.count() == 2
