"""Studies are data: a file describes one, and nothing of a faulty file is loaded."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from labbooking.research import demo
from labbooking.research.models import Consent, ConsentText, Study, StudyKey, UsageSummary
from labbooking.research.queries import consents_that_count, current_text
from tests.lab import berlin
from tests.research.log import NOW

pytestmark = pytest.mark.django_db


def load(path):
    call_command("load_study", path, stdout=StringIO())


def edited(tmp_path, *changes):
    text = demo.STUDY.read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    path = tmp_path / "study.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_loading_a_file_twice_is_loading_it_once(rui):
    load(demo.STUDY)
    key = bytes(StudyKey.objects.get().secret)
    load(demo.STUDY)

    assert [study.slug for study in Study.objects.all()] == ["futurework"]
    assert current_text(Study.objects.get()).version == 1
    assert bytes(StudyKey.objects.get().secret) == key
    assert len(key) == 32


def test_a_changed_text_is_a_new_version_and_the_old_one_stays(rui, tmp_path):
    load(demo.STUDY)
    load(edited(tmp_path, ("I agree that", "I agree gladly that")))

    versions = ConsentText.objects.order_by("version")
    assert [text.version for text in versions] == [1, 2]
    assert "gladly" not in versions[0].text_en


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("starts = 2026-01-01", 'starts = "soon"', "starts"),
        ("starts = 2026-01-01", "starts = 2026-01-01\nends = 2025-01-01", "last day"),
        ("starts = 2026-01-01", "starts = 2026-01-01\nends = 9999-12-31", "1901 to 2998"),
        ("starts = 2026-01-01", "starts = 0001-01-01", "1901 to 2998"),
        ("name_de =", "named =", "named"),
        ("rui@", "ada@", "ada@daig.example is not a researcher"),
        ("slug =", "slug", "study.toml"),
    ],
)
def test_a_faulty_file_is_refused_with_the_place_of_its_fault(rui, ada, tmp_path, old, new, said):
    with pytest.raises(CommandError, match=said):
        load(edited(tmp_path, (old, new)))

    assert not Study.objects.exists()


def test_the_key_is_deleted_only_by_those_who_mean_it(study):
    with pytest.raises(CommandError, match="no way back"):
        call_command("forget_study_key", study.slug)
    assert StudyKey.objects.exists()

    call_command("forget_study_key", study.slug, "--yes", stdout=StringIO())

    assert not StudyKey.objects.exists()
    study.refresh_from_db()
    assert not study.is_open


def test_the_demo_study_has_everybody_but_nia(five, nia, sam, rui):
    study = demo.load(NOW)

    people = {consent.person.name for consent in consents_that_count(study)}
    assert people == {each.name for each in five}
    assert UsageSummary.objects.count() == 4
    assert study.starts == berlin("2026-10-12 00:00").date()


def test_the_demo_overrules_nobody(ada, rui):
    study = demo.load(NOW)
    Consent.objects.update(withdrawn_at=NOW)

    demo.load(NOW)

    assert not consents_that_count(study).exists()
