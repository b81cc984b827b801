"""Who sees the pictures of an application, each of which is asked for by itself."""

from __future__ import annotations

from collections.abc import Callable

from labbooking.residencies.applications.states import ApplicationState
from labbooking.residencies.blind.copies import shows
from labbooking.residencies.impartial import is_involved
from labbooking.residencies.works.models import WorkPage
from residents.models import User

_readers: list[Callable[[User, int], bool]] = []


def declare_readers(reads: Callable[[User, int], bool]) -> None:
    """Called once by a room in which people read applications: whether this person reads that of
    this number. They see what is not hidden from them."""
    if reads not in _readers:
        _readers.append(reads)


def page_for(person: User, key: str, number: int) -> WorkPage | None:
    """One picture of a work; none where there is none, or it is not for this person."""
    rows = WorkPage.objects.select_related("work__application__call")
    page = rows.filter(work__key=key, number=number).first()
    return page if page and _may_see(person, page) else None


def _may_see(person: User, page: WorkPage) -> bool:
    """Who made it; staff once it is handed in, as far as they may know whose it is; and who reads
    it, what they are shown of it."""
    application = page.work.application
    if application.person_id == person.pk:
        return True
    if application.state == ApplicationState.DRAFT:
        return False
    if person.is_lab_staff and not is_involved(person, application.call):
        return True
    reads = any(each(person, application.pk) for each in _readers)
    return reads and shows(application, page)
