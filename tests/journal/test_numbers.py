"""That something private was written shows in no number anybody else can see."""

import pytest
from django.db import transaction
from django.http import QueryDict

from labbooking.board.address import read_address
from labbooking.board.version import version
from labbooking.journal.kinds import KINDS, WHO_SEES
from labbooking.journal.models import Entry, EntryObject
from labbooking.journal.record import Happening, Touched, record
from labbooking.when import lab_zone
from residents.models import Role
from tests.lab import berlin

NOW = berlin("2026-11-24 09:00")
pytestmark = pytest.mark.django_db


def written(kind, key="seat-1"):
    with transaction.atomic():
        return record(Happening(kind, NOW, (Touched("resource", key, "used"),)))[0]


@pytest.mark.parametrize("kind", sorted(WHO_SEES))
def test_a_private_entry_leaves_no_gap(kind):
    before, private, after = written("lab.loaded"), written(kind), written("lab.loaded")

    assert after.pk == before.pk + 1
    assert private.pk < 0
    linked = EntryObject.objects.filter(entry__in=[before, after]).order_by("pk")
    first, second = linked.values_list("pk", flat=True)
    assert second == first + 1


def test_private_and_others_can_be_written_together():
    kinds = ["lab.loaded", "consent.given", "rules.changed", "consent.withdrawn"]
    with transaction.atomic():
        entries = record(*(Happening(kind, NOW, (Touched("study", kind, "x"),)) for kind in kinds))

    assert [each.kind for each in entries] == kinds
    for each in entries:
        assert Entry.objects.get(pk=each.pk).kind == each.kind
        assert each.objects_touched.get().key == each.kind
    assert entries[2].pk == entries[0].pk + 1


def test_who_watches_the_board_does_not_see_that_one_was_written(ada, lab, rf):
    request = rf.get("/board/")
    request.user = ada
    address = read_address(QueryDict(), today=NOW.date())
    written("lab.loaded")
    before = version(request, address, lab_zone(), NOW)
    for kind in WHO_SEES:
        written(kind)
    assert version(request, address, lab_zone(), NOW) == before
    written("lab.loaded")
    assert version(request, address, lab_zone(), NOW) != before


def test_whoever_has_another_role_is_not_told_that_their_board_is_as_it_was(ada, lab, rf):
    request = rf.get("/board/")
    request.user = ada
    address = read_address(QueryDict(), today=NOW.date())
    before = version(request, address, lab_zone(), NOW)

    ada.role = Role.STAFF
    written("role.changed")

    assert version(request, address, lab_zone(), NOW) != before


def test_who_sees_is_said_of_kinds_there_are():
    assert set(WHO_SEES) <= set(KINDS)
