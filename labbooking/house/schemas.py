"""How staff describe things by API."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, Field, StrictInt, StringConstraints

from equipment.models import Resource, ResourceType
from labbooking.house.manage.retire import Ahead
from labbooking.lengths import LONGEST_DESCRIPTION
from labbooking.wire.fields import Line, Paragraph, Slug, lines_of, strict

Text = Annotated[str, StringConstraints(max_length=LONGEST_DESCRIPTION), AfterValidator(lines_of)]
Lines = Annotated[list[Line], Field(max_length=50)]


class DescriptionIn(BaseModel):
    """What is left out stays as it is."""

    name_de: Line | None = None
    name_en: Line | None = None
    description_de: Text | None = None
    description_en: Text | None = None
    features_de: Lines | None = None
    features_en: Lines | None = None
    accessories_de: Lines | None = None
    accessories_en: Lines | None = None
    manual_url: Line | None = None

    @property
    def said(self) -> dict[str, Any]:
        """The fields of a kind or a thing; lists are kept one a line."""
        apart = {"units", "like", "parts", "features", "type", "based_on"}
        said = {
            name: value
            for name, value in self.model_dump(exclude=apart, exclude_unset=True).items()
            if value is not None or name in {"capacity", "plan_x", "plan_y"}
        }
        return {
            name: "\n".join(value) if isinstance(value, list) else value
            for name, value in said.items()
        }


class TypeChangeIn(DescriptionIn):
    model_config = strict({"name_en": "AR headset", "units": 5})

    plural_de: Line | None = None
    plural_en: Line | None = None
    kind: Literal["studio", "seat", "device", "space"] | None = None
    drawing: Literal["studio", "seat", "headset", "screen", "board", "workspace"] | None = None
    units: Annotated[StrictInt, Field(ge=0, le=1000)] | None = Field(
        default=None, description="How large its pool is to be."
    )
    based_on: str = Field(
        default="", max_length=16,
        description="The `version` that was read; without it the one that is there.",
    )  # fmt: skip


class TypeIn(TypeChangeIn):
    model_config = strict(
        {"name_de": "VR-Brille", "name_en": "VR headset", "kind": "device", "drawing": "headset",
         "units": 2, "like": "ar-headset"}
    )  # fmt: skip

    slug: Slug | None = Field(default=None, description="Left out, made of the English name.")
    like: Slug | None = Field(default=None, description="The type whose rules it begins with.")


class ResourceChangeIn(DescriptionIn):
    model_config = strict({"inventory_number": "D-0107", "plan_x": 11.5, "plan_y": 9.0})

    type: Slug | None = None
    inventory_number: Line | None = None
    capacity: Annotated[StrictInt, Field(ge=1, le=32767)] | None = Field(
        default=None, description="How many people fit; null: nobody counts them."
    )
    plan_x: float | None = Field(default=None, description="Metres from the left; null: nowhere.")
    plan_y: float | None = Field(default=None, description="Metres from the top; null: nowhere.")
    parts: list[Slug] | None = Field(default=None, max_length=500)
    features: list[Slug] | None = Field(
        default=None, max_length=50, description="What somebody may need and it has."
    )
    based_on: str = Field(
        default="", max_length=16,
        description="The `version` that was read; without it the one that is there.",
    )  # fmt: skip


class ResourceIn(ResourceChangeIn):
    model_config = strict({"type": "seat", "name_de": "Platz 11", "name_en": "Seat 11"})

    slug: Slug | None = Field(default=None, description="Left out, made of the English name.")


class TypeOut(BaseModel):
    """A kind of thing as staff describe it."""

    slug: str
    name_de: str
    name_en: str
    kind: str
    units: int = Field(description="How many of it can be booked.")
    version: str = Field(description="Another one after each change; see `based_on`.")


class DescribedOut(BaseModel):
    """A thing as staff describe it."""

    slug: str
    type: str
    name_de: str
    name_en: str
    inventory_number: str
    capacity: int | None
    is_bookable: bool
    parts: list[str]
    features: list[str]
    version: str = Field(description="Another one after each change; see `based_on`.")


class AheadOut(BaseModel):
    """A booking that is ahead of a thing."""

    booking: int
    state: str
    starts_at: datetime
    ends_at: datetime
    instead: str | None = Field(description="An equal thing that is free then.")


class RetireIn(BaseModel):
    model_config = strict({"fates": {"17": "swap", "18": "cancel"}, "reason": "It is broken."})

    fates: dict[int, Literal["swap", "cancel", "keep"]] = Field(
        default={}, max_length=1000,
        description="What becomes of bookings ahead, by their ids; the others are kept and told.",
    )  # fmt: skip
    reason: Paragraph = Field(default="", description="Due where something is cancelled.")


class UnsettledOut(BaseModel):
    booking: int
    why: str


class RetiredOut(BaseModel):
    """`unsettled` is as it was, each with the reason."""

    is_bookable: bool
    unsettled: list[UnsettledOut]


def type_out(of_type: ResourceType) -> TypeOut:
    names = {"slug": of_type.slug, "name_de": of_type.name_de, "name_en": of_type.name_en}
    units = of_type.resources.filter(is_bookable=True).count()
    return TypeOut(**names, kind=of_type.kind, units=units, version=of_type.version)


def described_out(unit: Resource) -> DescribedOut:
    return DescribedOut(
        slug=unit.slug,
        type=unit.type.slug,
        name_de=unit.name_de,
        name_en=unit.name_en,
        inventory_number=unit.inventory_number,
        capacity=unit.capacity,
        is_bookable=unit.is_bookable,
        parts=sorted(unit.parts.values_list("slug", flat=True)),
        features=list(unit.features.values_list("slug", flat=True)),
        version=unit.version,
    )


def ahead_out(each: Ahead) -> AheadOut:
    return AheadOut(
        booking=each.booking.pk,
        state=each.booking.state,
        starts_at=each.booking.starts_at,
        ends_at=each.booking.ends_at,
        instead=each.equal.slug if each.equal else None,
    )
