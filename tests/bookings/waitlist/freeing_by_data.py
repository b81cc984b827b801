"""Time that frees because the house changes: its file, its calendar, its rules, what people may."""

from equipment.lab_file.reader import read
from equipment.models import Resource
from labbooking.bookings import actions
from labbooking.bookings.actions.import_calendar import import_events
from labbooking.house.change_rules import change_rules
from labbooking.house.lab_loader import load
from labbooking.period import HOUR, Period
from residents.models import Induction
from tests.bookings.waitlist.freeing import Freeing, calendar, resource
from tests.bookings.waitlist.waiting_room import NOW, TEN_TO_TWELVE, ask
from tests.equipment.shed import CLOSED, SAW
from tests.lab import SEAT_RULES, new_rules

TEN_TO_SIX = Period(TEN_TO_TWELVE.start, TEN_TO_TWELVE.end + 6 * HOUR)
TWO_TO_SIX = Period(TEN_TO_TWELVE.start + 4 * HOUR, TEN_TO_SIX.end)
UNIT = """
[[resource]]
slug = "saw-{number}"
type = "saw"
name_de = "Säge {number}"
name_en = "Saw {number}"
bookable = {bookable}
"""


def described(closed=None, *, largest=12, bookable="true", units=1):
    """The shed's file, as it was read."""
    text = SAW.replace("largest_hours = 4", f"largest_hours = {largest}")
    text += "".join(UNIT.format(number=n + 1, bookable=bookable) for n in range(units))
    if closed:
        start, end = (f"{each:%Y-%m-%dT%H:%M:%S}" for each in (closed.start, closed.end))
        text += CLOSED.format(start=start, end=end)
    return read(text)


class ClosureGoneFromTheFile(Freeing):
    thing = "saw-1"
    closed, then = TEN_TO_TWELVE, None

    def take(self, ada, sam):
        load(described(self.closed), at=NOW)

    def free(self, taken, ada, sam, at):
        load(described(self.then), at=at)


class ClosureShorterInTheFile(ClosureGoneFromTheFile):
    closed, then = TEN_TO_SIX, TWO_TO_SIX


class ClosureShorterInTheCalendar(Freeing):
    def take(self, ada, sam):
        import_events(calendar(TEN_TO_SIX), resource(self.thing), at=NOW)

    def free(self, taken, ada, sam, at):
        import_events(calendar(TWO_TO_SIX), resource(self.thing), at=at)


class BackIntoService(Freeing):
    """Given up while it was out of service, so that nobody could be offered it then."""

    thing = "saw-1"
    worse, better = {"bookable": "false"}, {"bookable": "true"}

    def take(self, ada, sam):
        load(described(), at=NOW)
        return super().take(ada, sam)

    def meanwhile(self, taken, ada, ben):
        load(described(**self.worse), at=NOW)
        actions.cancel(taken.pk, by=ada, at=NOW)

    def free(self, taken, ada, sam, at):
        load(described(**self.better), at=at)


class RulesEasedInTheFile(BackIntoService):
    worse, better = {"largest": 1}, {"largest": 12}


class RulesEased(Freeing):
    """Given up while the rules allowed an hour at most."""

    thing = "seat-1"

    def meanwhile(self, taken, ada, ben):
        new_rules(resource(self.thing).type, **{**SEAT_RULES, "largest": HOUR})
        actions.cancel(taken.pk, by=ada, at=NOW)

    def free(self, taken, ada, sam, at):
        of_type = resource(self.thing).type
        based_on = of_type.rules.version
        change_rules(of_type, {"largest": 14 * HOUR}, by=sam, at=at, based_on=based_on)


class BackIntoServiceByHand(RulesEased):
    """Nobody's act: a row was changed."""

    def meanwhile(self, taken, ada, ben):
        Resource.objects.filter(slug=self.thing).update(is_bookable=False)
        actions.cancel(taken.pk, by=ada, at=NOW)

    def free(self, taken, ada, sam, at):
        Resource.objects.filter(slug=self.thing).update(is_bookable=True)


class RulesEasedByHand(RulesEased):
    def free(self, taken, ada, sam, at):
        new_rules(resource(self.thing).type, **SEAT_RULES)


class InductedAgain(Freeing):
    """Given up while who waits was not inducted."""

    def meanwhile(self, taken, ada, ben):
        self.induction = Induction.objects.get(person=ben)
        Induction.objects.filter(person=ben).delete()
        actions.withdraw(taken.pk, by=ada, at=NOW)

    def free(self, taken, ada, sam, at):
        self.induction.save(force_insert=True)


class RoomInTheQuotaAgain(Freeing):
    """Given up while who waits had four seats at that time already."""

    thing = "seat-1"

    def meanwhile(self, taken, ada, ben):
        self.own = [ask(ben, f"seat-{number}") for number in (2, 3, 4, 5)]
        self.ben = ben
        actions.cancel(taken.pk, by=ada, at=NOW)

    def free(self, taken, ada, sam, at):
        actions.cancel(self.own[0].pk, by=self.ben, at=at)


PATHS_BY_DATA = [
    ClosureGoneFromTheFile,
    ClosureShorterInTheFile,
    ClosureShorterInTheCalendar,
    BackIntoService,
    RulesEasedInTheFile,
    RulesEased,
]
BY_THE_TICK = [BackIntoServiceByHand, RulesEasedByHand, InductedAgain, RoomInTheQuotaAgain]
