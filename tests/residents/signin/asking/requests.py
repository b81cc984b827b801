"""People who ask for an account."""

from django.utils import timezone

from labbooking.journal.models import Entry
from residents.signin.asking.actions import (
    ask_for_account,
    prove,
    take_up,
)
from residents.signin.asking.links import request_path
from residents.signin.models import AccountRequest

NOW = timezone.now()


FORM = {"name": "Lin", "email": "lin@daig.example", "words": "I carve wood.", "language": "en"}


PASSWORD = "wind over the lake"


def asks(at=NOW, **more):
    """A request that the worker has looked at."""
    asked = ask_for_account(**FORM | more, at=at)
    take_up(at=at)
    return AccountRequest.objects.filter(pk=asked.pk).first()


def proved(at=NOW, **more):
    return prove(asks(at, **more).pk, at=at)


def kinds(about):
    found = Entry.objects.filter(objects_touched__key=str(about.subject_key))
    return [each.kind for each in found.distinct().order_by("at", "recorded_at")]


def opened(client, asked):
    return client.get(request_path(asked), follow=True)
