"""Mails about somebody's second factor: what was set up, removed, used or tried in vain."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from labbooking.journal.models import Entry
from labbooking.notifications.messages.message import Said, Written

TEMPLATES = {
    "recovery.asked": "recovery_asked",
    "recovery.used": "recovery_used",
    "university.linked": "university_linked",
    "university.unlinked": "university_unlinked",
    "factor.added": "factor_added",
    "factor.removed": "factor_removed",
    "factor.codes_made": "factor_codes_made",
    "factor.code_used": "factor_code_used",
    "factor.refused": "factor_refused",
}


def written(entry: Entry) -> Written:
    headline, sentence = _words(entry)
    last = _("If it was not you, choose a new password and tell the desk at once.")
    if entry.kind == "factor.refused":
        button, path = _("Choose a new password"), reverse("account_change_password")
    else:
        button, path = _("Look at it"), reverse("mfa_index")
    return Written(Said(headline, (sentence, last), button), path, is_private=True)


def _words(entry: Entry) -> tuple[str, str]:
    if entry.kind == "university.linked":
        return (
            _("Your account: linked with a university"),
            _("From now on your account there signs you in here, too."),
        )
    if entry.kind == "university.unlinked":
        return (
            _("Your account: no longer linked with a university"),
            _("Your account there no longer signs you in here."),
        )
    if entry.kind == "recovery.asked":
        return (
            _("Your account: somebody asked to let you back in"),
            _("Somebody here said that you can no longer sign in. A second person has to agree."),
        )
    if entry.kind == "recovery.used":
        return (
            _("Your account: you are back in"),
            _("Your app, passkeys and recovery codes are gone. Please set them up again."),
        )
    return _of_factors(entry)


def _of_factors(entry: Entry) -> tuple[str, str]:
    by_app = entry.data.get("factor") == "app"
    if entry.kind == "factor.added":
        return _added(by_app=by_app)
    if entry.kind == "factor.removed":
        return _removed(by_app=by_app)
    if entry.kind == "factor.codes_made":
        return (
            _("Your account: new recovery codes"),
            _("The old ones no longer work. The new ones were shown once."),
        )
    if entry.kind == "factor.code_used":
        return (
            _("Your account: a recovery code was used"),
            _("Each works once. When few are left, make new ones."),
        )
    return (
        _("Your account: somebody has your password"),
        _("Somebody gave the right password several times, but not your second factor."),
    )


def _added(*, by_app: bool) -> tuple[str, str]:
    if by_app:
        return (
            _("Your account: an app for signing in was set up"),
            _("From now on signing in asks for a code of this app, too."),
        )
    return (
        _("Your account: a passkey was added"),
        _("From now on this device or key can sign in to your account."),
    )


def _removed(*, by_app: bool) -> tuple[str, str]:
    if by_app:
        return (
            _("Your account: the app for signing in was removed"),
            _("Signing in no longer asks for its codes."),
        )
    return (
        _("Your account: a passkey was removed"),
        _("This device or key can no longer sign in to your account."),
    )
