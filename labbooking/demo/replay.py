"""Replays the demo lab's last weeks through the real actions, each at its own time."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from labbooking.bookings import actions
from labbooking.bookings.actions import scheduled
from labbooking.bookings.demand.spec import BookingSpec
from labbooking.bookings.models import Booking
from labbooking.bookings.states import State
from labbooking.demo.weeks import WEEKS, Outcome, Visit, minutes, visits
from labbooking.errors import DomainError
from labbooking.journal.models import Untold
from labbooking.period import DAY, HOUR, MINUTE, day_start
from labbooking.when import lab_zone
from residents.models import User

Act = Callable[[datetime], object]


@transaction.atomic
def replay(people: dict[str, User], *, at: datetime, weeks: int = WEEKS) -> int:
    """Some weeks and today up to `at`; how many bookings came of it, none if there are any.

    What happened before today counts as told, so that nobody gets mail about it.
    """
    if Booking.objects.exists():
        return 0
    zone = lab_zone()
    today = at.astimezone(zone).date()
    scenes = [Scene(visit, people) for visit in visits(today, zone, weeks)]
    acts = [each for scene in scenes for each in scene.acts(at)]
    for moment, act in sorted(acts, key=lambda each: each[0]):
        if moment <= at:
            act(moment)
    Untold.objects.filter(entry__at__lt=day_start(today, zone)).delete()
    return Booking.objects.count()


@dataclass(slots=True)
class Scene:
    """One visit, act by act. What the house refuses (on a holiday, say) does not take place."""

    visit: Visit
    people: dict[str, User]
    booking: int | None = None
    waits: bool = False

    @property
    def guest(self) -> User:
        return self.people[self.visit.handle]

    @property
    def staff(self) -> User:
        return self.people["sam" if self.visit.number % 3 else "kim"]

    def acts(self, now: datetime) -> Iterator[tuple[datetime, Act]]:
        visit = self.visit
        start, end = visit.period.start, visit.period.end
        if visit.outcome is Outcome.WAITING and start <= now:
            return
        asked = start - 2 * DAY - minutes(visit, 300)
        yield asked, self._ask
        if visit.outcome is Outcome.DECLINED:
            yield asked + 17 * HOUR, self._decline
        elif visit.outcome is not Outcome.WAITING:
            yield asked + 3 * HOUR + minutes(visit, 240), self._approve
        match visit.outcome:
            case Outcome.CANCELLED:
                yield start - 20 * HOUR, self._cancel
            case Outcome.NO_SHOW:
                yield start + 61 * MINUTE, scheduled.tick
            case Outcome.KEPT | Outcome.LATE_BACK:
                yield start + minutes(visit, 13), self._check_in
                late = 25 * MINUTE if visit.outcome is Outcome.LATE_BACK else -minutes(visit, 21)
                yield end + late, self._check_out

    def _ask(self, at: datetime) -> None:
        visit = self.visit
        spec = BookingSpec(visit.period, visit.resources, visit.types, visit.purpose)
        try:
            booking = actions.request(spec, by=self.guest, at=at)[0]
        except DomainError:
            return
        self.booking, self.waits = booking.pk, booking.state == State.REQUESTED

    def _approve(self, at: datetime) -> None:
        if self.waits:
            self._act(actions.approve, self.staff, at)

    def _decline(self, at: datetime) -> None:
        if self.booking is not None:
            reason = "An diesem Tag ist niemand da, der die Geräte herausgibt."
            actions.decline(self.booking, by=self.staff, at=at, reason=reason)

    def _cancel(self, at: datetime) -> None:
        self._act(actions.cancel, self.guest, at)

    def _check_in(self, at: datetime) -> None:
        self._act(actions.check_in, self._hands, at)

    def _check_out(self, at: datetime) -> None:
        self._act(actions.check_out, self._hands, at)

    @property
    def _hands(self) -> User:
        """People help themselves to seats; the rest goes over the desk."""
        alone = all(slug.startswith("seat") for slug in self.visit.resources)
        return self.guest if alone and self.visit.resources else self.staff

    def _act(self, action: Callable[..., list[Booking]], by: User, at: datetime) -> None:
        if self.booking is None:
            return
        try:
            action(self.booking, by=by, at=at)
        except DomainError:
            # Released by the clock meanwhile, or not brought back yet: that is life, too.
            return
