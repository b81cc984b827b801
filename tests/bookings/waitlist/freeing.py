"""Every way in which time frees, each with what takes it before."""

from datetime import timedelta

from equipment.models import Resource
from labbooking.bookings import actions
from labbooking.bookings.actions import scheduled
from labbooking.bookings.actions.closures import close, reopen
from labbooking.bookings.actions.hold import hold
from labbooking.bookings.actions.import_calendar import import_events
from labbooking.bookings.actions.move import move
from labbooking.bookings.closures.calendar_file.reader import CalendarEvent, CalendarFile
from labbooking.bookings.demand.spec import BookingSpec, Scope
from labbooking.bookings.models import Booking
from labbooking.bookings.states import State
from labbooking.period import HOUR, Period
from tests.bookings.waitlist.waiting_room import NOW, TEN_TO_TWELVE, ask
from tests.lab import berlin

LATER = TEN_TO_TWELVE.moved(4 * HOUR)
TODAY = Period(berlin("2026-11-23 10:00"), berlin("2026-11-23 16:00"))
AFTERNOON = Period(berlin("2026-11-23 14:00"), TODAY.end)
PUTZ = {"reason_de": "Putz", "reason_en": "Paint"}


class Freeing:
    """What takes `thing` for `period`, and how that is freed; Ben waits for `wanted` meanwhile."""

    thing = "ar-headset-1"
    wanted_thing = ""
    period = TEN_TO_TWELVE
    wanted = TEN_TO_TWELVE
    frees_at = NOW + HOUR
    goes = None

    def take(self, ada, sam):
        return ask(ada, self.thing, period=self.period)

    def meanwhile(self, taken, ada, ben):
        """What happens while Ben waits and gives him nothing."""

    def free(self, taken, ada, sam, at):
        raise NotImplementedError


class Withdrawing(Freeing):
    goes = (State.REQUESTED, State.WITHDRAWN)

    def free(self, taken, ada, sam, at):
        actions.withdraw(taken.pk, by=ada, at=at)


class Declining(Freeing):
    goes = (State.REQUESTED, State.DECLINED)

    def free(self, taken, ada, sam, at):
        actions.decline(taken.pk, by=sam, at=at, reason="No.")


class NotAnswering(Freeing):
    goes = (State.REQUESTED, State.EXPIRED)
    period = wanted = TEN_TO_TWELVE.moved(timedelta(days=9))

    def take(self, ada, sam):
        taken = super().take(ada, sam)
        self.frees_at = taken.hold_until
        return taken

    def free(self, taken, ada, sam, at):
        scheduled.tick(at)


class Cancelling(Freeing):
    goes = (State.APPROVED, State.CANCELLED)
    thing = "seat-1"

    def free(self, taken, ada, sam, at):
        actions.cancel(taken.pk, by=ada, at=at)


class NotComing(Freeing):
    goes = (State.APPROVED, State.NO_SHOW)
    period, wanted = TODAY, AFTERNOON
    frees_at = TODAY.start + HOUR

    def take(self, ada, sam):
        taken = super().take(ada, sam)
        actions.approve(taken.pk, by=sam, at=NOW)
        Booking.objects.update(release_due_at=self.frees_at)
        return taken

    def free(self, taken, ada, sam, at):
        scheduled.tick(at)


class LettingAHoldGo(Freeing):
    goes = (State.HELD, State.WITHDRAWN)

    def take(self, ada, sam):
        return hold(BookingSpec(self.period, (self.thing,)), by=ada, at=NOW, for_=2 * HOUR)

    def free(self, taken, ada, sam, at):
        actions.withdraw(taken.pk, by=ada, at=at)


class LettingAHoldLapse(LettingAHoldGo):
    goes = (State.HELD, State.EXPIRED)
    frees_at = NOW + 2 * HOUR

    def free(self, taken, ada, sam, at):
        scheduled.tick(at)


class HoldingSomethingElse(LettingAHoldGo):
    def free(self, taken, ada, sam, at):
        hold(BookingSpec(self.period, ("ar-headset-2",)), by=ada, at=at)


class MovingAway(Cancelling):
    def free(self, taken, ada, sam, at):
        move(taken.pk, by=ada, at=at, to=LATER)


class Shortening(Cancelling):
    period = Period(TEN_TO_TWELVE.start - HOUR, TEN_TO_TWELVE.end)

    def free(self, taken, ada, sam, at):
        move(taken.pk, by=ada, at=at, to=Period(self.period.start, TEN_TO_TWELVE.start))


class GivingBackEarly(Freeing):
    period, wanted = TODAY, AFTERNOON
    frees_at = TODAY.start + 2 * HOUR

    def take(self, ada, sam):
        taken = super().take(ada, sam)
        actions.approve(taken.pk, by=sam, at=NOW)
        actions.check_in(taken.pk, by=sam, at=TODAY.start)
        return taken

    def free(self, taken, ada, sam, at):
        actions.check_out(taken.pk, by=sam, at=at)


class EndingEarlierWhileInUse(GivingBackEarly):
    def free(self, taken, ada, sam, at):
        move(taken.pk, by=sam, at=at, to=Period(TODAY.start, AFTERNOON.start - HOUR))


class ConfirmingAPart(Freeing):
    def take(self, ada, sam):
        return ask(ada, self.thing, "board-1")

    def free(self, taken, ada, sam, at):
        actions.approve_part(taken.pk, keep=["board-1"], reason="Broken.", by=sam, at=at)


class ConfirmingSomeDates(Freeing):
    def take(self, ada, sam):
        return ask(ada, self.thing, rrule="FREQ=DAILY;COUNT=2")

    def free(self, taken, ada, sam, at):
        other = taken.series.bookings.exclude(pk=taken.pk).get()
        actions.approve_part(other.pk, dates=[other.pk], reason="Visit.", by=sam, at=at)


class CancellingAllDates(Cancelling):
    wanted = LATER.moved(4 * HOUR)

    def take(self, ada, sam):
        return ask(ada, self.thing, period=LATER.moved(-20 * HOUR), rrule="FREQ=DAILY;COUNT=2")

    def free(self, taken, ada, sam, at):
        actions.cancel(taken.pk, by=ada, at=at, scope=Scope.ALL)


class BookingTheWhole(Cancelling):
    wanted_thing = "seat-7"

    def take(self, ada, sam):
        return ask(ada, "workspace")


class Reopening(Freeing):
    def take(self, ada, sam):
        return close([resource(self.thing)], self.period, **PUTZ, by=sam, at=NOW)

    def free(self, taken, ada, sam, at):
        reopen(taken.pk, by=sam, at=at)


class FollowingACalendar(Freeing):
    def take(self, ada, sam):
        return import_events(calendar(self.period), resource(self.thing), at=NOW)

    def free(self, taken, ada, sam, at):
        import_events(calendar(LATER), resource(self.thing), at=at)


def resource(slug):
    return Resource.objects.get(slug=slug)


def calendar(period):
    return CalendarFile([CalendarEvent(period, "1", "Wartung")], {"1"})


PATHS = [
    Withdrawing,
    Declining,
    NotAnswering,
    Cancelling,
    NotComing,
    LettingAHoldGo,
    LettingAHoldLapse,
    HoldingSomethingElse,
    MovingAway,
    Shortening,
    GivingBackEarly,
    EndingEarlierWhileInUse,
    ConfirmingAPart,
    ConfirmingSomeDates,
    CancellingAllDates,
    BookingTheWhole,
    Reopening,
    FollowingACalendar,
]
