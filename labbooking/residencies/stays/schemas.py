"""How stays are told by API, and what is sent."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Literal

from pydantic import BaseModel, Field, StringConstraints

from labbooking.lengths import LONGEST_LINE, LONGEST_PARAGRAPH
from labbooking.residencies.stays.checklists.models import Answer, CheckKind, CheckList
from labbooking.residencies.stays.keys.models import LONGEST_TAG
from labbooking.residencies.stays.models import MOST_CENTS, Stay
from labbooking.residencies.stays.presence.models import AbsenceReason
from labbooking.residencies.stays.presence.queries import presence_of
from labbooking.wire.fields import Description, Line, Slug, strict

Words = Annotated[Line, StringConstraints(min_length=1, max_length=LONGEST_LINE)]
Cents = Annotated[int, Field(ge=1, le=MOST_CENTS)]
ListKind = Literal["arrival", "departure"]


class KeyOut(BaseModel):
    id: int
    tag: str
    out_at: datetime
    back_at: datetime | None


class AbsenceOut(BaseModel):
    """The nights from `from_on` on; on `until_on` somebody is back."""

    id: int
    from_on: date
    until_on: date
    reason: AbsenceReason
    excused: bool


class GuestOut(BaseModel):
    id: int
    name: str
    from_on: date
    until_on: date
    state: str
    reason: str = Field(description="What staff said when they decided.")


class CheckItemOut(BaseModel):
    id: int
    label: str
    answer: str = Field(description="Empty as long as nobody has said anything.")
    words: str
    photo: str = Field(description="The address of a photo, or empty.")


class CheckListOut(BaseModel):
    """Whoever fills it in or confirms it names the `revision` they have read."""

    kind: CheckKind
    revision: int
    seen_by_resident_at: datetime | None
    seen_by_staff_at: datetime | None
    items: list[CheckItemOut]


class PresenceOut(BaseModel):
    nights: int
    here: int
    needed: int


class StayOut(BaseModel):
    """A stay, for the person and for lab staff. Its state is that of its booking."""

    id: int
    booking: int
    person: int
    studio: str
    first: date
    last: date
    state: str
    signed_at: datetime | None
    contract_version: int | None = Field(description="That was signed.")
    deposit_cents: int | None
    deposit_in_at: datetime | None
    deposit_back_at: datetime | None
    kept_cents: int
    report_due_on: date
    report_sent_at: datetime | None
    closed_at: datetime | None
    presence: PresenceOut
    keys: list[KeyOut]
    absences: list[AbsenceOut]
    guests: list[GuestOut]
    lists: list[CheckListOut]


class StayPage(BaseModel):
    items: list[StayOut]
    next: str | None = Field(description="The address of the next page.")


class StayIn(BaseModel):
    model_config = strict({"booking": 12})
    booking: int = Field(ge=1, lt=2**63, description="A confirmed booking of a studio.")


class SignIn(BaseModel):
    model_config = strict({"version": 1})
    version: int = Field(ge=1, lt=2**31, description="Of the contract that was read.")


class DepositIn(BaseModel):
    model_config = strict({"cents": 30_000})
    cents: Cents


class DeductionIn(BaseModel):
    reason: Words
    cents: Cents


class DepositBackIn(BaseModel):
    model_config = strict({"deductions": [{"reason": "Broken lamp", "cents": 2_500}]})
    deductions: list[DeductionIn] = Field(default_factory=list, max_length=20)


class StayKeyIn(BaseModel):
    model_config = strict({"tag": "S1"})
    tag: Annotated[Line, StringConstraints(min_length=1, max_length=LONGEST_TAG)]


class AbsenceIn(BaseModel):
    model_config = strict({"from_on": "2027-02-02", "until_on": "2027-02-05", "reason": "work"})
    from_on: date
    until_on: date
    reason: AbsenceReason


class GuestIn(BaseModel):
    model_config = strict({"name": "Mira", "from_on": "2027-02-02", "until_on": "2027-02-05"})
    name: Words
    from_on: date
    until_on: date


class GuestDecisionIn(BaseModel):
    model_config = strict({"agreed": True, "reason": ""})
    agreed: bool
    reason: Annotated[Line, StringConstraints(max_length=LONGEST_LINE)] = ""


class ReportIn(BaseModel):
    model_config = strict({"words": "It was fine.", "works": "", "may_be_published": False})
    words: Annotated[Description, StringConstraints(min_length=1)]
    works: Description = ""
    may_be_published: bool = False


class CheckItemIn(BaseModel):
    id: int = Field(ge=1, lt=2**63)
    answer: Answer
    words: Annotated[Line, StringConstraints(max_length=LONGEST_PARAGRAPH)] = ""


class FillInIn(BaseModel):
    model_config = strict({"revision": 1, "items": [{"id": 1, "answer": "ok"}]})
    revision: int = Field(ge=1, lt=2**31)
    items: list[CheckItemIn] = Field(max_length=100)


class ConfirmListIn(BaseModel):
    model_config = strict({"revision": 1})
    revision: int = Field(ge=1, lt=2**31)


class InventoryLine(BaseModel):
    label_de: Words
    label_en: Words


class InventoryOut(BaseModel):
    """What belongs to a studio."""

    resource: Slug
    items: list[InventoryLine]


class InventoryIn(BaseModel):
    model_config = strict({"items": [{"label_de": "Bett", "label_en": "Bed"}], "before": []})
    items: list[InventoryLine] = Field(max_length=100)
    before: list[InventoryLine] = Field(max_length=100, description="What was there when read.")


def stay_out(stay: Stay) -> StayOut:
    """Needs the stay with all its parts at hand."""
    absences, report = list(stay.absences.all()), getattr(stay, "report", None)
    found = presence_of(stay, absences)
    return StayOut(
        id=stay.pk, booking=stay.booking_id, person=stay.person_id, studio=stay.studio.slug,
        first=stay.first, last=stay.last, state=stay.booking.state, signed_at=stay.signed_at,
        contract_version=stay.rules.version if stay.signed_at else None,
        deposit_cents=stay.deposit_cents, deposit_in_at=stay.deposit_in_at,
        deposit_back_at=stay.deposit_back_at, kept_cents=stay.deducted,
        report_due_on=stay.report_due_on, report_sent_at=report.sent_at if report else None,
        closed_at=stay.closed_at,
        presence=PresenceOut(nights=found.nights, here=found.here, needed=found.needed),
        keys=[
            KeyOut(id=each.pk, tag=each.tag, out_at=each.out_at, back_at=each.back_at)
            for each in stay.keys.all()
        ],
        absences=[
            AbsenceOut(
                id=each.pk, from_on=each.from_on, until_on=each.until_on,
                reason=AbsenceReason(each.reason), excused=each.excused,
            )
            for each in absences
        ],
        guests=[
            GuestOut(
                id=each.pk, name=each.name, from_on=each.from_on, until_on=each.until_on,
                state=each.state, reason=each.reason,
            )
            for each in stay.guests.all()
        ],
        lists=[list_out(each) for each in stay.checklists.all()],
    )  # fmt: skip


def list_out(checklist: CheckList) -> CheckListOut:
    items = [
        CheckItemOut(
            id=each.pk,
            label=each.label,
            answer=each.answer,
            words=each.words,
            photo=each.photo_url,
        )
        for each in checklist.items.all()
    ]
    return CheckListOut(
        kind=CheckKind(checklist.kind),
        revision=checklist.revision,
        seen_by_resident_at=checklist.seen_by_resident_at,
        seen_by_staff_at=checklist.seen_by_staff_at,
        items=items,
    )
