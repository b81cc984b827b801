"""What is said with an act."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field

from labbooking.bookings.wish import Scope
from labbooking.wire.fields import Paragraph


class ActIn(BaseModel):
    model_config = ConfigDict(extra="forbid")

    reason: Paragraph = ""


class ActOnSeriesIn(ActIn):
    scope: Scope | None = Field(
        default=None, description="Of a series: this date, this and the following, or all."
    )
