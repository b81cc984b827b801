"""What cannot be meant about questions and terms, however well-formed it is."""

from __future__ import annotations

from django.utils.translation import gettext as _

from equipment.lab_file.faults import Faults
from equipment.lab_file.line_numbers import Path
from equipment.lab_file.schema import LabFile, QuestionPart


def check_intake(file: LabFile, faults: Faults) -> None:
    """Keys are looked at over all types: programs answer by them alone."""
    seen: set[str] = set()
    for place, kind in file.types.items():
        for number, question in enumerate(kind.question):
            path: Path = ("type", place, "question", number)
            if question.key in seen:
                sentence = _('{key} "{slug}" is taken already.')
                faults.add((*path, "key"), sentence, slug=question.key)
            seen.add(question.key)
            _question(question, path, faults)


def _question(question: QuestionPart, path: Path, faults: Faults) -> None:
    keys = [each.key for each in question.choices]
    if question.kind == "choice" and len(keys) < 2:
        faults.add((*path, "choices"), _("{key} must hold at least two."))
    if question.kind != "choice" and keys:
        faults.add((*path, "choices"), _('{key} has no meaning unless kind is "choice".'))
    if len(set(keys)) < len(keys):
        faults.add((*path, "choices"), _("{key} must not name the same one twice."))
    low, high = question.smallest, question.largest
    if question.kind != "number" and (low, high) != (None, None):
        name = "smallest" if low is not None else "largest"
        faults.add((*path, name), _('{key} has no meaning unless kind is "number".'))
    if low is not None and high is not None and high < low:
        faults.add((*path, "largest"), _("{key} must not be less than smallest."))
    if question.in_research and question.kind == "text":
        faults.add((*path, "in_research"), _("{key} cannot be true: a text is never told."))
