"""Who may download a usage log, and what stays of it."""

import pytest

from labbooking.errors import Malformed, NotThere, WrongState
from labbooking.journal.models import Entry
from labbooking.research.actions import forget_key
from labbooking.research.models import StudyKey
from tests.people import person
from tests.research.conftest import a_study
from tests.research.log import NOW, SOON, agrees, an_export, happened, raw

pytestmark = pytest.mark.django_db


def test_each_download_is_an_entry_that_names_study_and_researcher(study, rui, ada):
    export = an_export(study, rui)
    for _ in range(2):
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


def test_without_its_key_a_study_gives_nothing_away(study, rui, ada):
    agrees(ada, study)
    happened(ada)
    export = an_export(study, rui)

    forget_key(study.slug)

    assert not StudyKey.objects.exists()
    with pytest.raises(WrongState):
        raw(export, rui)
    assert not Entry.objects.filter(kind="export.downloaded").exists()
