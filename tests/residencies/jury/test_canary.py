"""Whatever a juror can get, byte by byte: who applies is nowhere in it.

The walk asks every address of the house for it, as juror and as chair; and a template that shows
the person makes it fail, or it would prove nothing."""

import pytest
from django.conf import settings
from django.core import mail
from django.test import override_settings
from django.utils import timezone

from labbooking.notifications.models import Notification
from labbooking.period import DAY
from labbooking.residencies.calls.models import Call
from labbooking.residencies.jury import actions
from labbooking.residencies.works.models import Work, WorkKind
from residents.models import Role
from tests.notifications.post import tell
from tests.people import person
from tests.residencies.calling import open_at
from tests.residencies.canary import (
    addresses_of_pictures,
    an_application_of_the_canary,
    assert_unseen,
    bytes_of,
    holds,
)
from tests.residencies.jury.judging import all_finished, an_application, seated, task_of
from tests.residencies.works.applied import handed_in
from tests.routes import addresses

pytestmark = pytest.mark.django_db
SLUG, CODE = "a-call", "RUMO"


@pytest.fixture
def call(lab, sam, jury, signed_in):
    """Over, dealt out to a jury, with one application that is full of the token."""
    now = timezone.now()
    call = open_at(sam, now)
    who = person("Lin", Role.APPLICANT)
    handed_in(an_application_of_the_canary(who, call, signed_in), "eligible")
    Call.objects.update(opens_at=now - 9 * DAY, closes_at=now - DAY)
    call.refresh_from_db()
    an_application(call, 1)
    seated(call, jury, sam, now)
    actions.distribute_tasks(SLUG, 3, by=sam, at=now)
    return call


@pytest.fixture
def work(call):
    return Work.objects.get(kind=WorkKind.LINK)


def asked(browser, who):
    """The answers of every address without a number of its own, and of all that is theirs."""
    words = {"<slug:slug>": SLUG, "<slug:code>": CODE, "<int:pk>": f"{task_of(who, CODE).pk}"}
    words["<task_id>"] = words["<int:pk>"]
    for whole, _name in addresses():
        if whole.startswith(("^", "admin/", "logout")):
            continue
        path = whole
        for word, value in words.items():
            path = path.replace(word, value)
        if "<" not in path:
            yield path, browser.get(f"/{path}")


def leaks(browser, who):
    return [path for path, answer in asked(browser, who) if holds(bytes_of(answer))]


def test_nothing_that_a_juror_can_get_says_who_applies(call, jury, signed_in):
    max_ = jury[1]
    browser, task = signed_in(max_), task_of(max_, CODE)
    there = [path for path, answer in asked(browser, max_) if answer.status_code == 200]
    assert {f"jury/{task.pk}/", f"api/v1/jury/tasks/{task.pk}"} <= set(there)
    assert leaks(browser, max_) == []
    pictures = addresses_of_pictures(task.application)
    assert len(pictures) == 9
    for address in pictures:
        assert_unseen(browser.get(address))
    actions.declare_conflict(task.pk, "recognised", by=max_, at=timezone.now())
    assert {browser.get(address).status_code for address in pictures} == {404}


def test_nothing_that_the_chair_can_get_says_who_applies_before_names_are_opened(
    call, jury, sam, signed_in
):
    jo, now = jury[0], timezone.now()
    all_finished(call, jury, at=now)
    actions.open_results(SLUG, by=jo, at=now)
    actions.make_ranking(SLUG, by=jo, at=now)
    browser = signed_in(jo)
    answers = dict(asked(browser, jo))
    shown = {f"deciding/{SLUG}/", f"deciding/{SLUG}/order.csv", f"api/v1/calls/{SLUG}/order"}
    for path in shown:
        assert_unseen(answers[path])
        assert_unseen(signed_in(sam).get(f"/{path}"))
    assert [path for path, answer in answers.items() if holds(bytes_of(answer))] == []
    actions.open_identities(SLUG, "To invite them.", by=jo, at=now)
    assert holds(bytes_of(browser.get(f"/deciding/{SLUG}/")))


def test_a_link_opens_after_a_warning_and_for_whom_it_is_to_read(
    call, work, jury, ada, sam, signed_in
):
    page = signed_in(jury[1]).get(f"/jury/go/{work.key}/")
    assert page.status_code == 200
    assert b"may name the artist" in page.content
    for who in (ada, sam):
        assert signed_in(who).get(f"/jury/go/{work.key}/").status_code == 404
    other = Work.objects.exclude(kind=WorkKind.LINK).first()
    assert signed_in(jury[1]).get(f"/jury/go/{other.key}/").status_code == 404


def test_no_mail_to_a_juror_says_who_applies(call, jury, sam):
    actions.remind(SLUG, by=sam, at=timezone.now())
    tell(timezone.now() + DAY / 1440)
    told = {each.template for each in Notification.objects.filter(recipient__in=jury)}
    assert {"jury_tasks", "jury_reminder"} <= told
    assert len(mail.outbox) >= len(jury)
    for letter in mail.outbox:
        assert not holds(letter.message().as_bytes())


def test_an_answer_to_a_wrong_press_says_no_more(call, jury, signed_in):
    browser, task = signed_in(jury[1]), task_of(jury[1], CODE)
    for typed, status in (({"do": "finish"}, 422), ({"do": "keep", "based_on": 9}, 409)):
        assert_unseen(browser.post(f"/jury/{task.pk}/", typed), status=status)


def test_what_is_answered_to_an_act_by_api_says_no_more(call, jury, signed_in):
    browser, task = signed_in(jury[1]), task_of(jury[1], CODE)
    one = f"/api/v1/jury/tasks/{task.pk}"
    grades = {f"{each.pk}": 4 for each in call.criteria.all()}
    for act, body, status in (
        ("change", {"based_on": 0, "grades": grades}, 200),
        ("change", {"based_on": 0}, 409),
        ("finish", {"based_on": 1}, 400),
        ("finish", {"based_on": 1, "grades": grades}, 200),
        ("conflict", {"kind": "no"}, 400),
        ("conflict", {"kind": "recognised"}, 204),
    ):
        answer = browser.post(f"{one}/{act}", body, content_type="application/json")
        assert_unseen(answer, status=status)


def test_a_template_that_shows_the_person_is_found(call, jury, signed_in, tmp_path):
    """The walk would see it: a page that reaches past the blind copy for the name."""
    mutant = tmp_path / "jury/_grades.html"
    mutant.parent.mkdir()
    mutant.write_text("{{ task.application.person.name }}")
    engine = dict(settings.TEMPLATES[0])
    engine["DIRS"] = [tmp_path, *engine["DIRS"]]
    with override_settings(TEMPLATES=[engine]):
        task = task_of(jury[1], CODE)
        assert leaks(signed_in(jury[1]), jury[1]) == [f"jury/{task.pk}/"]
