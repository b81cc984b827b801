"""How long an induction is valid is data: in the file, on the rules page, in words, by API."""

import pytest
from django.core.management import call_command

from equipment.models import HouseRules, ResourceType
from labbooking.bookings.rules.full_wording import sentences
from tests.api.program import Program
from tests.house.test_rules_page import rules_of, typed, url
from tests.lab import DAIG

pytestmark = pytest.mark.django_db


def test_the_lab_file_says_it_and_what_is_written_out_says_the_same(daig, sam, tmp_path, capsys):
    assert rules_of("ar-headset").induction_months == HouseRules.INDUCTION_MONTHS == 12
    path = tmp_path / "lab.toml"
    text = DAIG.read_text()
    assert "induction_months = 12" in text
    path.write_text(text.replace("induction_months = 12", "induction_months = 6"))
    call_command("load_lab", str(path))
    assert rules_of("ar-headset").induction_months == 6
    call_command("dump_lab", str(path))
    assert "induction_months = 6" in path.read_text()
    assert path.read_text().count("induction_months") == 1


def test_staff_change_it_on_the_rules_page(lab, sam, signed_in):
    desk, address = signed_in(sam), url("ar-headset")
    changed = typed(desk, "ar-headset", induction_months="6", save="1")
    assert desk.post(address, changed).status_code == 302
    assert rules_of("ar-headset").induction_months == 6
    for wrong in ("0", "-1", "601", "a year"):
        assert desk.post(address, changed | {"induction_months": wrong}).status_code == 400
    assert rules_of("ar-headset").version == 2


def test_it_is_told_in_words_and_by_api(lab):
    of_type = ResourceType.objects.get(slug="ar-headset")
    assert "An induction is valid for 12 months." in sentences(of_type.rules)
    assert "An induction is valid for 12 months." not in sentences(rules_of("seat"))
    told = Program().get("resources/ar-headset-1").json()
    assert told["rules"]["induction_months"] == 12
