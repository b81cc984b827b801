"""Mails that wait to be sent name their template in the database, so those names are data."""

import ast
import inspect

from labbooking.notifications.messages import accounts, waitlist, wording
from labbooking.notifications.messages.audience import MESSAGES
from labbooking.notifications.messages.inductions import asked_for
from labbooking.notifications.messages.party import joining_in
from labbooking.notifications.messages.residencies import stays

OF_BOOKINGS = {
    "received",
    "waiting",
    "asks_anew",
    "asked",
    "answered",
    "escalated",
    "approved",
    "declined",
    "expired",
    "cancelled",
    "withdrawn",
    "next_step",
    "no_show",
    "moved",
    "passed_on",
    "swapped",
    "starting_soon",
    "return_due",
    "nudged",
    "your_turn",
    "turn_over",
    "with_you_confirmed",
    "with_you_declined",
    "with_you_moved",
    "with_you_off",
    "with_you_soon",
    "with_you_swapped",
}
OF_ACCOUNTS = {
    "password_link",
    "password_changed",
    "password_reset",
    "password_given",
    "address_changed",
    "university_linked",
    "university_unlinked",
    "recovery_asked",
    "recovery_agreed",
    "recovery_used",
    "factor_added",
    "factor_removed",
    "factor_codes_made",
    "factor_code_used",
    "factor_refused",
}
OF_STAYS = {
    "stay_begins",
    "stay_list_due",
    "stay_ends",
    "stay_report_due",
    "stay_report_late",
    "stay_away_too_much",
    "stay_guest",
}
OF_INDUCTIONS = {"induction_asked", "induction_given", "induction_over"}


def test_a_name_that_was_stored_once_is_known_for_ever():
    assert OF_BOOKINGS == set(wording.WORDS) == set(MESSAGES)
    of_inductions = {each.template for each in asked_for.INDUCTION_MESSAGES.values()}
    assert of_inductions == OF_INDUCTIONS
    assert set(joining_in.TEMPLATES.values()) == {"takes_part", "no_longer_in", "has_left"}
    assert {each.template for each in stays.STAY_MESSAGES.values()} == OF_STAYS
    assert set(accounts.TEMPLATES.values()) == OF_ACCOUNTS


def test_no_name_follows_from_what_a_function_is_called():
    for module in (wording, asked_for, waitlist):
        tree = ast.parse(inspect.getsource(module))
        called = [each for each in ast.walk(tree) if isinstance(each, ast.Attribute)]
        assert not [each for each in called if each.attr in {"__name__", "__qualname__"}]
