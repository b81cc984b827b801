"""The steps of approval in a lab's description: people are named there by their addresses."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db.models.functions import Lower
from django.utils.translation import gettext as _

from equipment.lab_file.loading import Loading
from equipment.lab_file.schema import StepPart, TypePart
from equipment.models import ResourceType
from labbooking.bookings.actions.steps.describe import (
    StepSaid,
    plain,
    said_of,
    write_steps,
)
from labbooking.bookings.queries import current_steps
from residents.models import Role, User


def load_steps(part: TypePart, loading: Loading, at: datetime) -> None:
    """Bring the steps of a type in line with its description. Whoever is not staff here is left
    out and told, and the others decide without them."""
    of_type = ResourceType.objects.get(slug=part.slug)
    if not part.steps and not of_type.approval_steps:
        return
    unknown: list[str] = []
    said = [_said(each, unknown) for each in part.steps]
    before = [said_of(each) for each in current_steps([of_type])]
    if plain(before) != plain(said):
        if not loading.may_change(of_type, ["steps"]):
            return
        write_steps(of_type, said, at)
        of_type.edited_at = None
        of_type.save(update_fields=["edited_at"])
        loading.changes.append(_("Steps of approval of {slug}").format(slug=part.slug))
    words = _("Not staff here, so left out of the steps of {slug}: {address}")
    loading.left_out.extend(words.format(slug=part.slug, address=address) for address in unknown)


def step_tables(of_type: ResourceType) -> list[Mapping[str, Any]]:
    """Its steps as the description has them; what says nothing is left out."""
    return [_table(said_of(each)) for each in current_steps([of_type])]


def _table(said: StepSaid) -> dict[str, Any]:
    names = {"slug": said.slug, "name_de": said.name_de, "name_en": said.name_en}
    people = {
        name: sorted(each.email for each in who)
        for name, who in (("approvers", said.approvers), ("deputies", said.deputies))
        if who
    }
    return names | ({} if said.hours is None else {"hours": said.hours}) | people


def _said(part: StepPart, unknown: list[str]) -> StepSaid:
    return StepSaid(
        part.name_de,
        part.name_en,
        part.hours,
        staff_at(part.approvers, unknown),
        staff_at(part.deputies, unknown),
        part.slug,
    )


def staff_at(addresses: Sequence[str], unknown: list[str]) -> tuple[User, ...]:
    wanted = {each.lower(): each for each in addresses}
    if not wanted:
        return ()
    people = User.objects.annotate(address=Lower("email")).filter(
        address__in=wanted, role=Role.STAFF, is_active=True
    )
    found = tuple(people.order_by("pk"))
    known = {each.email.lower() for each in found}
    unknown += [each for address, each in wanted.items() if address not in known]
    return found
