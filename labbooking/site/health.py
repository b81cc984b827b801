"""Is this process up, and can it do its work? Asked by container engines and proxies."""

import logging
from collections.abc import Callable

from celery import current_app
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from redis import Redis

from equipment.zone_check import other_zone
from labbooking import guards
from labbooking.operations.heartbeats import Part, is_late
from labbooking.wire import once_a_minute
from labbooking.wire.shared_cache import QUICKLY

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
    missing = _missing()
    return JsonResponse(
        {"status": "missing" if missing else "ready", "missing": missing},
        status=503 if missing else 200,
    )


def _missing() -> list[str]:
    """Without a database nothing that lies in it is asked: each question would wait in vain."""
    if not _holds("database", _database_answers):
        return ["database", *IN_THE_DATABASE, *([] if _broker_holds() else ["broker"])]
    asked = {"database": True} | {name: _holds(name, ask) for name, ask in IN_THE_DATABASE.items()}
    asked |= {"time zone": _holds("time zone", _one_zone), "broker": _broker_holds()}
    asked |= {part: not is_late(part, at=timezone.now()) for part in BESIDE}
    return [name for name, is_there in asked.items() if not is_there]


def _broker_holds() -> bool:
    return _holds("broker", _broker_answers)


def _holds(name: str, is_there: Callable[[], bool]) -> bool:
    try:
        return is_there()
    except Exception as error:  # noqa: BLE001 - whatever it is, this is not there
        once_a_minute.warn(log, f"readyz: {name}", error)
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
    url = str(current_app.conf.broker_write_url or "")
    if url.startswith(("redis", "unix")):
        with Redis.from_url(url, **QUICKLY | {"socket_timeout": 0.5}) as server:
            return bool(server.ping())
    with current_app.connection_for_write(connect_timeout=2) as broker:
        broker.ensure_connection(max_retries=1, timeout=2)
        return bool(broker.connected)


IN_THE_DATABASE: dict[str, Callable[[], bool]] = {
    "migrations": _migrations_applied,
    "guards": _guards_are_in_place,
}
BESIDE = (Part.WORKER, Part.BEAT)
"""What works beside the web processes, seen by the rows it leaves."""
