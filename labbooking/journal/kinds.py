"""Every kind of entry, with the sentence that tells it.

Sentences take their words from the entry's objects and data: `{actor}`, `{person}`,
`{participant}`, `{resources}`, `{when}`, `{topic}`, `{study}`. A kind in `TOLD` is taken up by
notifications.
"""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from labbooking.journal.kinds_of_residencies import OF_RESIDENCIES, TOLD_OF_RESIDENCIES

KINDS: dict[str, Promise] = {
    "booking.requested": _("{actor} asked for {resources}, {when}."),
    "booking.approved": _("{actor} approved {resources}, {when}."),
    "booking.step_approved": _("{actor} said yes to {resources}, {when}: step {step} of {steps}."),
    "booking.declined": _("{actor} declined {resources}, {when}."),
    "booking.reopened": _("{actor} took back the answer to {resources}, {when}."),
    "booking.asked": _("{actor} asked a question about {resources}, {when}."),
    "booking.answered": _("{actor} answered the question about {resources}, {when}."),
    "booking.escalated": _("{resources}, {when}, waited too long for an answer."),
    "booking.withdrawn": _("{actor} withdrew the request for {resources}, {when}."),
    "booking.expired": _("The request for {resources}, {when}, lapsed without an answer."),
    "booking.cancelled": _("{actor} cancelled {resources}, {when}."),
    "booking.checked_in": _("Check-in by {actor}: {resources}, {when}."),
    "booking.checked_out": _("Check-out by {actor}: {resources}, {when}."),
    "booking.check_in_undone": _("{actor} took the check-in back: {resources}, {when}."),
    "booking.check_out_undone": _("{actor} took the check-out back: {resources}, {when}."),
    "booking.passed": _("{resources}, {when}, is over; nobody had checked in."),
    "booking.no_show": _("{resources}, {when}: nobody came, so it is free again."),
    "booking.moved": _("{actor} moved {resources} to {when}."),
    "booking.passed_on": _("{actor} passed {resources}, {when}, on to {person}."),
    "booking.asked_anew": _("{resources}, {when}, waits for staff’s answer again."),
    "booking.confirmed_again": _("{resources}, {when}, is confirmed as it was before."),
    "booking.swapped": _("{actor} gave {person} another of the same kind: {resources}, {when}."),
    "booking.starting_soon": _("Starts soon: {resources}, {when}."),
    "booking.return_due": _("Due back: {resources}, {when}."),
    "booking.kept_open": _("{actor} keeps the request for {resources}, {when}, open."),
    "booking.nudged": _("{person} was told that somebody is waiting for {resources}, {when}."),
    "booking.held": _("{resources}, {when}, is held for {person}."),
    "booking.hold_released": _("{actor} let {resources}, {when}, go again."),
    "booking.hold_lapsed": _("{resources}, {when}, was held and not confirmed in time."),
    "party.added": _("{actor} added {participant} to {resources}, {when}."),
    "party.removed": _("{actor} took {participant} off {resources}, {when}."),
    "party.left": _("{participant} no longer takes part in {resources}, {when}."),
    "party.counted": _("{actor} said how many others come along to {resources}, {when}."),
    "group.made": _("{actor} made a group."),
    "group.joined": _("{actor} took {person} into a group."),
    "group.left": _("{actor} took {person} out of a group."),
    "group.removed": _("{actor} dissolved a group."),
    "waiting.joined": _("{actor} joined the waiting list for {resources}, {when}."),
    "waiting.left": _("{actor} left the waiting list for {resources}, {when}."),
    "waiting.offered": _("{resources}, {when}, became free, and it was {person}’s turn."),
    "waiting.put_back": _("{person} waits for {resources}, {when}, again: it is taken after all."),
    "waiting.passed": _("{person} waited for {resources}, {when}, until that time began."),
    "waiting.lapsed": _("{person}’s place on the waiting list for {resources}, {when}, lapsed."),
    "house.was_down": _("The house could not be reached for a while."),
    "mail.laid_aside": _("E-mails could not be delivered."),
    "mail.sent_again": _("{actor} sent an e-mail to {person} again."),
    "mail.dropped": _("{actor} dropped an e-mail to {person} that could not be delivered."),
    "resource.closed": _("{actor} closed {resources}, {when}."),
    "resource.reopened": _("{actor} opened {resources} again, {when}."),
    "closure.changed": _("{actor} gave another reason for closing {resources}, {when}."),
    "resource.placed": _("{actor} moved {resources} on the floor plan."),
    "resource.added": _("{actor} added {resources}."),
    "resource.changed": _("{actor} described {resources} anew."),
    "resource.retired": _("{actor} took {resources} out of use."),
    "resource.brought_back": _("{actor} brought {resources} back into use."),
    "type.added": _("{actor} added a kind of thing."),
    "type.changed": _("{actor} described a kind of thing anew."),
    "things.ordered": _("{actor} put things in another order."),
    "rules.changed": _("{actor} changed the house rules of {resources}."),
    "question.added": _("{actor} added a question to what a booking asks: {resources}."),
    "question.changed": _("{actor} changed a question that a booking asks: {resources}."),
    "question.removed": _("{actor} removed a question that a booking asked: {resources}."),
    "question.ordered": _("{actor} put what a booking asks in another order: {resources}."),
    "terms.changed": _("{actor} changed the terms of {resources}."),
    "terms.accepted": _("{person} accepted the terms of a kind of thing."),
    "steps.changed": _("{actor} changed the steps in which requests are decided on."),
    "approver.named": _("{actor} named {person} among those who decide."),
    "approver.removed": _("{actor} took {person} off those who decide."),
    "text.changed": _("{actor} changed a text of the house."),
    "announcement.made": _("{actor} announced something on the front page."),
    "announcement.changed": _("{actor} changed an announcement on the front page."),
    "announcement.removed": _("{actor} took an announcement off the front page."),
    **OF_RESIDENCIES,
    "lab.loaded": _("{actor} loaded the lab's description."),
    "induction.requested": _("{actor} asked for an induction on {topic}."),
    "induction.given": _("{actor} inducted {person} on {topic}."),
    "induction.withdrawn": _("{actor} withdrew the induction of {person} on {topic}."),
    "induction.offered": _("{actor} offered an induction on {topic}."),
    "induction.changed": _("{actor} changed an induction on {topic}."),
    "induction.moved": _("{actor} moved an induction on {topic}."),
    "induction.called_off": _("{actor} called off an induction on {topic}."),
    "induction.place_taken": _("{person} took a place at an induction on {topic}."),
    "induction.place_given_back": _("{person} has no place at an induction on {topic} any more."),
    "induction.giver_left": _("{person}, who was to give an induction on {topic}, has left."),
    "induction.starting_soon": _("{person}’s induction on {topic} starts soon."),
    "signin.succeeded": _("{person} signed in."),
    "signin.failed": _("Somebody tried to sign in as {person} and failed."),
    "invitation.made": _("{actor} made an invitation."),
    "invitation.sent": _("{actor} invited {person}."),
    "invitation.sent_again": _("{actor} sent {person} their invitation again."),
    "invitation.taken_back": _("{actor} took back the invitation of {person}."),
    "invitation.accepted": _("{person} accepted an invitation."),
    "account.asked": _("{person} asked for an account."),
    "account.request_proved": _("{person} confirmed the address of their request."),
    "account.request_taken_back": _("{person} took the request for an account back."),
    "account.request_granted": _("{actor} said yes to the request of {person} for an account."),
    "account.request_declined": _("{actor} said no to the request of {person} for an account."),
    "account.asking_changed": _("{actor} changed who may ask for an account."),
    "account.made": _("{actor} made an account for {person}."),
    "account.activated": _("{actor} let {person} sign in again."),
    "account.end_set": _("{actor} set until when {person} may sign in."),
    "account.joined": _("{actor} joined two accounts of {person}."),
    "account.deactivated": _("{actor} stopped {person} from signing in."),
    "account.erasure_asked": _("{person} asks to be erased."),
    "account.erasure_taken_back": _("{person} no longer asks to be erased."),
    "account.erased": _("{actor} erased somebody’s data."),
    "role.changed": _("{actor} gave {person} another role."),
    "address.changed": _("{actor} changed the e-mail address of {person}."),
    "token.made": _("{actor} made an API token for {person}."),
    "token.ended": _("{actor} ended an API token of {person}."),
    "feed.renewed": _("{actor} made a new address for the calendar of {person}."),
    "access.ended": _("{actor} ended all sessions, tokens and addresses of {person}."),
    "password.asked": _("Somebody asked for a new password for {person}."),
    "password.changed": _("{actor} changed their password."),
    "password.reset": _("{actor} chose a new password with a link."),
    "password.given": _("{actor} gave {person} another password."),
    "session.ended": _("{actor} signed out in another browser."),
    "university.linked": _("{actor} linked an account of a university."),
    "university.unlinked": _("{actor} unlinked an account of a university."),
    "university.rule_changed": _("{actor} changed who gets an account through a university."),
    "recovery.asked": _("{actor} asked for a link that lets {person} back in."),
    "recovery.agreed": _("{actor} agreed to a link that lets {person} back in."),
    "recovery.dropped": _("{actor} dropped a link that would have let {person} back in."),
    "recovery.used": _("{person} got back in with a link from the house."),
    "factor.added": _("{actor} set up a second factor."),
    "factor.removed": _("{actor} removed a second factor."),
    "factor.codes_made": _("{actor} made new recovery codes."),
    "factor.code_used": _("{actor} used a recovery code."),
    "factor.rule_changed": _("{actor} changed who needs a second factor."),
    "factor.refused": _("Somebody with the password of {person} had no second factor."),
    "consent.given": _("{actor} agreed to take part in {study}."),
    "consent.withdrawn": _("{actor} withdrew from {study}."),
    "study.ended": _("{study} ended: the key to its codes was deleted."),
    "export.downloaded": _("{actor} downloaded the usage log of {study}."),
    "export.aborted": _(
        "{actor} got the usage log of {study} in part: consents changed meanwhile."
    ),
    "summary.made": _("The weekly summary of {study} was made."),
}

TOLD = TOLD_OF_RESIDENCIES | frozenset(
    {
        "booking.requested",
        "booking.approved",
        "booking.step_approved",
        "booking.declined",
        "booking.asked",
        "booking.answered",
        "booking.escalated",
        "booking.expired",
        "booking.cancelled",
        "booking.no_show",
        "booking.moved",
        "booking.passed_on",
        "booking.swapped",
        "booking.asked_anew",
        "booking.starting_soon",
        "booking.return_due",
        "booking.nudged",
        "booking.withdrawn",
        "party.added",
        "party.removed",
        "party.left",
        "waiting.offered",
        "waiting.lapsed",
        "waiting.passed",
        "house.was_down",
        "mail.laid_aside",
        "induction.requested",
        "induction.given",
        "induction.withdrawn",
        "induction.offered",
        "induction.changed",
        "induction.moved",
        "induction.called_off",
        "induction.place_taken",
        "induction.place_given_back",
        "induction.giver_left",
        "induction.starting_soon",
        "invitation.sent",
        "invitation.sent_again",
        "account.asked",
        "account.request_declined",
        "password.asked",
        "password.changed",
        "password.reset",
        "password.given",
        "address.changed",
        "summary.made",
        "university.linked",
        "university.unlinked",
        "recovery.asked",
        "recovery.agreed",
        "recovery.used",
        "factor.added",
        "factor.removed",
        "factor.codes_made",
        "factor.code_used",
        "factor.refused",
    }
)

HOLDS = frozenset({"booking.held", "booking.hold_released", "booking.hold_lapsed"})
"""A time kept while somebody decides, which is no booking yet and does not count as one."""

PRIVATE = frozenset({"consent.given", "consent.withdrawn"})
"""Between a person and a study: shown to nobody else, lab staff and administrators included."""

OF_JURIES = frozenset(kind for kind in KINDS if kind.startswith(("juror.", "review.")))
"""Who sits on a jury, and what they do there: shown to nobody else."""

_AT_THE_DOOR = {
    *("signin", "session", "invitation", "account", "address", "role", "token", "feed", "access"),
    *("password", "factor", "university", "recovery"),
}
SECURITY = frozenset(kind for kind in KINDS if kind.partition(".")[0] in _AT_THE_DOOR)
"""What happened to accounts and at the door: for administrators alone."""

OF_STAYS = frozenset(kind for kind in KINDS if kind.partition(".")[0] in {"stay", "papers"})
"""How somebody lives here: for staff, who see to it."""

OF_RETENTION = frozenset(kind for kind in KINDS if kind.startswith("data."))
"""What is kept no longer: for staff too."""

WHO_SEES: dict[str, frozenset[str]] = {
    **dict.fromkeys(PRIVATE | OF_JURIES, frozenset()),
    **dict.fromkeys(SECURITY, frozenset({"admin"})),
    **dict.fromkeys(OF_STAYS | OF_RETENTION, frozenset({"staff"})),
}
"""Of kinds that not everybody may see: the roles that do. Their entries have numbers out of line,
so that the numbers of all others have no gaps that tell when one of them was written."""


def hidden_from(role: str) -> frozenset[str]:
    """The kinds that people of this role may not see."""
    return frozenset(kind for kind, roles in WHO_SEES.items() if role not in roles)
