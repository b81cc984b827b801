"""Is this process up, and can it do its work? Asked by container engines and proxies."""

import logging
from collections.abc import Callable

from celery import current_app
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from equipment.zone_check import other_zone
from labbooking import guards

log = logging.getLogger(__name__)


@require_safe
@never_cache
def healthz(request: HttpRequest) -> HttpResponse:
    """200 as long as the process answers; looks at nothing else, so that a database that is
    down does not get healthy processes restarted."""
    return HttpResponse("ok", content_type="text/plain")


@require_safe
@never_cache
def readyz(request: HttpRequest) -> JsonResponse:
    """200 when everything a request needs is there; else 503 naming what is missing."""
    missing = [name for name, is_there in NEEDED.items() if not _holds(name, is_there)]
    return JsonResponse(
        {"status": "missing" if missing else "ready", "missing": missing},
        status=503 if missing else 200,
    )


def _holds(name: str, is_there: Callable[[], bool]) -> bool:
    try:
        return is_there()
    except Exception:
        log.exception("readyz: %s", name)
        return False


def _database_answers() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        return cursor.fetchone() is not None


def _migrations_applied() -> bool:
    executor = MigrationExecutor(connection)
    return not executor.migration_plan(executor.loader.graph.leaf_nodes())


def _guards_are_in_place() -> bool:
    return not guards.missing(connection)


def _one_zone() -> bool:
    return not other_zone(connection)


def _broker_answers() -> bool:
    with current_app.connection_for_write(connect_timeout=2) as broker:
        broker.ensure_connection(max_retries=1, timeout=2)
        return bool(broker.connected)


NEEDED: dict[str, Callable[[], bool]] = {
    "database": _database_answers,
    "migrations": _migrations_applied,
    "guards": _guards_are_in_place,
    "time zone": _one_zone,
    "broker": _broker_answers,
}
