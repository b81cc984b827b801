"""In which steps requests for a kind of thing are decided on, and who decides at each."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from equipment.actions import Overtaken
from equipment.actions.types import locked_type
from equipment.lab_file.schema import MOST_STEPS
from equipment.models import ResourceType
from labbooking.bookings.models import ApprovalStep, Approver
from labbooking.bookings.queries import current_steps
from labbooking.bookings.transaction.preconditions import only_staff
from labbooking.errors import Malformed
from labbooking.journal.record import Happening, Touched, record
from labbooking.lengths import LONGEST_LINE
from residents.models import User

LONGEST_SLUG = 45


@dataclass(frozen=True, slots=True)
class StepSaid:
    """A step as somebody wants it. With the `slug` of one that there is, it is that one."""

    name_de: str
    name_en: str
    hours: int | None = None
    approvers: tuple[User, ...] = ()
    deputies: tuple[User, ...] = ()
    slug: str = ""


def set_steps(
    type_slug: str, said: Sequence[StepSaid], *, by: User, at: datetime, based_on: str
) -> ResourceType:
    """From now on requests for this kind go through these steps; with none, one yes is enough.

    Requests that wait go through the steps they began with. Raises `NotAllowed`,
    `ResourceType.DoesNotExist`, `Malformed`, and `Overtaken` where somebody was quicker.
    """
    only_staff(by)
    with transaction.atomic():
        of_type = locked_type(type_slug)
        if plain(_current(of_type)) == plain(said):
            return of_type
        if version_of(of_type) != based_on:
            raise Overtaken(_("Somebody else has changed this meanwhile."))
        _refuse_nonsense(said)
        write_steps(of_type, said, at)
        of_type.edited_at = at
        of_type.save(update_fields=["edited_at"])
        _tell(of_type, said, by, at)
        return of_type


def write_steps(of_type: ResourceType, said: Sequence[StepSaid], at: datetime) -> None:
    """Make it so, in the caller's transaction."""
    known = {each.slug: each for each in current_steps([of_type])}
    kept = [each.slug for each in said if each.slug in known]
    gone = ApprovalStep.objects.filter(type=of_type, retired_at=None).exclude(slug__in=kept)
    gone.update(retired_at=at)
    taken = set(kept)
    for place, each in enumerate(said):
        step = known.get(each.slug) or ApprovalStep(type=of_type, slug=_free_slug(each, taken))
        taken.add(step.slug)
        step.place, step.hours = place, each.hours
        step.name_de, step.name_en = each.name_de.strip(), each.name_en.strip()
        step.save()
        _name(step, each)
    of_type.approval_steps = len(said)
    of_type.save(update_fields=["approval_steps"])


def version_of(of_type: ResourceType) -> str:
    """Another one as soon as any of it is another."""
    return hashlib.sha256(repr(plain(_current(of_type))).encode()).hexdigest()[:16]


def _current(of_type: ResourceType) -> list[StepSaid]:
    return [said_of(each) for each in current_steps([of_type])]


def said_of(step: ApprovalStep) -> StepSaid:
    people = step.approvers.all()
    first = tuple(each.person for each in people if not each.is_deputy)
    second = tuple(each.person for each in people if each.is_deputy)
    return StepSaid(step.name_de, step.name_en, step.hours, first, second, step.slug)


def plain(said: Iterable[StepSaid]) -> list[tuple[object, ...]]:
    """What can be compared: the order of people says nothing."""
    return [
        (
            each.slug,
            each.name_de.strip(),
            each.name_en.strip(),
            each.hours,
            sorted(person.pk for person in each.approvers),
            sorted(person.pk for person in each.deputies),
        )
        for each in said
    ]


def _refuse_nonsense(said: Sequence[StepSaid]) -> None:
    if len(said) > MOST_STEPS:
        raise Malformed(_("There are at most {count} steps.").format(count=MOST_STEPS))
    slugs = [each.slug for each in said if each.slug]
    if len(slugs) > len(set(slugs)):
        raise Malformed(_("Two steps cannot have the same short name."))
    for each in said:
        names = (each.name_de.strip(), each.name_en.strip())
        if not all(names) or max(map(len, names)) > LONGEST_LINE:
            raise Malformed(_("Each step has a name in German and in English."))
        if both := set(each.approvers) & set(each.deputies):
            words = _("{name} cannot both decide and stand in at one step.")
            raise Malformed(words.format(name=min(map(str, both))))
        if not all(one.is_lab_staff and one.is_active for one in each.approvers + each.deputies):
            raise Malformed(_("Only lab staff decide on requests."))


def _free_slug(said: StepSaid, taken: Iterable[str]) -> str:
    base = said.slug or slugify(said.name_en)[:LONGEST_SLUG].strip("-") or "step"
    names = [base, *(f"{base}-{number}" for number in range(2, MOST_STEPS + 2))]
    return next(name for name in names if name not in taken)


def _name(step: ApprovalStep, said: StepSaid) -> None:
    rows = {each.person_id: each for each in Approver.objects.filter(step=step)}
    wanted = dict.fromkeys(said.approvers, False) | dict.fromkeys(said.deputies, True)
    Approver.objects.filter(step=step).exclude(person__in=wanted).delete()
    for person, is_deputy in wanted.items():
        row = rows.get(person.pk) or Approver(type=step.type, step=step, person=person)
        row.is_deputy = is_deputy
        row.save()


def _tell(of_type: ResourceType, said: Sequence[StepSaid], by: User, at: datetime) -> None:
    people = {person for each in said for person in (*each.approvers, *each.deputies)}
    keys = sorted(str(person.subject_key) for person in people)
    touched = [Touched("subject", key, "person") for key in keys]
    touched.append(Touched("subject", str(by.subject_key), "actor"))
    data = {"type": of_type.slug, "steps": len(said)}
    record(Happening("steps.changed", at, tuple(touched), data))
