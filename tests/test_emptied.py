"""What a test commits is gone after it, and every guard is still there."""

import pytest
from django.contrib.auth.models import Permission
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from equipment.models import Resource
from labbooking import guards
from labbooking.bookings.models import Allocation
from labbooking.journal.models import Entry
from labbooking.journal.record import Happening, record
from residents.models import User
from tests.bookings.days import booked
from tests.emptied import empty

pytestmark = pytest.mark.django_db(transaction=True)


def test_nothing_is_left(lab, ada):
    permissions = Permission.objects.count()
    booked(ada, "seat-1")

    empty(connection)

    models = (Resource, User, Allocation, Entry)
    assert [model.objects.count() for model in models] == [0, 0, 0, 0]
    assert Permission.objects.count() == permissions > 0


def test_every_guard_is_there_again(lab, ada):
    booked(ada, "seat-1")

    empty(connection)
    assert guards.missing(connection) == []

    with transaction.atomic():
        record(Happening("lab.loaded", timezone.now()))
    with pytest.raises(DatabaseError, match="append-only"):
        Entry.objects.all().delete()
