"""The order of a call's applications by API, for whoever decides on it. By codes alone."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _
from pydantic import BaseModel, Field

from labbooking.errors import NotThere
from labbooking.residencies.jury.queries import juries, sees_grades
from labbooking.residencies.jury.rules import no_such_jury, only_who_runs
from labbooking.residencies.jury.showing import OrderLine, order_of
from labbooking.wire.problems import problems
from labbooking.wire.router import Router
from residents.authentication import SignedInRequest

router = Router(tags=["calls"])


class GradeOut(BaseModel):
    juror: str = Field(description="The juror’s number, such as `J2`.")
    grade: float


class RankedOut(BaseModel):
    """A line of the order. Numbers are unrounded; grades run from 1 to 5."""

    place: int
    computed: int = Field(description="The place by the numbers alone.")
    code: str
    title: str
    discipline: str
    state: str
    adjusted: float = Field(description="As the jury as a whole would have graded it.")
    low: float = Field(description="With `high`: nine times in ten the true value lies between.")
    high: float
    mean: float
    median: float
    spread: float
    grades: list[GradeOut]
    reason: str = Field(description="Why it was moved by hand; empty where it was not.")


class OrderOut(BaseModel):
    call: str
    lot: str = Field(description="What decides between equal values.")
    results_opened_at: datetime | None
    items: list[RankedOut]


@router.get("calls/{slug:slug}/order", response={200: OrderOut, **problems(401, 403, 404, 429)})
def show_order(request: SignedInRequest, slug: str) -> OrderOut:
    """Tells the newest order, to lab staff and the chair, once the results are open and their own
    reviews are in."""
    jury = juries().prefetch_related("call__criteria").filter(call__slug=slug).first()
    if jury is None:
        raise no_such_jury()
    only_who_runs(request.auth, jury)
    if not sees_grades(request.auth, jury):
        raise NotThere(_("The results are not open to you yet."))
    items = [_place(each) for each in order_of(jury)]
    opened_at = jury.results_opened_at
    return OrderOut(call=slug, lot=jury.lot, results_opened_at=opened_at, items=items)


def _place(line: OrderLine) -> RankedOut:
    return RankedOut(
        place=line.place,
        computed=line.computed,
        code=line.code,
        title=line.title,
        discipline=line.discipline,
        state=line.state,
        adjusted=line.value,
        low=line.low,
        high=line.high,
        mean=line.mean,
        median=line.median,
        spread=line.spread,
        grades=[GradeOut(juror=code, grade=value) for code, value in line.grades],
        reason=line.reason,
    )
