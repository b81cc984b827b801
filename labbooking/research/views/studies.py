"""`/research/`: what the researchers of a study may read and download."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from labbooking.errors import NotThere, WrongState
from labbooking.research import actions, queries
from labbooking.research.exports.download import codebook_file, log_file
from labbooking.research.exports.usage_log import COLUMNS
from labbooking.research.figures.weeks import days, last_four_weeks
from labbooking.research.figures.wording import period_in_words, read
from labbooking.research.forms import ExportForm
from labbooking.research.models import Export, Study
from labbooking.research.views import person_of, theirs
from residents.signin.fresh import ask_again


@theirs
@never_cache
@require_safe
def studies(request: HttpRequest) -> HttpResponse:
    person = person_of(request)
    if not person.is_researcher:
        raise NotThere
    return render(request, "research/studies.html", {"studies": queries.studies_of(person)})


@theirs
@never_cache
@require_safe
def study(request: HttpRequest, slug: str) -> HttpResponse:
    first, last = last_four_weeks(timezone.now())
    form = ExportForm(initial={"first": first, "last": last})
    return _study_page(request, queries.find_study(person_of(request), slug), form)


@theirs
@never_cache
@require_POST
def export(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Makes the export and hands it over at once; the page stays and lists it from then on."""
    person = person_of(request)
    found = queries.find_study(person, slug)
    ask_again(request)
    form = ExportForm(request.POST)
    if not form.is_valid():
        return _study_page(request, found, form, status=400)
    period = days(form.cleaned_data["first"], form.cleaned_data["last"])
    start, end, at = period.start, period.end, timezone.now()
    return _file(
        request, lambda: actions.make_export(slug, by=person, starts_at=start, ends_at=end, at=at)
    )


@theirs
@never_cache
@require_POST
def download(request: HttpRequest, export_id: UUID) -> HttpResponseBase:
    """The file of an earlier export once more."""
    person, at = person_of(request), timezone.now()
    queries.find_export(person, export_id)
    ask_again(request)
    return _file(request, lambda: actions.ask_again(export_id, by=person, at=at))


def _file(request: HttpRequest, ask: Callable[[], Export]) -> HttpResponseBase:
    try:
        file = actions.open_download(ask().pk, by=person_of(request), at=timezone.now())
    except WrongState as gone:
        return render(request, "research/gone.html", {"detail": gone.detail}, status=gone.status)
    return log_file(*file)


@theirs
@never_cache
@require_safe
def codebook(request: HttpRequest, slug: str) -> StreamingHttpResponse:
    return codebook_file(queries.find_study(person_of(request), slug))


@theirs
@never_cache
@require_safe
def summary(request: HttpRequest, slug: str, week: date) -> HttpResponse:
    found = queries.find_summary(person_of(request), slug, week)
    shown = {"summary": found, "study": found.study, "reading": read(found)}
    return render(request, "research/summary.html", shown)


def _study_page(
    request: HttpRequest, found: Study, form: ExportForm, status: int = 200
) -> HttpResponse:
    shown = {
        "study": found,
        "form": form,
        "taking_part": queries.people_taking_part(found),
        "exports": [
            (past, period_in_words(past.period, timezone.now()))
            for past in queries.past_exports(found)
        ],
        "summaries": found.summaries.all()[:12],
        "columns": COLUMNS,
        "has_key": queries.has_key(found),
    }
    return render(request, "research/study.html", shown, status=status)
