"""Applications with works, by the real actions where these are about works."""

from io import BytesIO

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from labbooking import pictures
from labbooking.papers import reading
from labbooking.period import HOUR
from labbooking.residencies.applications.models import Application
from labbooking.residencies.works import actions
from labbooking.residencies.works.actions import WorkSaid
from labbooking.residencies.works.models import WorkKind
from tests.equipment.sent_pictures import photo
from tests.papers.made import paper

APPLY = "/apply/a-call/"
WORKS = f"{APPLY}works/"


def an_application(person, call, code="RUMO", **said):
    """A draft."""
    now = timezone.now()
    fields = {"title": "Rope", "discipline": 0, "language": "en", "project": "A room of rope."}
    return Application.objects.create(
        call=call, person=person, code=code, begun_at=now, changed_at=now, **{**fields, **said}
    )


def handed_in(application, state="submitted"):
    application.state, application.submitted_at = state, timezone.now()
    application.terms = application.call.terms.get()
    application.save()
    return application


def an_image(**options):
    return pictures.decode(BytesIO(photo(**options)))


def some_pages(*words):
    return reading.decode(BytesIO(paper(*words)))


def shows(person, *, slug="a-call", at=None, **said):
    """One more work of somebody's draft."""
    kind = "text"
    if "picture" in said:
        kind = "image"
    elif "paper" in said:
        kind = "pages"
    elif "url" in said:
        kind = "link"
    if kind == "text":
        said.setdefault("text", "Once there was a rope.")
    at = at or timezone.now()
    return actions.add_work(slug, WorkSaid(WorkKind(kind), **said), by=person, at=at)


def upload(data, name="x.jpg"):
    return SimpleUploadedFile(name, data)


def after_the_grace(call):
    return call.taken_until + HOUR
