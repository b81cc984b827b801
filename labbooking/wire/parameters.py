"""What an address may be asked: a parameter that nobody declared would be silently left out, and
the answer would be to another question."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from labbooking.wire.mistakes import Mistakes

NAMED_AT_MOST = 20
"""So many are told; who sends more has sent something else altogether."""


class UnknownParameters(ValueError):
    def __init__(self, errors: Mistakes) -> None:
        super().__init__("unknown parameters")
        self.errors = errors


def refuse_unknown(request: HttpRequest, paths: Mapping[str, Any]) -> None:
    """Raises `UnknownParameters`; `paths` are those of the API's description."""
    if not request.GET or request.resolver_match is None:
        return
    path = re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", f"/{request.resolver_match.route}")
    operation = paths[path][(request.method or "").lower()]
    known = [each["name"] for each in operation["parameters"] if each["in"] == "query"]
    unknown = [name for name in request.GET if name not in known][:NAMED_AT_MOST]
    if unknown:
        raise UnknownParameters(
            [{"field": name, "message": _instead(name, known)} for name in unknown]
        )


def _instead(name: str, known: Iterable[str]) -> str:
    if nearest := get_close_matches(name[:100], known, n=1, cutoff=0.5):
        return _("There is no such parameter; “{nearest}” is one.").format(nearest=nearest[0])
    if names := ", ".join(f"“{each}”" for each in known):
        return _("There is no such parameter; there are {names}.").format(names=names)
    return _("This address takes no parameters.")
