"""Who may download a usage log, and what stays of it."""

from datetime import timedelta

import pytest

from labbooking.errors import Malformed, NotThere, WrongState
from labbooking.journal.models import Entry
from labbooking.period import HOUR
from labbooking.research.actions import ask_again, forget_key
from labbooking.research.models import StudyKey
from tests.people import person
from tests.research.conftest import a_study
from tests.research.log import NOW, SOON, agrees, an_export, happened, raw

MOMENT = timedelta(microseconds=1)
pytestmark = pytest.mark.django_db


def test_each_download_is_an_entry_that_names_study_and_researcher(study, rui, ada):
    export = an_export(study, rui)
    raw(export, rui)
    ask_again(export.pk, by=rui, at=NOW)
    raw(export, rui)

    entries = Entry.objects.filter(kind="export.downloaded")
    assert entries.count() == 2
    touched = entries.last().objects_touched.values_list("type", "key", "qualifier")
    assert set(touched) == {
        ("study", study.slug, "about"),
        ("subject", str(rui.subject_key), "actor"),
    }
    assert entries.last().data["export"] == str(export.pk)


def test_only_a_studys_own_researchers_make_and_download_exports(study, rui, ada, sam):
    stranger = person("Uli", "researcher")
    a_study("other", stranger)
    export = an_export(study, rui)

    for somebody in (stranger, ada, sam):
        with pytest.raises(NotThere):
            an_export(study, somebody)
        with pytest.raises(NotThere):
            raw(export, somebody)


def test_a_researcher_who_changed_roles_reads_no_more(study, rui):
    export = an_export(study, rui)
    rui.role = "staff"
    rui.save()

    with pytest.raises(NotThere):
        raw(export, rui)


def test_a_period_needs_offsets_and_some_length(study, rui):
    for start, end in [(NOW, NOW), (SOON, NOW), (NOW.replace(tzinfo=None), SOON)]:
        with pytest.raises(Malformed):
            an_export(study, rui, start, end)


def test_a_file_is_fetched_within_an_hour_of_asking_for_it(study, rui):
    export = an_export(study, rui, at=NOW)

    raw(export, rui, NOW + HOUR - MOMENT)
    with pytest.raises(WrongState, match="asked for too long ago"):
        raw(export, rui, NOW + HOUR)

    ask_again(export.pk, by=rui, at=NOW + HOUR)
    raw(export, rui, NOW + HOUR)
    assert Entry.objects.filter(kind="export.downloaded").count() == 2


def test_what_one_researcher_asked_for_another_asks_for_too(study, rui):
    other = person("Uli", "researcher")
    study.researchers.add(other)
    export = an_export(study, rui)

    with pytest.raises(WrongState, match="Somebody else asked"):
        raw(export, other)

    ask_again(export.pk, by=other, at=NOW)
    raw(export, other)
    raw(export, rui)
    assert Entry.objects.filter(kind="export.downloaded").count() == 2


def test_without_its_key_a_study_gives_nothing_away(study, rui, ada):
    agrees(ada, study)
    happened(ada)
    export = an_export(study, rui)

    forget_key(study.slug, at=NOW)

    assert not StudyKey.objects.exists()
    with pytest.raises(WrongState):
        raw(export, rui)
    with pytest.raises(WrongState):
        ask_again(export.pk, by=rui, at=NOW)
    with pytest.raises(WrongState):
        an_export(study, rui)
    assert Entry.objects.filter(kind="export.downloaded").count() == 1
