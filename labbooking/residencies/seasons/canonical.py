"""Instances and answers as JSON that is the same for the same: sorted keys, no spaces."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict
from hashlib import sha256
from typing import Any

from labbooking.residencies.seasons.plan.answer import Certificate, Placing, PlanAnswer, Stage
from labbooking.residencies.seasons.plan.instance import Discipline, Fixing, Instance, Studio, Wish
from labbooking.residencies.seasons.plan.why import Explanation

Told = Mapping[str, Any]


def written(what: Any) -> str:
    """Of dataclasses, and of what JSON knows."""
    return json.dumps(what, sort_keys=True, separators=(",", ":"), default=asdict)


def fingerprint(what: Any) -> str:
    return sha256(written(what).encode()).hexdigest()


def told(what: Any) -> Any:
    """As JSON would give it back."""
    return json.loads(written(what))


def instance_of(said: Told) -> Instance:
    """Raises `ValueError`, `KeyError` or `TypeError` for what is none."""
    return Instance(
        **{
            **said,
            "arrivals": tuple(said["arrivals"]),
            "headsets": tuple(said["headsets"]),
            "wishes": tuple(
                Wish(**{**each, "studios": tuple(each["studios"])}) for each in said["wishes"]
            ),
            "studios": tuple(
                Studio(each["code"], tuple(each["closed"])) for each in said["studios"]
            ),
            "disciplines": tuple(Discipline(**each) for each in said["disciplines"]),
            "fixings": tuple(Fixing(**each) for each in said["fixings"]),
        }
    )


def answer_of(said: Told) -> PlanAnswer:
    certificate = said["certificate"]
    return PlanAnswer(
        **{
            **said,
            "places": places_of(said["places"]),
            "stages": tuple(Stage(**each) for each in said["stages"]),
            "contradiction": tuple(said["contradiction"]),
            "certificate": certificate and certificate_of(certificate),
        }
    )


def places_of(said: list[Told]) -> tuple[Placing, ...]:
    return tuple(Placing(**each) for each in said)


def certificate_of(said: Told) -> Certificate:
    return Certificate(tuple((name, price) for name, price in said["prices"]), said["bound"])


def why_of(said: Told) -> Explanation:
    lists = {name: tuple(said[name]) for name in ("instead_of", "would_help")}
    return Explanation(**{**said, **lists})
