"""What can be done on the page of a stay: with which form, and what is said then. Who may do it,
the actions know."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from labbooking.errors import NotThere
from labbooking.residencies.stays.actions import contract, file
from labbooking.residencies.stays.actions.report import send_report
from labbooking.residencies.stays.keys.actions import hand_out_key, take_back_key
from labbooking.residencies.stays.pages import forms
from labbooking.residencies.stays.presence import actions as presence
from residents.models import User


@dataclass(frozen=True, slots=True)
class Pressed:
    """Which stay, what was typed, who pressed and when."""

    stay: int
    said: dict[str, Any]
    by: User
    at: datetime

    @property
    def who(self) -> dict[str, Any]:
        return {"by": self.by, "at": self.at}


@dataclass(frozen=True, slots=True)
class StayAct:
    form: type[forms.ActForm]
    do: Callable[[Pressed], object]
    done: Promise


def _sign(told: Pressed) -> object:
    return contract.sign_contract(told.stay, version=told.said["version"], **told.who)


def _deposit_in(told: Pressed) -> object:
    return contract.receive_deposit(told.stay, cents=int(told.said["euros"] * 100), **told.who)


def _deposit_back(told: Pressed) -> object:
    return contract.give_back_deposit(told.stay, told.said["deductions"], **told.who)


def _key_out(told: Pressed) -> object:
    return hand_out_key(told.stay, tag=told.said["tag"], **told.who)


def _key_back(told: Pressed) -> object:
    return take_back_key(told.stay, told.said["row"], **told.who)


def _absence(told: Pressed) -> object:
    return presence.note_absence(told.stay, **told.said, **told.who)


def _absence_change(told: Pressed) -> object:
    do = told.said["do"]
    if do not in {"excuse", "remove"}:
        raise NotThere
    return presence.change_absence(told.stay, told.said["row"], do=do, **told.who)


def _guest(told: Pressed) -> object:
    return presence.announce_guest(told.stay, **told.said, **told.who)


def _guest_decide(told: Pressed) -> object:
    row, reason, do = (told.said[name] for name in ("row", "reason", "do"))
    if do not in {"agree", "refuse"}:
        raise NotThere
    agreed = do == "agree"
    return presence.decide_guest(told.stay, row, agreed=agreed, reason=reason, **told.who)


def _guest_gone(told: Pressed) -> object:
    return presence.guest_is_gone(told.stay, told.said["row"], **told.who)


def _report(told: Pressed) -> object:
    return send_report(told.stay, **told.said, **told.who)


def _home(told: Pressed) -> object:
    return file.say_where_one_lives(told.stay, told.said["lives"] == "yes", **told.who)


def _close(told: Pressed) -> object:
    return file.close_file(told.stay, **told.who)


def _reopen(told: Pressed) -> object:
    return file.reopen_file(told.stay, **told.who)


ACTS = {
    "sign": StayAct(forms.SignForm, _sign, _("It is written down as signed.")),
    "deposit-in": StayAct(forms.EurosForm, _deposit_in, _("The deposit is in.")),
    "deposit-back": StayAct(forms.DeductionsForm, _deposit_back, _("The deposit is settled.")),
    "key-out": StayAct(forms.KeyForm, _key_out, _("The key is handed out.")),
    "key-back": StayAct(forms.RowForm, _key_back, _("The key is back.")),
    "absence": StayAct(forms.AbsenceForm, _absence, _("The nights away are noted.")),
    "absence-change": StayAct(forms.RowForm, _absence_change, _("It is changed.")),
    "guest": StayAct(forms.GuestForm, _guest, _("The guest is announced; staff decide.")),
    "guest-decide": StayAct(forms.DecideForm, _guest_decide, _("The resident is told by e-mail.")),
    "guest-gone": StayAct(forms.RowForm, _guest_gone, _("The guest is off the list.")),
    "report": StayAct(forms.ReportForm, _report, _("Thank you. The report is sent.")),
    "home": StayAct(forms.HomeForm, _home, _("Thank you, that is noted.")),
    "close": StayAct(forms.ActForm, _close, _("The file is closed.")),
    "reopen": StayAct(forms.ActForm, _reopen, _("The file is open again.")),
}
