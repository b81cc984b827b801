"""Somebody puts together what their application shows, as long as it is a draft."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from equipment.actions.ordering import Way, moved
from labbooking import pictures
from labbooking.errors import NotThere
from labbooking.papers import reading
from labbooking.papers.reading import Paper
from labbooking.pictures import Picture
from labbooking.residencies.applications.actions.locked import (
    own_locked,
    refuse_all_but_drafts,
    refuse_when_closed,
)
from labbooking.residencies.applications.models import Application
from labbooking.residencies.works.links import cleaned
from labbooking.residencies.works.models import MOST_WORKS, Work, WorkKind, WorkPage
from residents.models import User

CHANGEABLE = ("caption", "year", "url", "text")


@dataclass(frozen=True, slots=True)
class WorkSaid:
    """A work that somebody adds: a picture, or a PDF, or else a link or a text."""

    kind: WorkKind
    caption: str = ""
    year: int | None = None
    url: str = ""
    text: str = ""
    picture: Picture | None = None
    paper: Paper | None = None


def add_work(slug: str, said: WorkSaid, *, by: User, at: datetime) -> Work:
    """One more, last of all. Raises `NotThere`, `WrongState`, `CallClosed`, `ValidationError`."""
    with _kept(said) as keys, transaction.atomic():
        draft = _locked_draft(slug, by, at)
        if draft.works.count() >= MOST_WORKS:
            message = _("There are {count} works already: take one away first.")
            raise ValidationError(message.format(count=MOST_WORKS), code="enough")
        last = draft.works.aggregate(last=Max("order"))["last"]
        row = Work(application=draft, kind=said.kind, order=(last or 0) + 1, made_at=at)
        _write(row, {name: getattr(said, name) for name in CHANGEABLE}, at)
        words = said.paper.words if said.paper else ("",)
        pages = zip(keys, words, strict=False)
        WorkPage.objects.bulk_create(
            WorkPage(work=row, number=number, key=key, words=found)
            for number, (key, found) in enumerate(pages, 1)
        )
        _turned(draft, at)
    return row


@transaction.atomic
def change_work(slug: str, key: str, said: Mapping[str, Any], *, by: User, at: datetime) -> Work:
    """What stands beside it, or a link or a text itself. Raises as `add_work` does."""
    draft = _locked_draft(slug, by, at)
    row = _of(draft, key)
    _write(row, {name: said[name] for name in CHANGEABLE if name in said}, at)
    _turned(draft, at)
    return row


@transaction.atomic
def move_work(slug: str, key: str, way: Way, *, by: User, at: datetime) -> None:
    """Raises `NotThere` and `WrongState`."""
    draft = _locked_draft(slug, by, at)
    every = list(draft.works.all())
    others = moved(every, _of(draft, key), way)
    if others == every:
        return
    for place, each in enumerate(others, 1):
        Work.objects.filter(pk=each.pk).update(order=place)
    _turned(draft, at)


@transaction.atomic
def remove_work(slug: str, key: str, *, by: User, at: datetime) -> None:
    """Its files go with it. Raises `NotThere` and `WrongState`."""
    draft = _locked_draft(slug, by, at)
    _of(draft, key).delete()
    _turned(draft, at)


@contextmanager
def _kept(said: WorkSaid) -> Iterator[list[str]]:
    """The keys of its files, which go again where it fails."""
    with ExitStack() as until:
        if said.paper:
            yield until.enter_context(reading.kept(said.paper))
        else:
            key = until.enter_context(pictures.kept(said.picture))
            yield [key] if key else []


def _locked_draft(slug: str, by: User, at: datetime) -> Application:
    """The draft of `by`; whoever changes it in another window waits."""
    draft = own_locked(slug, by)
    refuse_all_but_drafts(draft)
    refuse_when_closed(draft.call, at)
    return draft


def _of(draft: Application, key: str) -> Work:
    found = draft.works.filter(key=key).first()
    if found is None:
        raise NotThere(_("There is no such work: it may have been removed in another window."))
    return found


def _write(row: Work, said: Mapping[str, Any], at: datetime) -> None:
    for name, value in said.items():
        setattr(row, name, value)
    if row.kind == WorkKind.LINK:
        row.url = cleaned(row.url)
    if row.kind == WorkKind.TEXT and not row.text.strip():
        raise ValidationError({"text": _("Write the text first.")})
    if row.year and row.year > at.year + 1:
        raise ValidationError({"year": _("This year lies too far ahead.")})
    row.full_clean(exclude=["application", "key"])
    row.save()


def _turned(draft: Application, at: datetime) -> None:
    draft.revision += 1
    draft.changed_at = at
    draft.save(update_fields=["revision", "changed_at"])
