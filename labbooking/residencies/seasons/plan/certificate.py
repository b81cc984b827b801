"""A bound that needs no solver to be believed, only multiplying and adding.

Whoever takes a price for each row pays for every stay what it uses up. What a stay is worth beyond
that can be won at most once; all rows' limits at their prices and these gains together are more
than any plan reaches. This holds for whatever prices; the solver's are merely good ones.
"""

from __future__ import annotations

from collections import defaultdict
from fractions import Fraction
from math import floor

from labbooking.residencies.seasons.plan import who
from labbooking.residencies.seasons.plan.answer import Certificate, PlanAnswer
from labbooking.residencies.seasons.plan.check import broken_rules, value_of
from labbooking.residencies.seasons.plan.highs import prices
from labbooking.residencies.seasons.plan.instance import Instance
from labbooking.residencies.seasons.plan.linear import Limit, Question

THOUSANDTHS = 1000


def certified(instance: Instance) -> Certificate | None:
    """None where the solver has no prices. For the aims that count, not for the order."""
    question = who.question(instance).question
    told = prices(question) if question.worths else []
    if told is None:
        return None
    rounded = {
        row.name: _on_its_side(row, round(price * THOUSANDTHS))
        for row, price in zip(question.rows, told, strict=True)
    }
    kept = tuple((name, price) for name, price in sorted(rounded.items()) if price)
    return Certificate(kept, bound_of(question, dict(kept)))


def bound_of(question: Question, thousandths: dict[str, int]) -> int:
    """What no plan exceeds, whatever the prices."""
    paid: dict[int, Fraction] = defaultdict(Fraction)
    total = Fraction(0)
    for row in question.rows:
        price = Fraction(_on_its_side(row, thousandths.get(row.name, 0)), THOUSANDTHS)
        if not price:
            continue
        limit = row.high if price > 0 else row.low
        total += price * (limit or 0)
        for column, count in row.parts.items():
            paid[column] += price * count
    gains = (worth - paid[column] for column, worth in enumerate(question.worths))
    return floor(total + sum((each for each in gains if each > 0), Fraction(0)))


def holds(instance: Instance, answer: PlanAnswer) -> bool:
    """The places keep every rule, are worth what is said, and the bound is what its prices say."""
    if broken_rules(instance, answer.places) or value_of(instance, answer.places) != answer.value:
        return False
    if answer.certificate is None:
        return answer.bound >= answer.value
    counted = bound_of(who.question(instance).question, dict(answer.certificate.prices))
    return counted == answer.certificate.bound and answer.value <= answer.bound <= counted


def _on_its_side(row: Limit, price: int) -> int:
    """A limit upwards costs something, a limit downwards pays something, and no other way."""
    if row.high is None:
        price = min(price, 0)
    return max(price, 0) if row.low is None else price
