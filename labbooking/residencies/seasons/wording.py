"""What a plan says in words: how sure it is, and why somebody has no place."""

from __future__ import annotations

from collections.abc import Callable

from django.utils.formats import number_format
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from labbooking.residencies.seasons.canonical import Told
from labbooking.residencies.seasons.comparing import Difference
from labbooking.residencies.seasons.forgotten import is_forgotten
from labbooking.residencies.seasons.models import SeasonPlan
from labbooking.residencies.seasons.plan.why import WEEKS

_CHANGES: dict[str, Callable[[], str]] = {
    "window": lambda: _weeks(ngettext(
        "a window {count} week wider on either side",
        "a window {count} weeks wider on either side", WEEKS)),
    "shorter": lambda: _weeks(ngettext(
        "a stay {count} week shorter", "a stay {count} weeks shorter", WEEKS)),
    "headsets": lambda: _("no headset"),
    "features": lambda: _("any of the studios"),
    "alone": lambda: _("coming without the partner"),
    "discipline": lambda: _("one more of its discipline at once"),
    "opened": lambda: _("the weeks opened in which studios are taken"),
}  # fmt: skip


def _weeks(words: str) -> str:
    return words.format(count=WEEKS)


def certainty(plan: SeasonPlan) -> str:
    """One sentence on what is proven, and what is not."""
    answer: Told = plan.answer or {}
    if not answer.get("proven"):
        return _not_proven(answer)
    if plan.aim == "order":
        return _("Proven: nobody was passed over who could have been placed in the jury’s order.")
    return _("Proven: no plan reaches more than {value}.").format(value=number(answer["value"]))


def _not_proven(answer: Told) -> str:
    value, bound = answer.get("value", 0), answer.get("bound", 0)
    if not bound or bound <= value:
        return _("Not proven: the time was up. Another plan may be better.")
    share = -(-100 * (bound - value) // bound)
    words = _("Not proven: the time was up. It is at most {share} % below the best there can be.")
    return words.format(share=number(share))


def failure(answer: Told) -> str:
    """Of a plan that could not be made."""
    against = answer.get("contradiction") or ()
    if against:
        words = _("This cannot hold together: {all}. Let go of one of it, and solve again.")
        return words.format(all=get_text_list([_held(each) for each in against], _("and")))
    if answer.get("failed") == "check":
        return _("What the solver found breaks a rule, so it was thrown away.")
    return _("The solver did not come to an end within its time and memory.")


def _held(name: str) -> str:
    kind, _space, what = name.partition(" ")
    words = _("what is fixed of {what}") if kind == "fixed" else _("the floor of {what}")
    return words.format(what=_known(what))


def why(said: Told, aim: str) -> list[str]:
    """What it would cost, and what would change it."""
    sentences = [_cost(said, aim)]
    if said["would_help"]:
        changes = [_CHANGES[each]() for each in said["would_help"]]
        words = _("It would fit, and nobody would have to go, with {changes}.")
        sentences.append(words.format(changes=get_text_list(changes, _("or"))))
    return sentences


def no_why(plan: SeasonPlan) -> str:
    """Where nothing is known of it."""
    answer: Told = plan.answer or {}
    if answer.get("explained"):
        return _("This was not found out in time.")
    return _("Being looked into.")


def _cost(said: Told, aim: str) -> str:
    if said["no_stay"]:
        return _("No studio is free for so long a stay within its window.")
    if said["cost"] is None or not said["asked"]:
        fixed = _("It cannot be placed together with what is fixed.")
        return fixed if said["asked"] else _("What it would cost was not found out in time.")
    codes = [_known(each) for each in said["instead_of"]]
    facts = {"codes": get_text_list(codes, _("and")), "cost": number(said["cost"])}
    if not said["instead_of"]:
        return _("It would cost {cost} points.").format(**facts)
    if aim == "order":
        return _("{codes} would have to go, worth {cost} points.").format(**facts)
    return _("It would cost {cost} points: {codes} would have to go.").format(**facts)


def _known(code: str) -> str:
    return _("an application that is deleted") if is_forgotten(code) else code


def compared(found: Difference, version: int) -> str:
    """One plan beside another, in sentences."""
    if not (found.points or found.moved or found.came or found.gone):
        return _(
            "The same people in the same places, at the same times, as in plan {version}."
        ).format(version=version)
    words = _("Beside plan {version}: {difference}.")
    return " ".join(
        [words.format(version=version, difference=_more_or_less(found)), *_who_differs(found)]
    )


def compared_aim(found: Difference) -> str:
    if not (found.points or found.came or found.gone):
        return _("The same people.")
    words = _("Beside this plan: {difference}.").format(difference=_more_or_less(found))
    return " ".join([words, *_who_differs(found)])


def _more_or_less(found: Difference) -> str:
    people, points = abs(found.people), abs(found.points)
    of_people = _("as many people")
    if found.people > 0:
        of_people = ngettext("{count} person more", "{count} people more", people)
    elif found.people < 0:
        of_people = ngettext("{count} person less", "{count} people less", people)
    of_points = _("as many points")
    if found.points > 0:
        of_points = ngettext("{count} point more", "{count} points more", points)
    elif found.points < 0:
        of_points = ngettext("{count} point less", "{count} points less", points)
    return ", ".join(
        [of_people.format(count=number(people)), of_points.format(count=number(points))]
    )


def _who_differs(found: Difference) -> list[str]:
    told = [
        (_("In: {codes}."), found.came),
        (_("Out: {codes}."), found.gone),
        (_("In another place or at another time: {codes}."), found.moved),
    ]
    return [
        words.format(codes=get_text_list(list(codes), _("and"))) for words, codes in told if codes
    ]


def number(value: int) -> str:
    return str(number_format(value, use_l10n=True, force_grouping=True))
