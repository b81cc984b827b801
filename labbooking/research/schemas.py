"""Shapes of what is said and told about exports by API."""

from __future__ import annotations

from datetime import datetime
from typing import Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from labbooking.research.models import Export
from labbooking.wire.fields import Instant


class ExportIn(BaseModel):
    """Entries from `from` on and before `to`."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {"from": "2026-11-01T00:00:00+01:00", "to": "2026-12-01T00:00:00+01:00"},
            ]
        },
    )

    from_: Instant = Field(alias="from")
    to: Instant
    format: Export.Format = Export.Format.CSV


class ExportOut(BaseModel):
    """An export that waits at `download`. Who consents is asked anew at each download."""

    id: UUID
    state: Literal["ready"] = "ready"
    study: str
    from_: datetime = Field(serialization_alias="from")
    to: datetime
    format: Export.Format
    download: str = Field(description="The address of the file.")
