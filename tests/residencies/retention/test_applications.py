"""What was sent for a call goes on its day, with what the jury wrote of it and who sent it."""

from datetime import UTC

import pytest

from labbooking.journal.models import Entry
from labbooking.period import DAY, WEEK
from labbooking.residencies.applications.models import Application
from labbooking.residencies.jury.reviews.models import Review
from labbooking.residencies.retention.actions import forget
from labbooking.residencies.retention.models import ApplicationCount, GradeCount
from labbooking.residencies.retention.queries import left_of
from labbooking.residencies.works.models import Work
from residents.models import User
from tests.lab import berlin
from tests.residencies.calling import CLOSES, open_at
from tests.residencies.jury.judging import AFTER as LOCAL
from tests.residencies.jury.judging import a_closed_call, a_read_call, an_application
from tests.residencies.retention.walking import gone_after, nights, told_of
from tests.residencies.works.applied import an_application as shown_in
from tests.residencies.works.applied import an_image, handed_in, shows, some_pages

pytestmark = pytest.mark.django_db
AFTER = LOCAL.astimezone(UTC)  # days of which clocks make no hour more
IN_THE_END = {
    "draft": {"state": "draft", "submitted_at": None},
    "withdrawn": {"state": "withdrawn", "withdrawn_at": AFTER},
    "declined": {"state": "declined", "decided_at": AFTER},
    "ineligible": {"state": "ineligible", "decided_at": AFTER},
    "refused": {"state": "refused", "decided_at": AFTER},
    "lapsed": {"state": "lapsed", "decided_at": AFTER},
    "called back": {"state": "called_back", "decided_at": AFTER},
    "offered": {"state": "offered", "decided_at": AFTER},
    "accepted": {"state": "accepted", "decided_at": AFTER},
}


def applied(call, fields, start=1):
    return {
        name: an_application(call, n, **{"submitted_at": CLOSES - DAY, **said})
        for n, (name, said) in enumerate(fields.items(), start)
    }


def test_day_by_day_each_goes_on_its_day_and_its_account_a_week_later(lab, sam):
    call = a_closed_call(sam, applications=0)
    sent = applied(call, IN_THE_END)
    people = {name: each.person for name, each in sent.items()}
    there = {name: Application.objects.filter(pk=each.pk) for name, each in sent.items()}
    accounts = {
        f"who {name}": User.objects.filter(pk=each.pk, erased_at=None)
        for name, each in people.items()
    }
    gone, left = gone_after({**there, **accounts}, AFTER, (*range(1, 40), *range(172, 190)))
    applications = {"draft": 29, "withdrawn": 30}
    decided = ("declined", "ineligible", "refused", "lapsed", "called back")
    applications |= dict.fromkeys(decided, 180)
    assert gone == {
        **applications,
        **{f"who {name}": night + 7 for name, night in applications.items()},
    }
    assert left == {"offered", "accepted", "who offered", "who accepted"}
    assert len(told_of("application.erased")) == len(told_of("data.about_to_go")) == 7
    assert {each["call"] for each in told_of("data.gone")} == {"summer"}
    kept = {each[1]: each[3] for each in left_of(call).applications}
    assert kept == {"declined": 1, "not admitted": 1, "offer turned down": 1, "offer lapsed": 1,
                    "offer called back": 1}  # fmt: skip


def test_what_nobody_decided_goes_so_long_after_its_season(lab, sam):
    call = a_closed_call(sam, applications=0)
    sent = applied(
        call, {"ranked": {"state": "ranked"}, "reserve": {"state": "reserve", "decided_at": AFTER}}
    )
    rows = {name: Application.objects.filter(pk=each.pk) for name, each in sent.items()}
    over = berlin(f"{call.season_until} 00:00")
    gone, _left = gone_after(rows, over, range(177, 182))
    assert gone == {"ranked": 180, "reserve": 180}


def test_each_is_told_once_a_week_before_and_anew_when_the_day_is_another(lab, sam):
    call = a_closed_call(sam, applications=0)
    sent = applied(call, {"declined": IN_THE_END["declined"]})["declined"]
    told = {}
    for night in nights(AFTER, range(165, 173)):
        told[night] = len(told_of("data.about_to_go"))
    assert set(told.values()) == {0}
    forget(AFTER + 173 * DAY)
    forget(AFTER + 174 * DAY)
    (data,) = told_of("data.about_to_go")
    assert data["goes_at"] == (AFTER + 180 * DAY).isoformat()
    call.keep_declined_days = 176
    call.save(update_fields=["keep_declined_days"])
    forget(AFTER + 175 * DAY)
    assert len(told_of("data.about_to_go")) == 2
    assert forget(AFTER + 176 * DAY) == 1
    assert not Application.objects.filter(pk=sent.pk).exists()


def test_what_the_jury_wrote_goes_at_the_latest_after_its_own_time(lab, sam, jury):
    call = a_read_call(sam, jury, applications=2, grade=lambda _who, _code: 4)
    kept, declined = call.applications.order_by("code")
    for each, state in ((kept, "accepted"), (declined, "declined")):
        Application.objects.filter(pk=each.pk).update(state=state, decided_at=AFTER)
    rows = {
        each.code: Review.objects.filter(task__application=each.pk) for each in (kept, declined)
    }
    gone, left = gone_after(rows, AFTER, (*range(178, 183), *range(362, 367)))
    assert (gone, left) == ({kept.code: 365, declined.code: 180}, set())
    assert Application.objects.get() == kept
    assert set(GradeCount.objects.values_list("grade", "count")) == {(4, 6)}
    assert left_of(call).grades == [
        (name, [None, None, None, 6, None]) for name in ("Idea", "Place")
    ]
    (told,) = [each for each in told_of("data.gone") if "number" not in each]
    assert told["what"]["review"] == 3
    assert not {"Fine.", kept.code} & set(str(told).split())


def test_files_of_works_go_with_their_application(
    lab, sam, ada, now, settings, tmp_path, django_capture_on_commit_callbacks
):
    settings.MEDIA_ROOT = tmp_path
    call = open_at(sam, now)
    application = shown_in(ada, call)
    shows(ada, picture=an_image())
    shows(ada, paper=some_pages("One", "Two"))
    files = [each for each in tmp_path.rglob("*") if each.is_file()]
    assert len(files) > 3
    handed_in(application, "declined")
    Application.objects.update(decided_at=now)
    with django_capture_on_commit_callbacks(execute=True):
        forget(now + 179 * DAY)
        assert Work.objects.count() == 2
        forget(now + 180 * DAY)
    assert not Work.objects.exists()
    assert not [each for each in tmp_path.rglob("*") if each.is_file()]
    assert told_of("data.gone")[0]["what"]["work"] == 2


def test_grades_that_few_gave_are_not_told(lab, sam, jury):
    call = a_read_call(sam, jury, applications=1)
    Application.objects.update(state="declined", decided_at=AFTER)
    forget(AFTER + 180 * DAY)
    assert GradeCount.objects.exists()
    assert left_of(call).grades == [(name, [None] * 5) for name in ("Idea", "Place")]


def test_who_has_something_else_here_keeps_the_account(lab, sam, admin):
    call, other = a_closed_call(sam, 0), a_closed_call(sam, 0, slug="autumn")
    first = applied(call, {"declined": IN_THE_END["declined"]})["declined"]
    an_application(other, 9, first.person, state="offered", decided_at=AFTER)
    came_back = applied(call, {"refused": IN_THE_END["refused"]}, 2)["refused"].person
    night = AFTER + 180 * DAY
    forget(night)
    User.objects.filter(pk=came_back.pk).update(last_login=night + 2 * DAY)
    forget(night + WEEK)
    assert not User.objects.exclude(erased_at=None).exists()
    forget(night + WEEK + 2 * DAY)
    assert [each.pk for each in User.objects.exclude(erased_at=None)] == [came_back.pk]
    assert Entry.objects.filter(kind="account.erased").count() == 1
    assert ApplicationCount.objects.filter(call=call, state="declined", count=1).exists()
