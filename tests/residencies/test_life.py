"""A call opens and closes by itself, to the second; its announcement goes along."""

from datetime import datetime

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from equipment.models import Announcement
from equipment.queries import on_the_front_page
from labbooking.celery import app
from labbooking.errors import WrongState
from labbooking.journal.kinds import KINDS, TOLD
from labbooking.journal.models import Entry, EntryObject
from labbooking.period import DAY, HOUR, MINUTE
from labbooking.residencies.calls import actions
from labbooking.residencies.calls.actions.scheduled import tick
from labbooking.residencies.calls.models import Call
from labbooking.residencies.tasks import tick_residencies
from tests.residencies.calling import A_SECOND, CLOSES, NOW, OPENS, a_call, a_draft, changed

pytestmark = pytest.mark.django_db


def kinds():
    """Those of calls."""
    entries = Entry.objects.filter(kind__startswith="call.").order_by("pk")
    return list(entries.values_list("kind", flat=True))


def test_what_it_is_goes_by_its_instants_to_the_second_whether_or_not_the_clock_came_by(lab, sam):
    call = a_call(sam)
    assert call.state == "announced"
    assert call.stage(OPENS - A_SECOND) == "announced"
    assert call.stage(OPENS) == "open"
    assert call.stage(CLOSES - A_SECOND) == "open"
    assert call.stage(CLOSES) == "closed"
    assert call.taken_until == CLOSES + 15 * MINUTE


def test_a_draft_does_neither_open_nor_close(lab, sam):
    draft = a_draft(sam)
    assert draft.stage(CLOSES + DAY) == "draft"
    assert tick(CLOSES + DAY) == 0


def test_the_clock_records_each_once_at_the_instant_it_happened(lab, sam):
    a_call(sam)
    assert tick(OPENS - A_SECOND) == 0
    assert tick(OPENS + MINUTE) == 1
    assert tick(OPENS + MINUTE) == 0
    assert tick(CLOSES + HOUR) == 1
    assert tick(CLOSES + HOUR) == 0
    opened, closed = (Entry.objects.get(kind=f"call.{each}") for each in ("opened", "closed"))
    assert (opened.at, closed.at) == (OPENS, CLOSES)
    assert not opened.objects_touched.exists()
    assert Call.objects.get().state == "closed"


def test_a_clock_that_was_away_records_both_at_once(lab, sam):
    a_call(sam)
    assert tick(CLOSES + 9 * DAY) == 2
    assert kinds()[-2:] == ["call.opened", "call.closed"]


def test_what_was_to_open_before_it_was_published_opens_by_that(lab, sam):
    a_call(sam, at=OPENS + DAY)
    tick(OPENS + 2 * DAY)
    assert Entry.objects.get(kind="call.opened").at == OPENS + DAY


def test_what_is_put_off_does_not_close(lab, sam):
    a_call(sam)
    tick(OPENS)
    changed("summer", sam, at=CLOSES - A_SECOND, closes_at=CLOSES + DAY)
    assert tick(CLOSES) == 0
    assert Call.objects.get().stage(CLOSES) == "open"


def shown(at):
    return [each.title_en for each in on_the_front_page(at)]


def test_publishing_announces_it_and_changes_change_that(lab, sam):
    call = a_call(sam)
    announced = Announcement.objects.get()
    assert call.announcement == announced
    assert announced.period == call.period
    assert announced.url.endswith("/calls/summer/")
    assert (announced.text_de, announced.email) == (call.summary_de, call.email)
    changed("summer", sam, name_en="Another", closes_at=CLOSES + DAY)
    announced.refresh_from_db()
    assert (announced.title_en, announced.ends_at) == ("Another", CLOSES + DAY)
    assert shown(CLOSES + DAY - A_SECOND) == ["Another"]
    assert shown(CLOSES + DAY) == []


def test_a_change_of_what_is_not_announced_leaves_the_announcement_alone(lab, sam):
    a_call(sam)
    before = Entry.objects.filter(kind="announcement.changed").count()
    changed("summer", sam, costs_en="A little.")
    assert Entry.objects.filter(kind="announcement.changed").count() == before


@pytest.mark.parametrize("lab_address", ["http://daig:8000", "http://x.example/" + 200 * "a"])
def test_where_the_labs_address_is_none_to_announce_people_write(lab, sam, settings, lab_address):
    settings.PUBLIC_URL = lab_address
    a_call(sam)
    announced = Announcement.objects.get()
    assert (announced.url, announced.email) == ("", "lab@daig.example")


def test_one_that_was_lost_is_made_anew(lab, sam):
    a_call(sam)
    Announcement.objects.all().delete()
    changed("summer", sam, name_en="Another")
    assert Announcement.objects.get().title_en == "Another"
    assert Call.objects.get().announcement == Announcement.objects.get()


@pytest.mark.parametrize("at", [NOW, OPENS, CLOSES - A_SECOND])
def test_calling_off_takes_the_announcement_away(lab, sam, at):
    a_call(sam)
    call = actions.call_off("summer", ("Wasserschaden.", "Water damage."), by=sam, at=at)
    assert (call.state, call.called_off_at, call.reason_en) == ("called_off", at, "Water damage.")
    assert not Announcement.objects.exists()
    assert tick(CLOSES + DAY) == 0
    assert kinds()[-1] == "call.called_off"
    with pytest.raises(WrongState):
        actions.call_off("summer", by=sam, at=at)
    with pytest.raises(WrongState):
        changed("summer", sam, at=at, name_en="Again")


def test_a_reason_is_in_both_languages_or_in_none(lab, sam):
    a_call(sam)
    with pytest.raises(ValidationError) as refused:
        actions.call_off("summer", ("Wasserschaden.", ""), by=sam, at=NOW)
    assert set(refused.value.message_dict) == {"reason_en"}
    assert Announcement.objects.exists()


@pytest.mark.parametrize("at", [CLOSES, CLOSES + DAY])
def test_what_has_closed_is_not_called_off_though_the_clock_has_not_been_by(lab, sam, at):
    a_call(sam)
    with pytest.raises(WrongState):
        actions.call_off("summer", by=sam, at=at)


def test_staff_close_what_is_open_and_that_is_its_deadline(lab, sam):
    a_call(sam)
    with pytest.raises(WrongState):
        actions.close_now("summer", by=sam, at=OPENS - A_SECOND)
    at = OPENS + DAY
    call = actions.close_now("summer", by=sam, at=at)
    assert (call.state, call.closes_at, call.stage(at)) == ("closed", at, "closed")
    assert not Announcement.objects.exists()
    assert kinds()[-2:] == ["call.opened", "call.closed"]
    closed = Entry.objects.get(kind="call.closed")
    assert datetime.fromisoformat(closed.data["was_to_close_at"]) == CLOSES
    actor = EntryObject.objects.get(entry=closed)
    assert (actor.key, actor.qualifier) == (str(sam.subject_key), "actor")
    assert tick(CLOSES) == 0
    with pytest.raises(WrongState):
        actions.close_now("summer", by=sam, at=at)


def test_what_is_over_or_never_came_out_is_archived_and_what_is_ahead_is_not(lab, sam):
    a_draft(sam, slug="never")
    a_call(sam)
    actions.archive("never", by=sam, at=NOW)
    for at in (NOW, OPENS, CLOSES - A_SECOND):
        with pytest.raises(WrongState):
            actions.archive("summer", by=sam, at=at)
    actions.archive("summer", by=sam, at=CLOSES)
    assert set(Call.objects.values_list("state", flat=True)) == {"archived"}
    assert not Announcement.objects.exists()
    assert kinds().count("call.archived") == 2


def test_the_worker_does_so_by_itself(lab, sam):
    assert "labbooking.residencies.tasks.tick_residencies" in {
        each["task"] for each in app.conf.beat_schedule.values()
    }
    a_call(sam)
    later = timezone.now() - DAY
    Call.objects.update(opens_at=later - DAY, closes_at=later)
    assert tick_residencies() == 2
    assert tick_residencies() == 0


def test_every_kind_of_entry_has_its_sentence_and_none_is_mailed():
    of_calls = {kind for kind in KINDS if kind.startswith("call.")}
    acts = ("drafted", "changed", "published", "opened", "closed", "called_off", "archived")
    assert of_calls == {f"call.{each}" for each in acts}
    assert not of_calls & TOLD
