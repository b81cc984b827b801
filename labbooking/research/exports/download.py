"""Files on their way out: streamed, never cached, never guessed at."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from django.http import StreamingHttpResponse

from labbooking.research.exports.usage_log import codebook
from labbooking.research.models import Export, Study
from labbooking.when import lab_zone


def log_file(export: Export, length: int, pieces: Iterator[bytes]) -> StreamingHttpResponse:
    """Its length is told: a file that is cut short does not pass for a whole one."""
    answer = _file(file_name(export), pieces)
    answer["Content-Length"] = str(length)
    return answer


def codebook_file(study: Study) -> StreamingHttpResponse:
    return _file(f"{study.slug}-codebook.csv", codebook())


def file_name(export: Export) -> str:
    """Such as `futurework-2026-10-27-2026-11-23.csv`: the first and the last day in it."""
    zone = lab_zone()
    first = export.starts_at.astimezone(zone).date()
    last = (export.ends_at - timedelta.resolution).astimezone(zone).date()
    return f"{export.study.slug}-{first}-{last}.{export.format}"


def _file(name: str, chunks: Iterator[bytes]) -> StreamingHttpResponse:
    return StreamingHttpResponse(
        chunks,
        content_type="text/csv; charset=utf-8",
        headers={
            "Content-Disposition": f'attachment; filename="{name}"',
            "Cache-Control": "no-store",
            "X-Content-Type-Options": "nosniff",
        },
    )
