"""The announcement of a call on the front page says what the call says; in the caller's act."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from equipment import actions
from equipment.models import AnnouncementKind
from labbooking.residencies.calls.addresses import address_to_announce
from labbooking.residencies.calls.models import Call
from residents.models import User


def keep_in_step(call: Call, *, by: User, at: datetime) -> None:
    """Make the announcement of a published call, or change it where something is different. It is
    over by itself as soon as the call closes, which is the same instant."""
    known = call.announcement
    if known is None:
        call.announcement = actions.announce(_said(call), by=by, at=at)
        call.save(update_fields=["announcement"])
    else:
        actions.change_announcement(known.pk, _said(call), by=by, at=at, based_on=known.version)


def take_away(call: Call, *, by: User, at: datetime) -> None:
    if call.announcement_id is None:
        return
    pk, call.announcement = call.announcement_id, None
    call.save(update_fields=["announcement"])
    actions.take_down(pk, by=by, at=at)


def _said(call: Call) -> dict[str, Any]:
    return {
        "kind": AnnouncementKind.CALL,
        "title_de": call.name_de,
        "title_en": call.name_en,
        "text_de": call.summary_de,
        "text_en": call.summary_en,
        "starts_at": call.opens_at,
        "ends_at": call.closes_at,
        "url": address_to_announce(call),
        "email": call.email,
    }
