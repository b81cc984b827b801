"""All that a call is typed into: its fields, its criteria, its questions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from labbooking.residencies.calls.models import Call
from labbooking.residencies.calls.pages.criteria_forms import CriterionForms, criterion_forms
from labbooking.residencies.calls.pages.forms import CallForm
from labbooking.residencies.calls.spec import CallSaid
from labbooking.residencies.questions.pages.forms import CallQuestionForms, question_forms


@dataclass(frozen=True, slots=True)
class WholeCall:
    form: CallForm
    criteria: CriterionForms
    questions: CallQuestionForms

    def is_valid(self) -> bool:
        """Each is asked, so that all that is wrong is told at once."""
        wrong = [each for each in (self.form, self.criteria, self.questions) if not each.is_valid()]
        return not wrong

    @property
    def said(self) -> CallSaid:
        """Only when it is valid."""
        return self.form.said(tuple(self.criteria.said), tuple(self.questions.said))

    @property
    def context(self) -> dict[str, Any]:
        return {"form": self.form, "criteria": self.criteria, "questions": self.questions}


def whole(form: CallForm, call: Call | None = None, typed: Any = None) -> WholeCall:
    return WholeCall(form, criterion_forms(call, typed), question_forms(call, typed))
