"""Applying by the pages: from the link in a mail to the receipt, and what staff see of it."""

import re

import pytest
from django.core.cache import cache
from django.utils import timezone

from labbooking.journal.models import Entry
from labbooking.period import HOUR, MINUTE
from labbooking.residencies.applications import actions
from labbooking.residencies.applications.actions.reminding import remind
from labbooking.residencies.applications.models import Application
from residents.models import Role, User
from residents.signin.asking.actions import LINKS_AN_HOUR, take_up
from residents.signin.models import AccountRequest
from tests.bookings.days import said
from tests.notifications.post import tell, text
from tests.people import person
from tests.residencies.applications.applying import CALL, PAGE, a_draft, close, handed_in, of, typed
from tests.residencies.calling import visitor as browser

pytestmark = pytest.mark.django_db
MANAGE = f"/calls/manage/{CALL}/applications/"
DOOR = {"name": "Lin", "email": "lin@x.example"}


def posted(at=None):
    """What is asked for is looked up, and its mails are sent."""
    at = at or timezone.now()
    take_up(at=at)
    return tell(at)


def link(mailbox):
    found = re.search(r"/apply/[^\s]*/link/[^\s]+", text(mailbox.only()))
    mailbox.empty()
    return found[0]


def test_a_stranger_applies_by_a_link_and_gets_an_account_only_when_it_is_opened(call, mailbox):
    there = browser()
    assert PAGE in there.get(f"/calls/{CALL}/").content.decode()
    assert "Send me the link" in said(there.get(PAGE))
    assert "half an hour" in said(there.post(PAGE, DOOR, follow=True))
    posted()
    assert not User.objects.filter(email=DOOR["email"]).exists()
    address = link(mailbox)
    assert browser().get(address).status_code == 302  # a program that looks at links
    assert there.get(address).url == f"{PAGE}come/"
    assert not User.objects.filter(email=DOOR["email"]).exists()
    assert there.post(f"{PAGE}come/", {"name": "Sam"}).status_code == 422  # as one of the staff
    assert there.post(f"{PAGE}come/", {"name": "Lin"}).url == PAGE
    lin = User.objects.get(email=DOOR["email"])
    assert (lin.role, lin.name, lin.language) == (Role.APPLICANT, "Lin", "en")
    assert not lin.has_usable_password()
    assert of(lin).code in said(there.get(PAGE))
    other = browser()
    other.get(address)
    answer = other.get(f"{PAGE}come/")
    assert answer.status_code == 410
    assert "used already" in said(answer)
    # The way back is the same page.
    other.post(PAGE, {"name": "whoever", "email": "LIN@x.example"})
    posted()
    other.get(link(mailbox))
    assert "Go on with your application" in said(other.get(f"{PAGE}come/"))
    assert other.post(f"{PAGE}come/").url == PAGE
    assert of(lin).code in said(other.get(PAGE))
    assert Application.objects.count() == 1


def test_the_answer_is_the_same_for_every_address_and_the_mail_says_how_to_go_on(
    call, ada, rui, mailbox
):
    left = person("Gone", email="gone@x.example")
    User.objects.filter(pk=left.pk).update(is_active=False)
    answers = set()
    for address in ("new@x.example", ada.email, rui.email, left.email):
        answer = browser().post(PAGE, {"name": "N", "email": address})
        answers.add((answer.status_code, answer.url, answer.content))
    assert len(answers) == 1
    posted()
    told = {mail["To"]: text(mail) for mail in mailbox.mails}
    assert "Begin my application" in told["new@x.example"]
    assert f"/login/?next=%2Fapply%2F{CALL}%2F" in told[ada.email]
    assert "has ended" in told[left.email]
    assert not any("\nN" in each for each in told.values())
    assert "/link/" not in told[ada.email] + told[rui.email] + told[left.email]


def test_a_link_works_for_half_an_hour_and_an_address_gets_five_an_hour(call, mailbox, settings):
    there = browser()
    for _each in range(LINKS_AN_HOUR + 1):
        there.post(PAGE, DOOR)
    posted()
    assert len(mailbox.mails) == LINKS_AN_HOUR
    asked = AccountRequest.objects.order_by("pk").first()
    mailbox.empty()
    AccountRequest.objects.all().update(asked_at=timezone.now() - 2 * HOUR)
    there.post(PAGE, DOOR)
    posted()
    address = link(mailbox)
    AccountRequest.objects.exclude(pk=asked.pk).update(asked_at=timezone.now() - 30 * MINUTE)
    there.get(address)
    assert "too old" in said(there.get(f"{PAGE}come/"))
    assert there.post(f"{PAGE}come/", {"name": "Lin"}).status_code == 410
    assert not User.objects.filter(email=DOOR["email"]).exists()
    settings.APPLYING_RATE = "1/h"
    cache.clear()
    statuses = [browser().post(PAGE, {**DOOR, "email": f"{n}@x.example"}).status_code for n in "ab"]
    assert statuses == [302, 429]


def test_a_draft_is_written_saved_handed_in_and_taken_back_without_scripts(
    call, ada, signed_in, mailbox
):
    there = signed_in(ada)
    assert "Begin my application" in said(there.get(PAGE))
    assert there.post(PAGE, follow=True)["ETag"] == '"1"'
    code = of(ada).code
    wrong = there.post(
        PAGE, {**typed(call), "based_on": 1, "earliest": "2027-02-31", "weeks_min": 0}
    )
    assert wrong.status_code == 422
    assert "2027-02-31" in wrong.content.decode()
    assert of(ada).title == "Rope and room"  # what could be kept is kept
    assert of(ada).earliest is None
    assert "Before it can be handed in" in said(there.get(f"{PAGE}submit/"))
    answer = there.post(PAGE, {**typed(call), "based_on": 2, "check": 1})
    assert answer.url == f"{PAGE}submit/"
    page = said(there.get(answer.url))
    assert "Ropes that hold a room." in page
    assert "What applies, version 1" in page
    refused = there.post(answer.url, {"based_on": 3})
    assert refused.status_code == 422
    assert "agree" in said(refused)
    assert there.post(answer.url, {"based_on": 2, "agreed": 1}).status_code == 409
    assert there.post(answer.url, {"based_on": 3, "agreed": 1}).url == PAGE
    page = said(there.get(PAGE))
    assert of(ada).receipt[:12] in page
    tell(timezone.now())
    copy = text(mailbox.only())
    for part in ("Rope and room", "Ropes that hold a room.", "I work with ropes.", "Sound", code,
                 "6 weeks; from 4 to 8 weeks are possible", of(ada).receipt[:12]):  # fmt: skip
        assert part in copy
    assert "Take it back" in said(there.get(f"{PAGE}take-back/"))
    there.post(f"{PAGE}take-back/")
    there.post(f"{PAGE}discard/")
    assert not Application.objects.exists()


def test_fields_save_themselves_and_two_windows_see_both_texts(call, ada, signed_in, now):
    there, draft = signed_in(ada), a_draft(ada, now)

    def put(revision, **fields):
        body = "&".join(f"{name}={value}" for name, value in fields.items())
        return there.put(PAGE, body, "application/x-www-form-urlencoded",
                         headers={"if-match": f'"{revision}"'})  # fmt: skip

    answer = put(draft.revision, title="One")
    assert (answer.status_code, answer["ETag"]) == (200, f'"{draft.revision + 1}"')
    other = put(draft.revision, title="Two", discipline="0")
    assert other.status_code == 409
    assert other.json()["there"] == {"title": "One", "discipline": "Sound"}
    assert other["ETag"] == answer["ETag"]
    assert put(draft.revision + 1, title="Two").status_code == 200
    wrong = put(draft.revision + 2, weeks_min="11", title="Three")
    assert wrong.status_code == 422
    assert list(wrong.json()["errors"]) == ["weeks_min"]
    assert (of(ada).title, of(ada).weeks_min) == ("Three", 4)
    assert put(draft.revision + 3, weeks_min="5", weeks_wished="5").status_code == 200
    assert put("", title="x").status_code == 409
    page = there.post(PAGE, {**typed(call), "title": "Mine", "based_on": draft.revision})
    assert page.status_code == 409
    assert "Three" in said(page)
    assert "Mine" in page.content.decode()
    assert browser().put(PAGE, "title=x").status_code == 401
    assert put(of(ada).revision, project="x" * 100_000).status_code == 422


def test_after_the_end_the_draft_can_still_be_read_and_nothing_else(call, ada, signed_in, now):
    there, draft = signed_in(ada), a_draft(ada, now)
    close(call)
    for answer in (
        there.post(f"{PAGE}submit/", {"based_on": draft.revision, "agreed": 1}),
        there.post(PAGE, {**typed(call), "title": "Late", "based_on": draft.revision}),
    ):
        assert answer.status_code == 409
        page = said(answer)
        assert "Closed since" in page
        assert "Ropes that hold a room." in page
    kept = there.put(PAGE, "title=x", headers={"if-match": f'"{draft.revision}"'})
    assert (kept.status_code, kept.json()["code"]) == (409, "call_closed")
    assert "still read it here" in said(there.get(PAGE))
    assert "To my application" in said(browser().get(f"/calls/{CALL}/"))
    assert browser().post(PAGE, DOOR).status_code == 302


def test_whoever_lives_elsewhere_reads_the_deadline_by_their_own_clock(call, ada, signed_in, now):
    a_draft(ada, now)
    assert "by your clock" not in said(signed_in(ada).get(PAGE))
    ada.time_zone = "America/New_York"
    ada.save()
    assert "(America/New_York)" in said(signed_in(ada).get(PAGE))


def test_a_partner_who_has_not_answered_is_told_and_no_obstacle(call, ada, ben, signed_in, now):
    draft, other = a_draft(ada, now), a_draft(ben, now)
    there = signed_in(ada)
    there.put(
        PAGE, f"partner_code={other.code.lower()}", headers={"if-match": f'"{draft.revision}"'}
    )
    assert f"{other.code} does not name your code yet" in said(there.get(PAGE))
    actions.save_draft(CALL, {"partner_code": draft.code}, by=ben, at=now, based_on=other.revision)
    assert "does not name your code" not in said(there.get(PAGE))


def test_what_is_not_ones_own_is_not_there(call, ada, ben, rui, signed_in, now):
    handed_in(ada, now)
    for page in ("submit/", "take-back/", "withdraw/", "discard/"):
        assert signed_in(ben).post(PAGE + page).status_code == 404
        assert signed_in(rui).get(PAGE + page).status_code == 404
    assert signed_in(rui).get(PAGE).status_code == 403
    assert of(ada).state == "submitted"
    assert signed_in(ada).post(f"{PAGE}withdraw/", {"erase": "on"}).url == PAGE
    assert not Application.objects.exists()


def test_mails_tell_only_what_is_still_true(call, ada, ben, now, mailbox):
    handed_in(ada, now)
    actions.take_back(CALL, by=ada, at=now + MINUTE)
    tell(now + 2 * MINUTE)
    assert mailbox.mails == []
    soon = call.closes_at - HOUR
    a_draft(ben, now)
    remind(soon)
    actions.discard(CALL, by=ada, at=soon)
    tell(soon)
    mail = mailbox.only()
    assert mail["To"] == ben.email
    assert "closes soon" in mail["Subject"]
    assert "Europe/Berlin" in text(mail)


def test_no_word_of_an_application_reaches_the_journal(call, ada, now):
    handed_in(ada, now)
    for entry in Entry.objects.filter(kind__startswith="application."):
        assert set(entry.data) <= {"call", "code", "role"}
