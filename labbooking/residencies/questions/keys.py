"""Questions as they are kept: each with a key, and without what does not go with its kind."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from equipment.actions.naming import short_key
from labbooking.residencies.calls.spec import QuestionSaid
from labbooking.residencies.questions.models import FROM_A_LIST, IN_WORDS


def fitting(questions: Iterable[QuestionSaid]) -> tuple[QuestionSaid, ...]:
    """A key that nobody has chosen is made of the English words."""
    asked = tuple(questions)
    taken = {each.key for each in asked if each.key}
    found = []
    for each in asked:
        key = each.key or short_key(each.label_en, taken, "question")
        taken.add(key)
        limit = each.limit_words if each.kind in IN_WORDS else None
        found.append(replace(each, key=key, limit_words=limit, options=_options(each)))
    return tuple(found)


def _options(question: QuestionSaid) -> tuple[tuple[str, str, str], ...]:
    if question.kind not in FROM_A_LIST:
        return ()
    taken = {key for key, _german, _english in question.options if key}
    found = []
    for key, german, english in question.options:
        chosen = key or short_key(english, taken, "choice")
        taken.add(chosen)
        found.append((chosen, german, english))
    return tuple(found)
