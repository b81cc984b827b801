"""A backup from before knows those who were erased since; a restored lab forgets them again."""

import io
import json

import pytest
from django.core.management import call_command
from django.utils import timezone

from residents.models import User
from residents.privacy.erase import erase

pytestmark = pytest.mark.django_db(transaction=True)

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


def test_a_list_that_cannot_be_read_stops_it_before_anything_is_touched(
    saved_and_erased, other_lab, tmp_path
):
    path, _known = saved_and_erased
    answer = other_lab.manage("restore", str(path), "--erased", str(tmp_path / "nowhere"))
    assert answer.returncode != 0
    assert "nowhere" in answer.stderr
    assert other_lab.manage("restore", str(path)).returncode == 0
