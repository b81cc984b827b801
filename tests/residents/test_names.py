"""Nobody has a name that hides something or that could be taken for one of the staff's."""

import pytest
from django.core.exceptions import ValidationError

from residents.actions import change_profile
from residents.models import Role, User
from residents.profile.names import folded

pytestmark = pytest.mark.django_db


def called(person, name):
    mine = {"about": "", "language": "en", "time_zone": "Europe/Berlin"}
    return change_profile(person, name=name, **mine)


@pytest.mark.parametrize(
    "name",
    [
        "Ada\u202eLovelace",
        "Ada\u2066",
        "Ada\x07",
        "Ada\n",
        "A\u200bda",
        "\u2060",
        "---",
        "Ada\ue000",
    ],
    ids=["bidi override", "isolate", "bell", "line", "zero width", "joiner", "signs", "private"],
)
def test_a_name_of_characters_that_nobody_sees_is_refused(ada, name):
    with pytest.raises(ValidationError):
        called(ada, name)
    ada.refresh_from_db()
    assert ada.name == "Ada"


@pytest.mark.parametrize(
    "name", ["Zoë Brontë", "Jean-Luc d’Arc", "李小龍", "نرگس\u200cسادات", "O'Neil 3"]
)
def test_names_of_all_the_world_are_taken(ada, name):
    assert called(ada, name).name == name


@pytest.mark.parametrize("name", ["Sam", "SAM", " sàm ", "Ｓａｍ", "S.a.m."])
def test_nobody_takes_a_name_that_reads_like_one_of_the_staffs(ada, sam, name):
    with pytest.raises(ValidationError):
        called(ada, name)


def test_two_creatives_may_be_called_alike_and_a_name_one_has_stays(ada, ben, sam):
    assert called(ada, "Ben").name == "Ben"
    User.objects.filter(pk=ada.pk).update(name="Sam")
    ada.refresh_from_db()
    assert called(ada, "Sam").name == "Sam"


def test_who_joins_the_staff_is_told_apart_from_everybody(ada, ben):
    User.objects.filter(pk=ben.pk).update(name="Ada")
    ben.refresh_from_db()
    ben.role = Role.STAFF
    with pytest.raises(ValidationError):
        ben.full_clean(exclude=["password"])


def test_the_profile_and_the_administrators_page_refuse_alike(
    ada, sam, admin, just_signed_in, signed_in
):
    theirs = {"name": "S A M", "about": "", "language": "en", "time_zone": "Europe/Berlin"}
    page = signed_in(ada).post("/profile/", theirs)
    new = {"email": "new@daig.example", "name": "Sam\u202e", "role": "creative", "language": "de"}
    answer = just_signed_in(admin).post(
        "/admin/residents/user/add/", new | {"usable_password": "false"}
    )

    assert page.status_code == 422
    assert "name" in page.context["form"].errors
    assert answer.status_code == 200
    assert "name" in answer.context["adminform"].form.errors
    assert folded("S A M") == "sam"
