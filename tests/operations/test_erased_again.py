"""A backup from before knows those who were erased since; a restored lab forgets them again."""

import io
import json

import pytest
from django.core.management import call_command
from django.utils import timezone

from residents.models import User
from residents.privacy.erase import erase

pytestmark = pytest.mark.django_db(transaction=True)

# Files decide which list is read when; that who is on it is erased, both engines are asked first.
of_files = pytest.mark.only_sqlite
WHO = "from residents.models import User; print(*User.objects.order_by('pk'), sep='|')"


@pytest.fixture
def saved_and_erased(lab, ada, kim, tmp_path):
    """A backup in which Ada still is, and the list of those who were erased since."""
    path, known = tmp_path / "lab.backup", tmp_path / "erased.json"
    call_command("backup", str(path), stdout=io.StringIO())
    User.objects.filter(pk=ada.pk).update(is_active=False)
    erase(ada.pk, by=None, at=timezone.now())
    with known.open("w") as file:
        call_command("erasures", stdout=file)
    return path, known


def people_of(other_lab):
    answer = other_lab.manage("shell", "--no-imports", "-c", WHO)
    assert answer.returncode == 0, answer.stderr
    return answer.stdout.strip().split("|")


def test_who_was_erased_is_erased_again_by_the_list_and_by_the_lab_that_is_given_up(
    saved_and_erased, other_lab
):
    path, known = saved_and_erased
    assert "Ada" not in known.read_text()
    assert len(json.loads(known.read_text())) == 1

    first = other_lab.manage("restore", str(path), "--erased", str(known))
    assert first.returncode == 0, first.stderr
    assert "1 " in first.stdout.splitlines()[-1]
    gone = people_of(other_lab)
    assert "Ada" not in gone
    assert "Kim" in gone

    again = other_lab.manage("restore", str(path), "--replace")
    assert again.returncode == 0, again.stderr
    assert people_of(other_lab) == gone


def lists_kept(other_lab):
    return list(other_lab.folder.glob("erased-*.json"))


@of_files
def test_who_was_erased_in_the_lab_given_up_is_kept_until_they_are_erased_again(
    saved_and_erased, other_lab
):
    """The lab that knew them is gone by then, and whoever restores may be killed in between."""
    path, known = saved_and_erased
    other_lab.manage("restore", str(path), "--erased", str(known))
    refused = other_lab.manage("restore", f"{path}.nowhere", "--replace")
    assert refused.returncode != 0
    (kept,) = lists_kept(other_lab)
    assert json.loads(kept.read_text()) == json.loads(known.read_text())
    assert kept.stat().st_mode & 0o077 == 0


@of_files
def test_what_a_run_that_was_killed_has_kept_the_next_one_comes_to(saved_and_erased, other_lab):
    path, known = saved_and_erased
    other_lab.folder.mkdir()
    (other_lab.folder / "erased-before.json").write_text(known.read_text())

    assert other_lab.manage("restore", str(path)).returncode == 0

    assert "Ada" not in people_of(other_lab)
    assert lists_kept(other_lab) == []


@of_files
@pytest.mark.parametrize("written", [None, "no list"])
def test_a_list_that_cannot_be_read_stops_it_before_anything_is_touched(
    saved_and_erased, other_lab, tmp_path, written
):
    path, _known = saved_and_erased
    if written:
        (tmp_path / "nowhere").write_text(written)
    answer = other_lab.manage("restore", str(path), "--erased", str(tmp_path / "nowhere"))
    assert answer.returncode != 0
    assert "nowhere" in answer.stderr
    assert other_lab.manage("restore", str(path)).returncode == 0
