"""What a juror reads and writes: one application a page, never with a name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from equipment.forms.confirming import READS_AND_ACTS, press, submit
from equipment.forms.saving import (
    DONE,
    OVERTAKEN,
    REFUSED,
    attempt,
    sentences,
    version_seen,
)
from labbooking.residencies.blind.copies import BlindApplication, blind_copies
from labbooking.residencies.jury import actions
from labbooking.residencies.jury.models import ConflictKind, Juror
from labbooking.residencies.jury.pages.forms import ConflictForm, ReviewForm, initial_of
from labbooking.residencies.jury.queries import (
    in_their_order,
    link_for,
    seats_of,
    sees_grades,
    tasks_of,
)
from labbooking.residencies.jury.reviews.models import Review
from labbooking.residencies.jury.rules import MAY_SIT
from labbooking.residencies.jury.showing import review_of, standing, what_others_gave
from labbooking.residencies.jury.tasks.models import ReviewTask
from residents.access import PersonRequest, for_role
from residents.models import Role

for_jurors = for_role(*MAY_SIT)


@dataclass(frozen=True, slots=True)
class TaskLine:
    pk: int
    code: str
    title: str
    standing: str


@dataclass(frozen=True, slots=True)
class Heap:
    """What one jury asks of somebody."""

    seat: Juror
    lines: Sequence[TaskLine]
    done: int


@require_safe
@for_jurors
def mine(request: PersonRequest) -> HttpResponse:
    """All that is theirs to read, jury by jury; it is there for whoever sits on one."""
    seats = list(seats_of(request.user))
    if not seats and request.user.role != Role.JUROR:
        raise Http404
    tasks = in_their_order(tasks_of(request.user))
    copies = blind_copies([each.application_id for each in tasks])
    by_seat = {key: list(found) for key, found in groupby(tasks, lambda each: each.juror_id)}
    heaps = [_heap(seat, by_seat.get(seat.pk, []), copies) for seat in seats]
    return render(request, "jury/mine.html", {"heaps": heaps})


def _heap(seat: Juror, tasks: list[ReviewTask], copies: Mapping[int, BlindApplication]) -> Heap:
    lines = [_line(each, copies[each.application_id]) for each in tasks]
    return Heap(seat, lines, sum(each.standing == "finished" for each in lines))


def _line(task: ReviewTask, copy: BlindApplication) -> TaskLine:
    return TaskLine(task.pk, copy.code, copy.title or copy.code, standing(task))


@READS_AND_ACTS
@for_jurors
def terms(request: PersonRequest, slug: str) -> HttpResponse:
    seat = get_object_or_404(seats_of(request.user), jury__call__slug=slug)
    if request.method == "POST":
        by, at = request.user, timezone.now()
        told = _("Thank you. What is yours to read stands here.")
        press(request, lambda: actions.accept_jury_terms(slug, by=by, at=at), told)
        return redirect("jury")
    return render(request, "jury/terms.html", {"seat": seat, "call": seat.jury.call})


@READS_AND_ACTS
@for_jurors
def review(request: PersonRequest, pk: int) -> HttpResponse:
    """Saved by a press, and by the page itself each time something is typed."""
    task = get_object_or_404(tasks_of(request.user), pk=pk)
    if request.method != "POST":
        return _show(request, task, _form(task))
    form = _form(task, request.POST)
    finishes = request.POST.get("do") == "finish"
    status = _saved(request, task, form, finishes=finishes)
    if request.POST.get("do") == "keep":
        return _told(task, form, status)
    if status != DONE:
        fresh = get_object_or_404(tasks_of(request.user), pk=pk)
        return _show(request, fresh, form, status)
    if finishes:
        messages.success(request, _("Finished. The next one, if there is one:"))
        return _to_next(request, task)
    messages.success(request, _("Saved as a draft."))
    return redirect("review", pk)


def _form(task: ReviewTask, typed: Any = None) -> ReviewForm:
    criteria = list(task.juror.jury.call.criteria.all())
    return ReviewForm(criteria, typed, initial=initial_of(review_of(task)))


def _saved(request: PersonRequest, task: ReviewTask, form: ReviewForm, *, finishes: bool) -> int:
    if not form.is_valid():
        return REFUSED
    act = actions.finish_review if finishes else actions.save_review
    based_on, by, at = version_seen(request.POST), request.user, timezone.now()
    return attempt(form, lambda: act(task.pk, form.said, by=by, at=at, based_on=based_on))


def _told(task: ReviewTask, form: ReviewForm, status: int) -> JsonResponse:
    """To the page that keeps a draft by itself."""
    revision = Review.objects.filter(task=task).values_list("revision", flat=True).first() or 0
    return JsonResponse({"revision": revision, "why": " ".join(sentences(form))}, status=status)


def _to_next(request: PersonRequest, task: ReviewTask) -> HttpResponse:
    tasks = [each for each in in_their_order(tasks_of(request.user)) if _is_open(each)]
    same = [each for each in tasks if each.juror_id == task.juror_id]
    return redirect("review", same[0].pk) if same else redirect("jury")


def _is_open(task: ReviewTask) -> bool:
    return standing(task) != "finished"


def _show(
    request: PersonRequest, task: ReviewTask, form: ReviewForm, status: int = DONE
) -> HttpResponse:
    heap = [each for each in in_their_order(tasks_of(request.user)) if _same_jury(each, task)]
    keys = [each.pk for each in heap]
    at = keys.index(task.pk)
    found = review_of(task)
    context = {
        "copy": _copy(task),
        "task": task,
        "call": task.juror.jury.call,
        "form": form,
        "review": found,
        "based_on": found.revision if found else 0,
        "overtaken": status == OVERTAKEN,
        "number": at + 1,
        "count": len(keys),
        "previous_one": keys[at - 1] if at else None,
        "next_one": keys[at + 1] if at + 1 < len(keys) else None,
        "others": what_others_gave(task) if sees_grades(request.user, task.juror.jury) else (),
    }
    return render(request, "jury/review.html", context, status=status)


def _same_jury(one: ReviewTask, other: ReviewTask) -> bool:
    return one.juror_id == other.juror_id


def _copy(task: ReviewTask) -> BlindApplication:
    return blind_copies([task.application_id])[task.application_id]


@require_safe
@for_jurors
def go(request: PersonRequest, work: str) -> HttpResponse:
    """Out of the house, after a warning: where a link leads may say who applies."""
    task, url = link_for(request.user, work)
    shown = [each for each in _copy(task).works if each.key == work and each.opens] if task else []
    if task is None or not shown:
        raise Http404
    context = {"task": task, "host": shown[0].host, "address": url}
    return render(request, "jury/go.html", context)


@READS_AND_ACTS
@for_jurors
def conflict(request: PersonRequest, pk: int) -> HttpResponse:
    """By one press where they recognise somebody; with a choice where it is something else."""
    task = get_object_or_404(tasks_of(request.user), pk=pk)
    form = ConflictForm(request.POST or None, initial={"kind": ConflictKind.RECOGNISED})
    by, at, status = request.user, timezone.now(), DONE

    def act() -> None:
        kind, note = ConflictKind(form.cleaned_data["kind"]), form.cleaned_data["note"]
        actions.declare_conflict(pk, kind, note, by=by, at=at)

    if request.method == "POST":
        status = submit(request, form, act, _("Thank you. Somebody else decides on that one."))
        if status == DONE:
            return _to_next(request, task)
    context = {"form": form, "task": task, "code": _copy(task).code}
    return render(request, "jury/conflict.html", context, status=status)
