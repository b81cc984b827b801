"""Passwords that somebody would guess first are refused, wherever one is chosen."""

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from residents.models import User

KIM = User(name="Kim Yıldız", email="kim.yildiz@daig.example")
BJORN = User(name="Björn Groß-Ødegård", email="bg@lab.example")
REFUSED = [
    (KIM, "kimyildiz1"),
    (KIM, "Kim-Yildiz-31"),
    (KIM, "YildizKim!!2026"),
    (KIM, "kimkimkimkim"),
    (KIM, "Kim Yıldız"),
    (BJORN, "bjoern-gross"),
    (BJORN, "Bjorn.Gross.1"),
    (BJORN, "odegard-2026"),
    (KIM, "password12345"),
    (KIM, "Passwort2026"),
    (KIM, "qwertzuiop"),
    (KIM, "!!Schatz123"),
    (KIM, "1234567890"),
    (KIM, "short-one"),
]


@pytest.mark.parametrize(("who", "password"), REFUSED)
def test_easily_guessed_is_refused(who, password):
    with pytest.raises(ValidationError):
        validate_password(password, who)


@pytest.mark.parametrize("password", ["green-garden-31", "kim-likes-green-gardens", "Wolke7&Regen"])
def test_anything_else_is_taken(password):
    validate_password(password, KIM)


def test_a_very_long_one_is_looked_at_in_one_pass():
    """Looked at from each of its digits anew, it would take the whole process for hours."""
    validate_password("a" + "1" * 500_000 + "b", KIM)


def test_who_has_no_name_yet_can_choose_one():
    validate_password("green-garden-31", User())
    validate_password("green-garden-31")


def test_an_administrator_gives_nobody_their_own_name(admin, ada, just_signed_in):
    page = f"/admin/residents/user/{ada.pk}/password/"
    fields = {"password1": "ada-ada-2026", "password2": "ada-ada-2026", "set-password": "1"}
    answer = just_signed_in(admin).post(page, fields | {"usable_password": "true"})
    assert answer.status_code == 200
    ada.refresh_from_db()
    assert not ada.check_password("ada-ada-2026")


def test_nor_does_a_new_person_move_in_with_it(admin, just_signed_in):
    fields = {"email": "zoe@daig.example", "name": "Zoe Zuckermann", "role": "creative"}
    fields |= {"language": "de", "usable_password": "true"}
    fields |= dict.fromkeys(("password1", "password2"), "zuckermann-zoe")
    just_signed_in(admin).post("/admin/residents/user/add/", fields)
    assert not User.objects.filter(email="zoe@daig.example").exists()
