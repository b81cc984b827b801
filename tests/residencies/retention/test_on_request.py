"""What people have deleted themselves, and what a lab restored from before deletes again."""

import json

import pytest
from django.core.management import call_command

from labbooking.journal.models import Entry
from labbooking.residencies.applications import actions
from labbooking.residencies.applications.models import Application
from tests.bookings.days import said
from tests.inductions.offered import code_of
from tests.residencies.applications.applying import CALL, PAGE, a_draft, handed_in, of
from tests.residencies.calling import open_at

pytestmark = pytest.mark.django_db
RAMP = "A ramp, please."
NEEDS = f"{PAGE}needs/"


@pytest.fixture
def call(lab, sam, now):
    return open_at(sam, now)


def kinds():
    told = Entry.objects.filter(kind="application.needs_erased").order_by("pk")
    return [each.data for each in told]


def test_what_somebody_needs_goes_by_a_press_whatever_has_become_of_the_rest(
    call, ada, ben, signed_in, now
):
    handed_in(ada, now, needs=RAMP)
    there = signed_in(ada)
    assert NEEDS in there.get(PAGE).content.decode()
    assert "at once and for good" in said(there.get(NEEDS))
    assert RAMP in of(ada).needs
    Application.objects.update(state="offered")
    answer = there.post(NEEDS, follow=True)
    assert "The rest of your application stays." in said(answer)
    assert NEEDS not in answer.content.decode()
    found = of(ada)
    assert (found.needs, found.title, found.state) == ("", "Rope and room", "offered")
    there.post(NEEDS)
    assert [each["code"] for each in kinds()] == [found.code]
    assert RAMP not in str(kinds())
    assert code_of(actions.erase_needs, CALL, by=ben, at=now) == "not_found"


def test_it_goes_by_api_too(call, ada, ben, signed_in, now):
    handed_in(ada, now, needs=RAMP)
    path = f"/api/v1/calls/{CALL}/application/erase-needs"
    assert signed_in(ben).post(path).status_code == 404
    there = signed_in(ada)
    assert [there.post(path).status_code for _twice in range(2)] == [204, 204]
    assert of(ada).needs == ""
    assert len(kinds()) == 1


def test_a_restored_lab_deletes_again_what_people_had_deleted(
    call, ada, ben, nia, sam, now, tmp_path, capsys
):
    handed_in(ada, now)
    handed_in(ben, now, needs=RAMP)
    a_draft(nia, now)
    handed_in(sam, now)
    before = {each.pk: each for each in Application.objects.all()}
    actions.withdraw(CALL, by=ada, at=now, erase=True)
    actions.erase_needs(CALL, by=ben, at=now)
    actions.discard(CALL, by=nia, at=now)
    capsys.readouterr()
    call_command("erasures")
    known = capsys.readouterr().out
    assert not {"Ada", "Ben", "Nia"} & set(known.replace('"', " ").split())
    assert {each["what"] for each in json.loads(known)} == {"all", "needs"}
    for each in before.values():
        each.save()
    (tmp_path / "list.json").write_text(known)
    for count in ("3 things", "0 people"):
        call_command("erasures", again=tmp_path / "list.json")
        assert count in capsys.readouterr().out
    assert {each.person: each.needs for each in Application.objects.all()} == {ben: "", sam: ""}
    other = Application.objects.get(person=sam)
    row = {"application": f"{other.pk}", "begun_at": "2020-01-01T00:00:00+00:00", "what": "all"}
    (tmp_path / "list.json").write_text(json.dumps([row]))
    call_command("erasures", again=tmp_path / "list.json")
    assert Application.objects.filter(pk=other.pk).exists()  # another one of that number
