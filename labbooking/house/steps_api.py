"""By API: in which steps requests for a kind of thing are decided on, people by their addresses."""

from __future__ import annotations

from typing import Annotated

from django.utils import timezone
from django.utils.translation import gettext as _
from pydantic import BaseModel, Field, StrictInt

from equipment.lab_file.schema import LONGEST_DEADLINE, MOST_STEPS
from equipment.models import ResourceType
from labbooking.bookings.actions.steps.describe import StepSaid, set_steps, version_of
from labbooking.bookings.approvals.approvers import deciders_at
from labbooking.bookings.models import ApprovalStep
from labbooking.bookings.queries import current_steps
from labbooking.bookings.transaction.preconditions import only_staff
from labbooking.errors import Malformed
from labbooking.house.api import WRONG, type_called
from labbooking.house.lab_steps import staff_at
from labbooking.wire.fields import Address, Line, Slug, strict
from labbooking.wire.router import Router
from residents.authentication import SignedInRequest

router = Router(tags=["resources"])
People = Annotated[list[Address], Field(max_length=100)]


class StepIn(BaseModel):
    model_config = strict(
        {"name_de": "Technik", "name_en": "Technician", "approvers": ["sam@daig.example"]}
    )

    slug: Slug | None = Field(
        default=None, description="Of a step that there is; left out, made of the English name."
    )
    name_de: Line
    name_en: Line
    hours: Annotated[StrictInt, Field(ge=1, le=LONGEST_DEADLINE)] | None = Field(
        default=None, description="Its deadline; null: the one of the house rules."
    )
    approvers: People = Field(default=[], description="Without anybody, all staff decide.")
    deputies: People = Field(default=[], description="They may answer after the deadline, too.")


class StepsIn(BaseModel):
    model_config = strict(
        {"steps": [{"name_de": "Technik", "name_en": "Technician", "hours": 8}, {
            "name_de": "Haus", "name_en": "House"}]}
    )  # fmt: skip

    steps: list[StepIn] = Field(
        max_length=MOST_STEPS, description="In their order; with none, one yes is enough."
    )
    based_on: str = Field(
        default="", max_length=16,
        description="The `version` that was read; without it the one that is there.",
    )  # fmt: skip


class ApprovalStepOut(BaseModel):
    slug: str
    name_de: str
    name_en: str
    hours: int | None
    approvers: list[str]
    deputies: list[str]


class StepsOut(BaseModel):
    """In their order; with none, one yes of staff is enough."""

    steps: list[ApprovalStepOut]
    version: str = Field(description="Another one after each change; see `based_on`.")


@router.get("types/{slug:slug}/steps", response={200: StepsOut, **WRONG})
def steps_of_resource_type(request: SignedInRequest, slug: str) -> StepsOut:
    """Tells staff in which steps requests for a kind of thing are decided on."""
    only_staff(request.auth)
    return _told(type_called(slug))


@router.post("types/{slug:slug}/steps", response={200: StepsOut, **WRONG})
def set_steps_of_resource_type(request: SignedInRequest, slug: str, asked: StepsIn) -> StepsOut:
    """Staff set the steps. What waits goes through those it began with.

    With `based_on` it is 409 where somebody has changed them since.
    """
    only_staff(request.auth)
    of_type, by, at = type_called(slug), request.auth, timezone.now()
    seen = asked.based_on or version_of(of_type)
    said = [_said(each) for each in asked.steps]
    return _told(set_steps(slug, said, by=by, at=at, based_on=seen))


def _told(of_type: ResourceType) -> StepsOut:
    steps = [_step_out(each) for each in current_steps([of_type])]
    return StepsOut(steps=steps, version=version_of(of_type))


def _step_out(step: ApprovalStep) -> ApprovalStepOut:
    """Whoever has left is not told, so that what was read can be sent again."""
    who = deciders_at(step)
    return ApprovalStepOut(
        slug=step.slug,
        name_de=step.name_de,
        name_en=step.name_en,
        hours=step.hours,
        approvers=sorted(each.email for each in who.approvers),
        deputies=sorted(each.email for each in who.deputies),
    )


def _said(step: StepIn) -> StepSaid:
    unknown: list[str] = []
    approvers, deputies = staff_at(step.approvers, unknown), staff_at(step.deputies, unknown)
    if unknown:
        raise Malformed(_("Only lab staff decide on requests."))
    names = (step.name_de, step.name_en)
    return StepSaid(*names, step.hours, approvers, deputies, step.slug or "")
