"""The life of an application: begun, saved, handed in, taken back, withdrawn, deleted."""

import pytest
from django.core.exceptions import ValidationError

from equipment.actions import Overtaken
from labbooking.errors import NotAllowed, NotThere, Refused, WrongState
from labbooking.journal.models import Entry
from labbooking.period import DAY, HOUR, MINUTE
from labbooking.residencies.applications import actions
from labbooking.residencies.applications.actions import CallClosed
from labbooking.residencies.applications.actions.reminding import remind
from labbooking.residencies.applications.models import Application
from labbooking.residencies.applications.requirements import what_is_missing
from labbooking.residencies.calls.actions import call_off
from labbooking.residencies.retention.actions import forget
from residents.membership.ending import change_role
from residents.models import Role
from tests.inductions.offered import code_of
from tests.people import person
from tests.residencies.applications.applying import A_SECOND, CALL, a_draft, handed_in, of
from tests.residencies.applications.applying import submitted as hand_in
from tests.residencies.calling import open_at

pytestmark = pytest.mark.django_db


@pytest.fixture
def call(lab, sam, now):
    return open_at(sam, now)


def kinds():
    found = Entry.objects.filter(kind__startswith="application.").order_by("at", "pk")
    return [each.kind.partition(".")[2] for each in found]


def test_from_the_first_word_to_the_last(call, ada, now):
    draft = actions.begin(CALL, by=ada, at=now)
    assert actions.begin(CALL, by=ada, at=now) == draft
    assert (len(draft.code), draft.language) == (4, "en")
    missing = {each.field for each in what_is_missing(draft)}
    assert missing == {"title", "discipline", "project", "about", "earliest", "latest",
                       "weeks_min", "weeks_wished", "weeks_max"}  # fmt: skip
    with pytest.raises(ValidationError) as told:
        actions.submit(CALL, by=ada, at=now, based_on=1, agreed=0)
    assert set(told.value.message_dict) == {*missing, "terms"}
    saved = a_draft(ada, now)
    assert saved.revision == 2
    with pytest.raises(Overtaken):
        actions.submit(CALL, by=ada, at=now, based_on=1, agreed=1)
    application = hand_in(saved, ada, now)
    assert application.state == "submitted"
    assert application.terms.version == 1
    assert len(application.receipt) == 64
    assert not application.late
    assert hand_in(saved, ada, now + HOUR).receipt == application.receipt  # pressed twice
    with pytest.raises(WrongState):
        actions.save_draft(CALL, {"title": "Other"}, by=ada, at=now, based_on=3)
    back = actions.take_back(CALL, by=ada, at=now)
    assert (back.state, back.receipt, back.terms, back.submitted_at) == ("draft", "", None, None)
    again = hand_in(back, ada, now + MINUTE)
    assert again.receipt != application.receipt
    actions.withdraw(CALL, by=ada, at=now + HOUR)
    other = actions.begin(CALL, by=ada, at=now + HOUR)
    assert other.pk != again.pk
    actions.discard(CALL, by=ada, at=now + HOUR)
    assert Application.objects.count() == 1
    assert kinds() == [
        "begun", "submitted", "taken_back", "submitted", "withdrawn", "begun", "discarded",
    ]  # fmt: skip


def test_two_windows_do_not_write_over_each_other(call, ada, now):
    draft = a_draft(ada, now)
    actions.save_draft(CALL, {"title": "New"}, by=ada, at=now, based_on=draft.revision)
    with pytest.raises(Overtaken):
        actions.save_draft(CALL, {"title": "Newer"}, by=ada, at=now, based_on=draft.revision)
    same = actions.save_draft(CALL, {"title": "New"}, by=ada, at=now, based_on=draft.revision)
    assert same.revision == draft.revision + 1
    assert of(ada).title == "New"


def test_the_deadline_counts_to_the_second_and_the_grace_is_noted(call, ada, ben, now):
    drafts = [a_draft(ada, now), a_draft(ben, now)]
    closes = call.closes_at
    assert code_of(actions.begin, CALL, by=person("Late"), at=closes) == "call_closed"
    taken = hand_in(drafts[0], ada, closes)
    assert taken.late == "grace"
    told = Entry.objects.get(kind="application.submitted")
    assert told.data == {"call": CALL, "code": taken.code, "late": "grace"}
    with pytest.raises(CallClosed):  # the grace is for coming in, not for going out again
        actions.take_back(CALL, by=ada, at=closes)
    end = closes + call.grace_minutes * MINUTE
    saved = actions.save_draft(
        CALL, {"title": "Last"}, by=ben, at=end - A_SECOND, based_on=drafts[1].revision
    )
    for act in (
        lambda: hand_in(saved, ben, end),
        lambda: actions.save_draft(CALL, {"title": "?"}, by=ben, at=end, based_on=saved.revision),
    ):
        with pytest.raises(CallClosed) as error:
            act()
        assert (error.value.code, error.value.status) == ("call_closed", 409)
        assert "Closed since" in error.value.detail
    assert of(ben).title == "Last"


def test_a_call_that_is_called_off_takes_nothing(call, sam, ada, now):
    draft = a_draft(ada, now)
    call_off(CALL, by=sam, at=now)
    with pytest.raises(CallClosed, match="called off"):
        hand_in(Application.objects.get(pk=draft.pk), ada, now)


def test_who_does_research_cannot_apply_and_others_apply_with_what_they_are(call, now, rui, sam):
    with pytest.raises(NotAllowed):
        actions.begin(CALL, by=rui, at=now)
    with pytest.raises(NotThere):
        actions.begin("nowhere", by=sam, at=now)
    for role in (Role.APPLICANT, Role.JUROR, Role.ADMIN):
        somebody = person(f"A {role}", role, email=f"{role}@x.example")
        assert actions.begin(CALL, by=somebody, at=now).person == somebody
    assert actions.begin(CALL, by=sam, at=now).person == sam


def test_staff_say_who_is_admitted_once_the_call_is_closed(call, sam, kim, ada, now):
    application, after = handed_in(ada, now), call.closes_at
    code = application.code

    def judged(eligible, reason="", by=sam, at=after):
        return actions.judge_eligibility(CALL, code, eligible=eligible, reason=reason, by=by, at=at)

    with pytest.raises(WrongState, match="still open"):
        judged(True, at=after - A_SECOND)
    with pytest.raises(NotAllowed):
        judged(True, by=ada)
    with pytest.raises(ValidationError):
        judged(False, "  ")
    refused = judged(False, "Outside the season.")
    assert (refused.state, refused.checked_by, refused.decided_at) == ("ineligible", sam, after)
    with pytest.raises(ValidationError):
        judged(True, by=kim)
    upheld = judged(True, "We had read it wrongly.", by=kim)
    assert (upheld.state, upheld.decided_at) == ("eligible", None)
    assert kinds()[-2:] == ["ineligible", "eligible"]
    with pytest.raises(NotThere):
        actions.judge_eligibility(CALL, "NONE", eligible=True, by=sam, at=after)


def test_nobody_judges_their_own(call, sam, now):
    code = handed_in(sam, now).code
    with pytest.raises(NotAllowed, match="own"):
        actions.judge_eligibility(CALL, code, eligible=True, by=sam, at=call.closes_at)


def test_staff_take_in_what_came_too_late_for_a_reason(call, sam, ada, ben, now):
    draft, end = a_draft(ada, now), call.taken_until
    empty = actions.begin(CALL, by=ben, at=now)
    with pytest.raises(WrongState):
        actions.hand_in_late(CALL, draft.code, "Outage", by=sam, at=now)
    with pytest.raises(ValidationError):
        actions.hand_in_late(CALL, draft.code, "", by=sam, at=end)
    with pytest.raises(ValidationError) as told:
        actions.hand_in_late(CALL, empty.code, "Outage", by=sam, at=end)
    assert "title" in told.value.message_dict
    taken = actions.hand_in_late(CALL, draft.code, "Outage", by=sam, at=end)
    assert (taken.state, taken.late, taken.terms.version) == ("submitted", "Outage", 1)
    assert kinds()[-1] == "late"
    assert "Outage" not in str(Entry.objects.get(kind="application.late").data)


def test_whoever_withdraws_may_have_all_of_it_deleted_until_it_is_decided(call, ada, ben, now):
    handed_in(ada, now)
    actions.withdraw(CALL, by=ada, at=now, erase=True)
    assert not Application.objects.exists()
    assert kinds()[-2:] == ["withdrawn", "erased"]
    application = handed_in(ben, now)
    Application.objects.filter(pk=application.pk).update(state="offered")
    with pytest.raises(WrongState):
        actions.withdraw(CALL, by=ben, at=now, erase=True)
    assert of(ben)


def test_drafts_and_what_was_withdrawn_go_after_thirty_days(call, ada, ben, nia, now):
    a_draft(ada, now)
    handed_in(ben, now)
    handed_in(nia, now)
    actions.withdraw(CALL, by=nia, at=now)
    assert forget(now + 30 * DAY - A_SECOND) == 0
    assert forget(now + 30 * DAY) == 1
    gone = call.closes_at + 30 * DAY
    assert forget(gone - A_SECOND) == 0
    assert forget(gone) == 1
    assert forget(gone) == 0
    assert [each.person for each in Application.objects.all()] == [ben]
    assert kinds()[-2:] == ["erased", "erased"]


def test_who_has_a_draft_is_reminded_after_a_week_and_before_the_deadline(lab, sam, ada, ben, now):
    call = open_at(sam, now, closes_at=now + 20 * DAY)
    a_draft(ada, now)
    handed_in(ben, now)
    week = now + 7 * DAY
    told = [remind(at) for at in (week - A_SECOND, week, week + HOUR)]
    assert told == [0, 1, 0]
    draft = of(ada)
    actions.save_draft(CALL, {"title": "Mine"}, by=ada, at=week + DAY, based_on=draft.revision)
    assert [remind(week + 7 * DAY), remind(week + 8 * DAY)] == [0, 1]
    closes = call.closes_at
    before = [closes - 72 * HOUR - A_SECOND, closes - 72 * HOUR, closes - 71 * HOUR,
              closes - 24 * HOUR, closes - HOUR, closes]  # fmt: skip
    assert [remind(at) for at in before] == [0, 1, 0, 1, 0, 0]
    hours = Entry.objects.filter(kind="application.closing_soon").order_by("at")
    assert [each.data["hours"] for each in hours] == [72, 24]


def test_who_comes_in_the_last_day_hears_of_it_once(call, ada, now):
    a_draft(ada, now)
    last = call.closes_at - HOUR
    assert [remind(last), remind(last)] == [1, 0]


def test_who_has_applied_does_no_research_with_whatever_role(call, ada, admin, now):
    actions.begin(CALL, by=ada, at=now)
    actions.discard(CALL, by=ada, at=now)
    with pytest.raises(Refused, match="cannot do research here"):
        change_role(ada.pk, Role.RESEARCHER, by=admin, at=now)
