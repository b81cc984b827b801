"""Whether the board has changed since somebody last read it: one cheap question."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from django.db import connection
from django.http import HttpRequest
from django.utils.crypto import salted_hmac
from django.utils.translation import get_language

from labbooking.board.address import BoardAddress
from labbooking.board.axis import QUARTER
from labbooking.period import DAY, Period, day_start

# The newest entry of the journal, which every action writes; and what is taken on these days, in
# case a transaction ends after one that began later. By resource, as the index lies.
_SQL = """
    SELECT (SELECT MAX(id) FROM journal_entry), COUNT(*), SUM(taken.id)
    FROM bookings_allocation AS taken
    WHERE active AND guarded_from >= %s AND guarded_from < %s
    AND resource_id IN (SELECT id FROM equipment_resource)
"""


def version(request: HttpRequest, address: BoardAddress, zone: ZoneInfo, at: datetime) -> str:
    """An ETag: the same for the same reader, address, language, quarter of an hour and lab.

    Made with the house's secret, so that nobody counts entries by trying numbers.
    """
    days = Period(day_start(address.days[0], zone), day_start(address.days[-1] + DAY, zone))
    with connection.cursor() as cursor:
        cursor.execute(_SQL, [*map(connection.ops.adapt_unknown_value, (days.start, days.end))])
        newest = cursor.fetchone()
    quarter = int(at.timestamp() // QUARTER.total_seconds())
    # That somebody has another role is an entry whose number is out of line.
    reader = (request.user.pk, str(getattr(request.user, "role", "")))
    told = (*newest, *reader, address.url, get_language(), quarter)
    # Weak, as it is about what is told: compressed or not, it is the same board.
    return f'W/"{salted_hmac(__name__, repr(told), algorithm="sha256").hexdigest()[:24]}"'
