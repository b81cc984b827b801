"""Which keys are out."""

from __future__ import annotations

from labbooking.residencies.stays.keys.models import KeyHandout


def keys_out() -> list[KeyHandout]:
    """With whom, who is to leave first at the top; one query."""
    out = KeyHandout.objects.filter(back_at=None).select_related(
        "stay__booking__person", "stay__person"
    )
    return list(out.order_by("stay__booking__ends_at", "pk"))
