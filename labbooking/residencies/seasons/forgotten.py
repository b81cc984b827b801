"""Plans of a season are kept as they were asked and answered. In them the code of whoever is gone
becomes a sign that leads to nobody, everywhere the same one, so that a plan still adds up."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from django.db import transaction

from labbooking.residencies.applications.models import Application
from labbooking.residencies.seasons.canonical import Told, fingerprint
from labbooking.residencies.seasons.models import SeasonPlan, Why

SIGN = "■"
"""No code begins with it."""
_KEPT = frozenset({"lot", "solver", "aim"})
"""Under these names no code stands."""


def is_forgotten(code: str) -> bool:
    return code.startswith(SIGN)


def forget_codes() -> int:
    """Of all calls; how many plans were written anew. Also of what a worker that was explaining a
    plan meanwhile has written back."""
    calls = SeasonPlan.objects.order_by("call").values_list("call", flat=True).distinct()
    return sum(forget_codes_of(each) for each in list(calls))


def forget_codes_of(call: int) -> int:
    known = set(Application.objects.filter(call=call).values_list("code", flat=True))
    keys = SeasonPlan.objects.filter(call=call).order_by("pk").values_list("pk", flat=True)
    return sum(_forget(key, known) for key in list(keys))


def forget_code(instance: Application, **_signal: object) -> None:
    """However an application goes."""
    forget_codes_of(instance.call_id)


@transaction.atomic
def _forget(key: int, known: set[str]) -> int:
    plan = SeasonPlan.objects.select_for_update(of=("self",), no_key=True).get(pk=key)
    codes = set(_codes(plan))
    gone = sorted(each for each in codes - known if each and not is_forgotten(each))
    if not gone:
        return 0
    first = sum(map(is_forgotten, codes)) + 1
    names = {code: f"{SIGN}{number}" for number, code in enumerate(gone, first)}
    plan.question, plan.answer = _without(plan.question, names), _without(plan.answer, names)
    plan.others = _without(plan.others, names)
    plan.fingerprint = fingerprint(plan.question)
    plan.save(update_fields=["question", "answer", "others", "fingerprint"])
    for why in Why.objects.filter(plan=plan):
        why.data = _without(why.data, names)
        why.save(update_fields=["data"])
    return 1


def _codes(plan: SeasonPlan) -> Iterator[str]:
    """Everybody a plan was asked about, or answers with."""
    instance: Told = plan.question["instance"]
    for wish in instance["wishes"]:
        yield from (wish["code"], wish["partner"])
    answer: Told = plan.answer or {}
    for each in (*instance["fixings"], *plan.question["before"], *answer.get("places", ())):
        yield each["wish"]
    for told in (plan.others or {}).values():
        yield from told.get("placed", ())


def _without(told: Any, names: Mapping[str, str]) -> Any:
    """The same JSON; also in keys, and as one word of several."""
    if isinstance(told, dict):
        return {
            names.get(key, key): value if key in _KEPT else _without(value, names)
            for key, value in told.items()
        }
    if isinstance(told, list):
        return [_without(each, names) for each in told]
    if not isinstance(told, str):
        return told
    return re.sub(r"\w+", lambda word: names.get(word.group(), word.group()), told)
