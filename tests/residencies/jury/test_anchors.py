"""What a grade means, in words of a criterion's own, from the call to the jury."""

from dataclasses import replace

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from labbooking.residencies.calls.models import Call
from labbooking.residencies.jury import actions
from tests.api.program import Program
from tests.bookings.days import said as words
from tests.residencies.calling import CRITERIA, a_draft, page, written
from tests.residencies.jury.judging import LONG_AGO, a_closed_call, seated, tasks
from tests.residencies.test_managing import typed

pytestmark = pytest.mark.django_db
DE = ("keine Frage", "eine alte Frage", "eine Frage", "eine eigene Frage", "eine, die bleibt")
EN = ("no question", "an old question", "a question", "one of its own", "one that stays")
ANCHORED = (
    replace(CRITERIA[0], anchors_de="\n".join(DE), anchors_en="\n".join(EN)),
    *CRITERIA[1:],
)
NEW = "/calls/manage/new/"


def test_staff_type_them_one_a_line_and_for_all_grades_or_for_none(lab, sam, now, signed_in):
    desk = signed_in(sam)
    lines = {"criterion-0-anchors_de": "\r\n".join(DE), "criterion-0-anchors_en": "\n".join(EN[:4])}
    refused = desk.post(NEW, typed(now, **lines))
    assert (refused.status_code, "from 1 to 5, one a line" in words(refused)) == (422, True)
    lines["criterion-0-anchors_en"] = "\n\n".join(f" {each} " for each in EN)
    assert desk.post(NEW, typed(now, **lines)).status_code == 302
    criterion = Call.objects.get().criteria.get()
    assert (criterion.anchors_de, criterion.anchors_en) == ("\n".join(DE), "\n".join(EN))
    assert EN[4] in words(desk.get("/calls/manage/winter/"))
    assert EN[4] in words(desk.get("/calls/manage/winter/preview/"))


def test_what_is_no_scale_is_refused_whichever_door_it_comes_by(lab, sam):
    anchored = ANCHORED[0]
    for wrong in (
        {"anchors_en": ""},
        {"anchors_de": "\n".join(DE[:4])},
        {"anchors_en": "\n".join((*EN, "more"))},
        {"anchors_en": "\n".join((*EN[:4], " "))},
    ):
        with pytest.raises(ValidationError) as refused:
            a_draft(sam, criteria=(replace(anchored, **wrong),))
        assert set(refused.value.message_dict) == {"criteria"}
    answer = Program(sam).post("calls/", written(criteria=[{
        "name_de": "Idee", "name_en": "Idea", "anchors_de": "eins", "anchors_en": "one",
    }]))  # fmt: skip
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (400, "criteria")


def test_applicants_programs_and_jurors_read_them_and_elsewhere_the_usual_words_hold(
    lab, sam, jury, signed_in
):
    call = a_closed_call(sam, 1, criteria=ANCHORED, **LONG_AGO)
    assert EN[4] in page("/calls/summer/")
    assert DE[4] in page("/calls/summer/", "de")
    first, *others = Program().get("calls/summer").json()["criteria"]
    assert first["anchors"] == [{"de": de, "en": en} for de, en in zip(DE, EN, strict=True)]
    assert {len(each["anchors"]) for each in others} == {0}

    seated(call, jury, sam)
    actions.distribute_tasks("summer", 3, by=sam, at=timezone.now())
    browser, task = signed_in(jury[1]), tasks(jury[1])[0]
    address = f"/jury/{task.pk}/"
    shown = words(browser.get(address))
    assert all(f"{grade} {meant}" in shown for grade, meant in enumerate(EN, 1))
    assert shown.count("5 outstanding") == len(CRITERIA) - 1
    grades = {f"grade-{each.pk}": 4 for each in call.criteria.all()}
    browser.post(address, {**grades, "based_on": 0, "do": "finish"})
    done = words(browser.get(address))
    assert f"4 {EN[3]}" in done
    assert done.count("4 strong") == len(CRITERIA) - 1
    assert EN[4] not in done


def test_a_call_that_is_saved_as_it_stands_keeps_them(lab, sam):
    staff, draft = Program(sam), a_draft(sam, criteria=ANCHORED)
    answer = staff.post(f"calls/{draft.slug}/change", {"name_en": "Autumn"})
    assert answer.json()["criteria"][0]["anchors"][4] == {"de": DE[4], "en": EN[4]}
