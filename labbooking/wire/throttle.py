"""How many requests one person, or one network of nobody known, may make."""

from __future__ import annotations

import ipaddress
import time
from functools import lru_cache, partial

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.core.cache import cache
from django.core.exceptions import ImproperlyConfigured, PermissionDenied
from django.http import HttpRequest
from ninja.throttling import BaseThrottle
from redis import Redis

from labbooking.wire.shared_cache import QUICKLY, redis_or_else

SECONDS = {"s": 1, "m": 60, "h": 3600, "d": 86400}
_V6_NETWORK = 64


class RateLimit(BaseThrottle):
    """Counts requests in fixed windows of time, in the Redis all web processes share.

    Without one, in the memory of the only process. Adding is atomic, so no request is lost when
    many come at once. ninja's own throttles read, add and write back a list, and keep it on an
    object that all threads share.
    """

    def allow_request(self, request: HttpRequest) -> bool:
        return is_within(settings.API_RATE, _caller(request))

    def wait(self) -> float:
        return until_next(settings.API_RATE)


def is_within(rate: str, whose: str) -> bool:
    """Counts a request of somebody, and whether it is one of those that the rate allows."""
    allowed, seconds = _rate(rate)
    key = f"rate:{whose}:{int(time.time() // seconds)}"
    try:
        return _counted(key, timeout=2 * seconds) <= allowed
    except ValueError:  # its window ended while it was counted
        return True


def until_next(rate: str) -> float:
    """Seconds until the window that is running ends."""
    seconds = _rate(rate)[1]
    return seconds - time.time() % seconds


def network(request: HttpRequest) -> str:
    """From which network a request comes, as far as our own proxies tell."""
    try:
        return f"network-{network_of(get_adapter().get_client_ip(request))}"
    except (PermissionDenied, ImproperlyConfigured):
        # Who came another way than through our proxies shares one count with their like.
        return "network-unknown"


def network_of(address: str) -> str:
    """One household: all of an IPv6 prefix, which one visitor can change at will."""
    try:
        host = ipaddress.ip_address(address)
    except ValueError:
        return address
    host = getattr(host, "ipv4_mapped", None) or host
    prefix = _V6_NETWORK if host.version == 6 else host.max_prefixlen
    return str(ipaddress.ip_network((host, prefix), strict=False))


def _counted(key: str, timeout: int) -> int:
    """While Redis is away each process counts by itself: the house stays open, and protected."""
    if settings.REDIS_URL:
        return redis_or_else(
            partial(_counted_by_all, key, timeout), partial(_counted_here, key, timeout)
        )
    return _counted_here(key, timeout)


def _counted_by_all(key: str, timeout: int) -> int:
    both = _redis(settings.REDIS_URL).pipeline(transaction=False)
    both.incr(f"daig:{key}")
    both.expire(f"daig:{key}", timeout)
    counted: int = both.execute()[0]
    return counted


def _counted_here(key: str, timeout: int) -> int:
    here = getattr(cache, "here", cache)
    try:
        return int(here.incr(key))
    except ValueError:  # the first of its window, or one of several that came at once
        return 1 if here.add(key, 1, timeout=timeout) else int(here.incr(key))


@lru_cache(maxsize=1)
def _redis(url: str) -> Redis:
    """Kept: Django's cache makes a client anew for every question, and asks twice to count."""
    return Redis.from_url(url, **QUICKLY)


@lru_cache
def _rate(text: str) -> tuple[int, int]:
    count, unit = text.split("/")
    return int(count), SECONDS[unit]


def _caller(request: HttpRequest) -> str:
    person = getattr(request, "auth", None)
    if getattr(person, "pk", None):
        return f"person-{person.pk}"  # type: ignore[union-attr]
    return network(request)
