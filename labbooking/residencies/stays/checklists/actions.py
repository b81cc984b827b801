"""A list is begun, filled in by either, and confirmed by both."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from equipment.actions import Overtaken
from labbooking import pictures
from labbooking.errors import NotThere, WrongState
from labbooking.lengths import LONGEST_PARAGRAPH
from labbooking.residencies.stays.actions.locked import locked_stay
from labbooking.residencies.stays.checklists.inventory import inventory_of
from labbooking.residencies.stays.checklists.models import Answer, CheckItem, CheckKind, CheckList
from labbooking.residencies.stays.entries import tell
from labbooking.residencies.stays.models import Stay
from labbooking.residencies.stays.states import BEGUN
from residents.models import User


@dataclass(frozen=True, slots=True)
class Found:
    """How one thing was found; a `picture` replaces the one before."""

    answer: str
    words: str = ""
    picture: pictures.Picture | None = None


@transaction.atomic
def begin_list(stay_id: int, kind: str, *, by: User, at: datetime) -> CheckList:
    """Made of the studio's inventory as it is now; asked twice, it is the same list.

    Raises `NotThere`, and `WrongState` before arrival and where there is no inventory.
    """
    stay = locked_stay(stay_id, by)
    if kind not in CheckKind.values:
        raise NotThere
    if known := CheckList.objects.filter(stay=stay, kind=kind).first():
        return known
    if stay.booking.state not in BEGUN:
        raise WrongState(_("The list is made once somebody is here."))
    things = inventory_of(stay.studio)
    if not things:
        raise WrongState(_("Staff have not written down what belongs to this studio."))
    made = CheckList.objects.create(stay=stay, kind=kind, begun_at=at)
    CheckItem.objects.bulk_create(
        CheckItem(
            checklist=made, item=each, order=each.order,
            label_de=each.label_de, label_en=each.label_en,
        )
        for each in things
    )  # fmt: skip
    tell("stay.list_begun", stay, by=by, at=at, list=kind)
    return made


def fill_in(
    stay_id: int, kind: str, found: Mapping[int, Found], *, by: User, at: datetime, based_on: int
) -> int:
    """`found` is by the key of the line; `based_on` is the list's `revision` when it was read.
    Whatever is different makes every confirmation void. Answers with the revision that is known to
    who asked.

    Raises `NotThere`, `WrongState`, `Overtaken` and `ValidationError`.
    """
    with ExitStack() as files:
        kept = {
            key: files.enter_context(pictures.kept(each.picture)) for key, each in found.items()
        }
        with transaction.atomic():
            stay = locked_stay(stay_id, by)
            checklist = _locked_list(stay, kind)
            changed = [
                item
                for item in checklist.items.all()
                if item.pk in found and _changed(item, found[item.pk], kept[item.pk])
            ]
            if not changed:
                return based_on
            _refuse_overtaken(checklist, based_on)
            _write(checklist, changed, by, at)
            tell("stay.list_changed", stay, by=by, at=at, list=kind, count=len(changed))
            return checklist.revision


def _changed(item: CheckItem, found: Found, photo: str) -> bool:
    """Whether the line says something else now; it does from here on."""
    if found.answer and found.answer not in Answer.values:
        raise ValidationError(_("Choose one of the answers."))
    if len(found.words) > LONGEST_PARAGRAPH or "\0" in found.words:
        raise ValidationError(_("Say it in fewer words."))
    before = item.answer, item.words, item.photo
    old = item.photo if photo else ""
    item.answer, item.words = found.answer, found.words
    item.photo = photo or item.photo
    if old:
        transaction.on_commit(lambda: pictures.delete(old))
    return before != (item.answer, item.words, item.photo)


def _write(checklist: CheckList, changed: list[CheckItem], by: User, at: datetime) -> None:
    for item in changed:
        item.by, item.at = by, at
        item.save(update_fields=["answer", "words", "photo", "by", "at"])
    checklist.revision += 1
    checklist.seen_by_resident_at = checklist.seen_by_staff_at = None
    checklist.save(update_fields=["revision", "seen_by_resident_at", "seen_by_staff_at"])


@transaction.atomic
def confirm_list(stay_id: int, kind: str, *, by: User, at: datetime, based_on: int) -> CheckList:
    """The resident says so for themselves, staff for the house.

    Raises `NotThere`, `Overtaken`, and `WrongState` while a thing has no answer.
    """
    stay = locked_stay(stay_id, by)
    checklist = _locked_list(stay, kind)
    _refuse_overtaken(checklist, based_on)
    if any(not each.answer for each in checklist.items.all()):
        raise WrongState(_("Say of everything on the list how it is, then confirm."))
    name = "seen_by_resident_at" if _is_resident(stay, by) else "seen_by_staff_at"
    if getattr(checklist, name) is None:
        setattr(checklist, name, at)
        checklist.save(update_fields=[name])
        tell("stay.list_confirmed", stay, by=by, at=at, list=kind)
    return checklist


def _is_resident(stay: Stay, by: User) -> bool:
    return by.pk == stay.booking.person_id


def _locked_list(stay: Stay, kind: str) -> CheckList:
    """The stay is locked, so nobody changes it meanwhile."""
    checklist = CheckList.objects.filter(stay=stay, kind=kind).first()
    if checklist is None:
        raise NotThere
    return checklist


def _refuse_overtaken(checklist: CheckList, based_on: int) -> None:
    if checklist.revision != based_on:
        raise Overtaken(_("Somebody else has changed this meanwhile. Please look again."))
