"""Staff write a call, and write it anew."""

from __future__ import annotations

import re
from dataclasses import asdict, replace
from datetime import datetime
from itertools import count

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from equipment.actions import Overtaken
from equipment.actions.naming import SPELT, WELL_FORMED
from equipment.actions.writing import unless_taken
from labbooking.bookings.transaction.preconditions import only_staff
from labbooking.errors import WrongState
from labbooking.residencies.calls.actions.locked import locked_call, turned
from labbooking.residencies.calls.announcing import keep_in_step
from labbooking.residencies.calls.checks import checked
from labbooking.residencies.calls.entries import tell
from labbooking.residencies.calls.frozen import broken_promises
from labbooking.residencies.calls.models import Call, CallTerms, Criterion
from labbooking.residencies.calls.rules import missing
from labbooking.residencies.calls.spec import CallSaid, differences, newest_terms, said_of
from labbooking.residencies.calls.states import CAN_BE_CHANGED, RELIED_ON, CallState
from labbooking.residencies.questions.keys import fitting
from labbooking.residencies.questions.writing import write_questions
from residents.models import User

RESERVED = frozenset({"manage", "new"})
"""Pages stand at these addresses: that of all calls that staff write, and that of a new one."""
_LONGEST = 50


@transaction.atomic
def draft_call(said: CallSaid, *, by: User, at: datetime, slug: str = "") -> Call:
    """A call that nobody but staff sees. Without a `slug` it gets one made of its English name.

    Raises `NotAllowed`, and `ValidationError` by field.
    """
    only_staff(by)
    said = replace(said, questions=fitting(said.questions))
    call = Call(slug=slug or _free_slug(said), made_at=at, changed_at=at, **said.fields)
    checked(call, said, also=_of_slug(call.slug))
    with unless_taken():
        call.save(force_insert=True)
    _write_parts(call, said, ("studios", "criteria", "questions", "terms"), at)
    tell("call.drafted", call, by=by, at=at)
    return call


@transaction.atomic
def change_call(slug: str, said: CallSaid, *, by: User, at: datetime, based_on: int) -> Call:
    """Write it anew; nothing is written where nothing is different.

    `based_on` is its `revision` when it was read. Raises `NotAllowed`, `NotThere`, `WrongState`
    for what is called off or archived, `Overtaken`, and `ValidationError` by field, also for what
    applicants rely on.
    """
    only_staff(by)
    said = replace(said, questions=fitting(said.questions))
    call = locked_call(slug, at)
    before = said_of(call)
    changed = differences(said, before)
    if not changed:
        return call
    stage = call.stage(at)
    if stage not in CAN_BE_CHANGED:
        raise WrongState(_("This call is called off or archived: nothing of it changes."))
    if call.revision != based_on:
        raise Overtaken(_("Somebody else has changed this meanwhile."))
    for name in set(changed) & said.fields.keys():
        setattr(call, name, said.fields[name])
    checked(call, said, also=_of_stage(call, said, before, changed, stage, at))
    turned(call, at)
    call.save()
    _write_parts(call, said, changed, at)
    if call.is_published and stage != CallState.CLOSED:
        keep_in_step(call, by=by, at=at)
    tell("call.changed", call, by=by, at=at, fields=sorted(changed))
    return call


def _of_stage(
    call: Call, said: CallSaid, before: CallSaid, changed: list[str], stage: CallState, at: datetime
) -> list[tuple[str, str]]:
    if stage == CallState.DRAFT:
        return []
    kept = broken_promises(changed, said, before, stage) if stage in RELIED_ON else ()
    unsaid = missing(call, said, at)
    if stage == CallState.CLOSED:  # and stays so
        unsaid = [each for each in unsaid if each[0] != "closes_at"]
    return [*kept, *unsaid]


def _write_parts(
    call: Call, said: CallSaid, changed: tuple[str, ...] | list[str], at: datetime
) -> None:
    if "studios" in changed:
        call.studios.set(said.studios)
    if "criteria" in changed:
        call.criteria.all().delete()
        Criterion.objects.bulk_create(
            Criterion(call=call, order=order, **asdict(each))
            for order, each in enumerate(said.criteria)
        )
    if "questions" in changed:
        write_questions(call, said.questions)
    if "terms" in changed:
        _write_terms(call, said, at)


def _write_terms(call: Call, said: CallSaid, at: datetime) -> None:
    """A version of its own, but of a draft, which nobody has read yet."""
    last = newest_terms(call)
    if not call.is_published:
        call.terms.all().delete()
        last = None
    version = last.version + 1 if last else 1
    if any(said.terms):
        CallTerms.objects.create(
            call=call, version=version, text_de=said.terms_de, text_en=said.terms_en, made_at=at
        )


def _of_slug(slug: str) -> list[tuple[str, str]]:
    if slug in RESERVED:
        message = _("“{slug}” is the address of another page: choose another short name.")
        return [("slug", message.format(slug=slug))]
    well_formed = re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", slug)
    return [] if well_formed else [("slug", str(WELL_FORMED))]


def _free_slug(said: CallSaid) -> str:
    """Made of the name; with a number where that is in use already."""
    short = slugify(said.fields["name_en"].translate(SPELT))[: _LONGEST - 4].strip("-") or "call"
    tries = (short if number == 1 else f"{short}-{number}" for number in count(1))
    taken = RESERVED.union(Call.objects.values_list("slug", flat=True))
    return next(each for each in tries if each not in taken)
