"""Groups by API: staff make them and say who is in them, with the acts of the page."""

from __future__ import annotations

from django.utils import timezone
from ninja import Status
from pydantic import BaseModel

from labbooking.bookings.actions.groups import change
from labbooking.bookings.groups import groups_seen_by
from labbooking.bookings.models import BookingGroup
from labbooking.errors import NotThere
from labbooking.wire.fields import Line, strict
from labbooking.wire.problems import problems
from labbooking.wire.router import Router
from residents.authentication import SignedInRequest

router = Router(tags=["people"])
ACTED = problems(400, 401, 403, 404, 409, 413, 415, 429)


class GroupIn(BaseModel):
    model_config = strict({"name": "Loom"})

    name: Line


class MemberIn(BaseModel):
    model_config = strict({"name": "ada@daig.example"})

    name: Line


class MemberOut(BaseModel):
    id: int
    name: str


class GroupOut(BaseModel):
    """Everybody in it acts for what is booked for it."""

    id: int
    name: str
    members: list[MemberOut]


def _out(group: BookingGroup) -> GroupOut:
    people = [MemberOut(id=each.pk, name=str(each.person)) for each in vars(group)["people"]]
    return GroupOut(id=group.pk, name=group.name, members=people)


def _told(request: SignedInRequest, pk: int) -> GroupOut:
    found = groups_seen_by(request.auth).filter(pk=pk).first()
    if found is None:
        raise NotThere
    return _out(found)


@router.get("groups/", response={200: list[GroupOut], **problems(401, 429)})
def list_groups(request: SignedInRequest) -> list[GroupOut]:
    """Tells the groups you are in, to lab staff all."""
    return [_out(each) for each in groups_seen_by(request.auth)]


@router.post("groups/", response={201: GroupOut, **ACTED})
def make_group(request: SignedInRequest, said: GroupIn) -> Status[GroupOut]:
    """Staff make a group; nobody is in it yet."""
    made = change.make_group(said.name, by=request.auth, at=timezone.now())
    return Status(201, _told(request, made.pk))


@router.post("groups/{int:group_id}/members", response={200: GroupOut, **ACTED})
def add_member(request: SignedInRequest, group_id: int, said: MemberIn) -> GroupOut:
    """Staff take somebody into a group, by name or e-mail address."""
    change.add_member(group_id, said.name, by=request.auth, at=timezone.now())
    return _told(request, group_id)


@router.post(
    "groups/{int:group_id}/members/{int:member_id}/remove", response={200: GroupOut, **ACTED}
)
def remove_member(request: SignedInRequest, group_id: int, member_id: int) -> GroupOut:
    """Staff take somebody out of a group; of its bookings, they act only for those they made."""
    change.remove_member(group_id, member_id, by=request.auth, at=timezone.now())
    return _told(request, group_id)


@router.post("groups/{int:group_id}/dissolve", response={204: None, **ACTED})
def dissolve_group(request: SignedInRequest, group_id: int) -> Status[None]:
    """Staff dissolve a group that has no bookings ahead."""
    change.remove_group(group_id, by=request.auth, at=timezone.now())
    return Status(204, None)
