"""Staff add, describe and retire things by API, with the acts of `/house/manage/`."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Status

from equipment.api import router as resources
from equipment.models import Resource, ResourceType
from labbooking.bookings.transaction.preconditions import only_staff
from labbooking.errors import NotThere
from labbooking.house.manage.changes import add_type, add_unit, change_type, change_unit
from labbooking.house.manage.retire import bookings_ahead, bring_back, retire
from labbooking.house.schemas import (
    AheadOut,
    DescribedOut,
    ResourceChangeIn,
    ResourceIn,
    RetiredOut,
    RetireIn,
    TypeChangeIn,
    TypeIn,
    TypeOut,
    UnsettledOut,
    ahead_out,
    described_out,
    type_out,
)
from labbooking.wire.problems import problems
from labbooking.wire.router import Router
from residents.authentication import SIGNED_IN, SignedInRequest

router = Router(tags=["resources"])
WRONG = problems(400, 401, 403, 404, 409, 413, 415, 429)


@resources.post("types/", response={201: TypeOut, **WRONG}, auth=SIGNED_IN)
def add_resource_type(request: SignedInRequest, asked: TypeIn) -> Status[TypeOut]:
    """Staff add a kind of thing with so many units, numbered and ready to be booked."""
    only_staff(request.auth)
    like = type_called(asked.like) if asked.like else None
    units = 1 if asked.units is None else asked.units
    made = add_type(asked.said, units=units, like=like, by=request.auth, at=timezone.now())
    return Status(201, type_out(made))


@router.post("types/{slug:slug}/change", response={200: TypeOut, **WRONG})
def change_resource_type(request: SignedInRequest, slug: str, asked: TypeChangeIn) -> TypeOut:
    """Staff describe a kind of thing anew, or say how many there are of it.

    With `based_on` it is 409 where somebody has changed it since.
    """
    only_staff(request.auth)
    known = type_called(slug)
    seen, units = asked.based_on or known.version, asked.units
    by, at = request.auth, timezone.now()
    changed = change_type(slug, asked.said, units=units, by=by, at=at, based_on=seen)
    return type_out(changed)


@resources.post("resources/", response={201: DescribedOut, **WRONG}, auth=SIGNED_IN)
def add_resource(request: SignedInRequest, asked: ResourceIn) -> Status[DescribedOut]:
    """Staff add one thing of a kind."""
    only_staff(request.auth)
    if asked.type is None:
        raise ValidationError({"type": _("This is missing.")})
    fields = asked.said | {"type": type_called(asked.type)}
    by, features = request.auth, asked.features or []
    made = add_unit(fields, asked.parts or [], by=by, at=timezone.now(), features=features)
    return Status(201, described_out(made))


@router.post("resources/{slug:slug}/change", response={200: DescribedOut, **WRONG})
def change_resource(request: SignedInRequest, slug: str, asked: ResourceChangeIn) -> DescribedOut:
    """Staff describe a thing anew.

    With `based_on` it is 409 where somebody has changed it since.
    """
    only_staff(request.auth)
    unit = _unit(slug)
    parts = asked.parts
    if parts is None:
        parts = list(unit.parts.values_list("slug", flat=True))
    fields: dict[str, Any] = asked.said | ({"type": type_called(asked.type)} if asked.type else {})
    by, at, seen = request.auth, timezone.now(), asked.based_on or unit.version
    changed = change_unit(slug, fields, parts, by=by, at=at, based_on=seen, features=asked.features)
    return described_out(changed)


@router.get("resources/{slug:slug}/ahead", response={200: list[AheadOut], **WRONG})
def bookings_ahead_of_resource(request: SignedInRequest, slug: str) -> list[AheadOut]:
    """Tells staff which bookings are ahead of a thing, and which equal thing is free then."""
    only_staff(request.auth)
    return [ahead_out(each) for each in bookings_ahead([_unit(slug)], timezone.now())]


@router.post("resources/{slug:slug}/retire", response={200: RetiredOut, **WRONG})
def retire_resource(request: SignedInRequest, slug: str, asked: RetireIn) -> RetiredOut:
    """Staff take a thing out of use and say what becomes of each booking ahead."""
    by, at = request.auth, timezone.now()
    only_staff(by)
    left = retire([_unit(slug)], asked.fates, asked.reason, by=by, at=at)
    unsettled = [UnsettledOut(booking=each.booking, why=each.why) for each in left]
    return RetiredOut(is_bookable=False, unsettled=unsettled)


@router.post("resources/{slug:slug}/bring-back", response={200: DescribedOut, **WRONG})
def bring_resource_back(request: SignedInRequest, slug: str) -> DescribedOut:
    """Staff bring a thing back into use; who waits for it is served."""
    only_staff(request.auth)
    bring_back([_unit(slug)], by=request.auth, at=timezone.now())
    return described_out(_unit(slug))


def _unit(slug: str) -> Resource:
    unit = Resource.objects.select_related("type").filter(slug=slug).first()
    if unit is None:
        raise NotThere(_("There is no resource “{slug}”.").format(slug=slug))
    return unit


def type_called(slug: str) -> ResourceType:
    of_type = ResourceType.objects.select_related("rules").filter(slug=slug).first()
    if of_type is None:
        raise NotThere(_("There is no kind of thing called “{slug}”.").format(slug=slug))
    return of_type
