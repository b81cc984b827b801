"""Where things stand on the floor plan. Staff move them; the journal keeps who did."""

from __future__ import annotations

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from equipment.actor import Actor, only_staff, touched
from equipment.floor import HEIGHT, WIDTH, is_on_the_sheet
from equipment.models import Resource
from labbooking.journal.record import Happening, record


@transaction.atomic
def place(slug: str, x: float, y: float, *, by: Actor, at: datetime) -> Resource:
    """Put a resource on the floor plan, in metres from its upper left corner, to the centimetre.

    Where it already stands nothing is written. Raises `PermissionDenied`,
    `Resource.DoesNotExist`, and `ValidationError` beyond the edge of the plan.
    """
    only_staff(by)
    resource = Resource.objects.select_for_update(of=("self",), no_key=True).get(slug=slug)
    if not is_on_the_sheet(x, y):
        message = _("The plan is {width} m wide and {height} m high: choose a place on it.")
        words = {"width": f"{WIDTH:g}", "height": f"{HEIGHT:g}"}
        raise ValidationError(message.format(**words), code="off_the_plan")
    spot = round(x, 2), round(y, 2)
    if spot == (resource.plan_x, resource.plan_y):
        return resource
    resource.plan_x, resource.plan_y = spot
    resource.save(update_fields=["plan_x", "plan_y"])
    record(Happening("resource.placed", at, touched([slug], by), {"plan": list(spot)}))
    return resource
