"""Exports by API, for a study's researchers: each endpoint takes the time and calls one action."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse, HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from ninja import Status

from labbooking.research import actions
from labbooking.research.exports.download import log_file
from labbooking.research.models import Export
from labbooking.research.queries import find_export
from labbooking.research.schemas import ExportIn, ExportOut
from labbooking.when import lab_zone
from labbooking.wire.problems import problems
from labbooking.wire.router import Router
from residents.authentication import OF_A_ROLE, SignedInRequest, ask_again_in_a_browser

router = Router(tags=["research"])

_CSV = {
    "responses": {
        200: {
            "description": "The usage log (UTF-8), one line for each entry.",
            "content": {"text/csv": {"schema": {"type": "string"}}},
        }
    }
}


@router.post(
    "studies/{slug:slug}/exports",
    response={202: ExportOut, **problems(400, 401, 403, 404, 409, 413, 415, 429)},
    auth=OF_A_ROLE,
    by_alias=True,
)
def make_export(
    request: SignedInRequest, response: HttpResponse, slug: str, asked: ExportIn
) -> Status[ExportOut]:
    """Prepare the usage log of a study you are a researcher of. That you asked is recorded."""
    ask_again_in_a_browser(request)
    made = actions.make_export(
        slug, by=request.auth, starts_at=asked.from_, ends_at=asked.to, at=timezone.now()
    )
    response["Location"] = reverse("api:show_export", args=[made.pk])
    return Status(202, _told(made))


@router.get(
    "exports/{uuid:export_id}", response={200: ExportOut, **problems(401, 404, 429)}, by_alias=True
)
def show_export(request: SignedInRequest, export_id: UUID) -> ExportOut:
    """Tells of one export of a study you are a researcher of."""
    return _told(find_export(request.auth, export_id))


@router.get(
    "exports/{uuid:export_id}/download",
    response={200: None, **problems(401, 403, 404, 409, 429)},
    openapi_extra=_CSV,
)
def download_export(request: SignedInRequest, export_id: UUID) -> HttpResponseBase:
    """Sends the file, with the entries of those who consent now, within an hour of asking for it.

    Later, and where somebody else asked, it answers 409: POST to this address asks again. The
    connection is cut where somebody withdraws while the file is on its way.
    """
    ask_again_in_a_browser(request)
    return log_file(*actions.open_download(export_id, by=request.auth, at=timezone.now()))


@router.post(
    "exports/{uuid:export_id}/download",
    response={200: None, **problems(401, 403, 404, 409, 429)},
    auth=OF_A_ROLE,
    openapi_extra=_CSV,
)
def ask_for_export_again(request: SignedInRequest, export_id: UUID) -> HttpResponseBase:
    """Sends the file of an earlier export once more. That you asked is recorded."""
    ask_again_in_a_browser(request)
    at = timezone.now()
    again = actions.ask_again(export_id, by=request.auth, at=at)
    return log_file(*actions.open_download(again.pk, by=request.auth, at=at))


def _told(export: Export) -> ExportOut:
    start, end = export.period.local(lab_zone())
    return ExportOut(
        id=export.pk,
        study=export.study.slug,
        from_=start,
        to=end,
        format=Export.Format(export.format),
        download=reverse("api:download_export", args=[export.pk]),
    )
