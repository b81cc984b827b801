"""What the routes of stays are asked about: one stay of Ada's, who is here."""

from datetime import timedelta

from django.utils import timezone

from labbooking.bookings.models import Booking
from labbooking.residencies.stays.checklists.actions import Found, begin_list, fill_in
from labbooking.residencies.stays.checklists.models import CheckList
from labbooking.residencies.stays.keys.actions import hand_out_key
from labbooking.residencies.stays.models import Stay
from labbooking.residencies.stays.presence import actions as presence
from residents.models import User
from tests.residencies.stays.staying import confirmed, here_now, nights, terms, things_in

# Nobody, Ada, Ben, Sam and Rui.
OF_STAYS = {
    "GET stays/": (401, 200, 200, 200, 200),
    "POST stays/": (401, 403, 403, 201, 403),
    "GET stays/{stay_id}": (401, 200, 404, 200, 404),
    "POST stays/{stay_id}/sign": (401, 200, 404, 200, 404),
    "POST stays/{stay_id}/deposit-in": (401, 403, 403, 200, 403),
    "POST stays/{stay_id}/deposit-back": (401, 403, 403, 409, 403),  # nothing came in
    "POST stays/{stay_id}/keys": (401, 403, 403, 200, 403),
    "POST stays/{stay_id}/keys/{key_id}/back": (401, 403, 403, 200, 403),
    "POST stays/{stay_id}/absences": (401, 200, 404, 200, 404),
    "POST stays/{stay_id}/absences/{absence_id}/excuse": (401, 403, 403, 200, 404),
    "POST stays/{stay_id}/absences/{absence_id}/remove": (401, 409, 404, 200, 404),  # it has begun
    "POST stays/{stay_id}/guests": (401, 200, 404, 200, 404),
    "POST stays/{stay_id}/guests/{guest_id}/decide": (401, 403, 403, 200, 403),
    "POST stays/{stay_id}/guests/{guest_id}/gone": (401, 200, 404, 200, 404),
    "POST stays/{stay_id}/report": (401, 200, 404, 403, 404),
    "POST stays/{stay_id}/close": (401, 403, 403, 422, 403),  # she is still here
    "POST stays/{stay_id}/reopen": (401, 403, 403, 409, 403),
    "POST stays/{stay_id}/lists/{kind}/begin": (401, 200, 404, 200, 404),
    "POST stays/{stay_id}/lists/{kind}/fill-in": (401, 200, 404, 200, 404),
    "POST stays/{stay_id}/lists/{kind}/confirm": (401, 200, 404, 200, 404),
    "GET resources/{slug}/inventory": (401, 403, 403, 200, 403),
    "POST resources/{slug}/inventory": (401, 403, 403, 200, 403),
}


def in_a_stay_of_ada(path):
    """The path with the numbers of a stay of hers, and of what there is in it."""
    if path.endswith("/inventory"):
        return path.replace("{slug}", "studio-1")
    if "{stay_id}" not in path:
        return path
    stay = _stay()
    for name, made in _MADE.items():
        if name in path:
            path = path.replace(name, str(made(stay, User.objects.get(name="Sam")).pk))
    if "/lists/" in path:
        _list(stay, path)
    return path.replace("{stay_id}", str(stay.pk)).replace("{kind}", "arrival")


def _stay():
    """The same for all who ask, with nothing in it that is in somebody's way."""
    known, (ada, sam) = Stay.objects.first(), _both()
    if known is None:
        terms(sam, timezone.now(), guests_at_once=20, guest_nights=100)
        things_in(sam, at=timezone.now())
        return here_now(ada, sam, timezone.now())
    Stay.objects.update(signed_at=None, signed_by=None, deposit_in_at=None)
    return known


def _both():
    return (User.objects.get(name=each) for each in ("Ada", "Sam"))


def _days(stay):
    return {"from_on": stay.first, "until_on": stay.first + timedelta(days=1)}


def _key(stay, sam):
    return hand_out_key(stay.pk, tag=f"K{stay.keys.count()}", by=sam, at=timezone.now())


def _absence(stay, sam):
    return presence.note_absence(stay.pk, **_days(stay), reason="work", by=sam, at=timezone.now())


def _guest(stay, sam):
    return presence.announce_guest(stay.pk, name="Mira", **_days(stay), by=sam, at=timezone.now())


_MADE = {"{key_id}": _key, "{absence_id}": _absence, "{guest_id}": _guest}


def _list(stay, path):
    """All said, so that it can be confirmed."""
    _ada, sam = _both()
    who = {"by": sam, "at": timezone.now()}
    if path.endswith("/begin"):
        return
    made = begin_list(stay.pk, "arrival", **who)
    said = {each.pk: Found("ok") for each in made.items.all()}
    fill_in(stay.pk, "arrival", said, **who, based_on=made.revision)


def body_for_stay(path):
    act = path.rsplit("/", 1)[1]
    if act == "inventory":
        return {"items": [], "before": []}
    if path == "stays/":
        known = Booking.objects.filter(allocations__resource__slug="studio-1").first()
        return {"booking": (known or confirmed(*_both(), timezone.now(), period=nights(3, 7))).pk}
    checklist = CheckList.objects.first()
    revision = {"revision": checklist.revision if checklist else 1}
    days = {"from_on": f"{timezone.localdate()}"}
    days |= {"until_on": f"{timezone.localdate() + timedelta(days=1)}"}
    said = {
        "sign": {"version": 1},
        "deposit-in": {"cents": 100},
        "deposit-back": {"deductions": []},
        "keys": {"tag": "S1"},
        "absences": days | {"reason": "work"},
        "guests": days | {"name": "Mira"},
        "decide": {"agreed": True},
        "report": {"words": "Fine."},
        "fill-in": revision | {"items": []},
        "confirm": revision,
    }
    return said.get(act)
