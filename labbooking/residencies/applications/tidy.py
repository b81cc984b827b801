"""What people type, as it is kept: what steers a text and is not seen goes."""

from __future__ import annotations

import unicodedata
from typing import Any

from django.utils.translation import gettext as _

from labbooking.residencies.applications.codes import as_code
from labbooking.residencies.applications.rules import TEXTS, Wrong

_KEPT = frozenset("\n\t\u200c\u200d")
"""Breaks of lines, and the joiners some scripts and emoji cannot be written without."""
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Zl", "Zp"})


def plain(text: str, *, one_line: bool = False) -> str:
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if one_line:
        text = " ".join(text.split())
    seen = (each for each in text if each in _KEPT or unicodedata.category(each) not in _UNSEEN)
    return "".join(seen).strip()


def tidied(typed: dict[str, Any]) -> tuple[dict[str, Any], list[Wrong]]:
    """The same as it is kept, and what is none: a code is refused, not mended."""
    said = dict(typed)
    wrong: list[Wrong] = []
    for name in {*TEXTS, "title"} & said.keys():
        said[name] = plain(said[name], one_line=name == "title")
    if "partner_code" in said:
        try:
            said["partner_code"] = as_code(said["partner_code"])
        except ValueError:
            del said["partner_code"]
            message = _("A code has letters alone, such as RUMO.")
            wrong.append(Wrong("partner_code", "invalid", message))
    return said, wrong
