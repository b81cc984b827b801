"""The grammar of a sentence that asks for a booking: how German and English say how long, how
often and from when to when. What things are called comes from the lab's data, what days are
called from dateparser.

All patterns are for text as `plain` writes it: small letters without accents, single spaces.
"""

from __future__ import annotations

import re
import unicodedata

from labbooking.language.clock import WEEKDAY
from labbooking.period import DAY, HOUR, MINUTE

NUMBERS = {
    **dict.fromkeys(("a", "an", "one", "ein", "eine", "einen", "einem", "einer"), 1.0),
    **dict.fromkeys(("two", "zwei"), 2.0),
    **dict.fromkeys(("three", "drei"), 3.0),
    **dict.fromkeys(("four", "vier"), 4.0),
    **dict.fromkeys(("five", "funf"), 5.0),
    **dict.fromkeys(("six", "sechs"), 6.0),
    **dict.fromkeys(("seven", "sieben"), 7.0),
    **dict.fromkeys(("eight", "acht"), 8.0),
    **dict.fromkeys(("nine", "neun"), 9.0),
    **dict.fromkeys(("ten", "zehn"), 10.0),
    **dict.fromkeys(("eleven", "elf"), 11.0),
    **dict.fromkeys(("twelve", "zwolf"), 12.0),
    **dict.fromkeys(("half an", "half a", "eine halbe", "einer halben", "halbe"), 0.5),
    **dict.fromkeys(("one and a half", "eineinhalb", "anderthalb"), 1.5),
}
UNITS = (
    (re.compile(r"h|hours?|hrs?|stunden?|std"), HOUR),
    (re.compile(r"m|min|mins|minutes?|minuten?"), MINUTE),
    (re.compile(r"nights?|nachte?n?|days?|tage?n?"), DAY),
    (re.compile(r"weeks?|wochen?"), 7 * DAY),
)

_TOKEN = re.compile(r"\d{4}-\d\d-\d\d|\d+(?:[.:/]\d+)*\.?|[^\W\d_]+|[-–—×¦]")
_NUMBER = "|".join(sorted(NUMBERS, key=len, reverse=True))
_CLOCK = (
    r"(?P<{0}_hour>\d{{1,2}})(?:[:.](?P<{0}_minute>\d\d))?(?![.:/\d])"
    r"(?: (?P<{0}_half>am|pm|uhr|o clock))?"
)
_TO = r"(?:bis|to|until|till|und|and|-)"
_LONG = (
    r"(?P<number>" + _NUMBER + r"|\d{{1,3}}(?:\.\d)?) "
    r"(?P<unit>{units})(?P<more> (?:and a half|und eine halbe))?\b"
)

ALL_DAY = re.compile(
    r"\b(?:all day(?: long)?|(?:the )?whole day|(?:den )?ganzen tag|ganztagig|ganztags)\b"
)
WORKING_DAYS = (0, 1, 2, 3, 4)
ON_WORKING_DAYS = re.compile(
    r"\b(?:every weekday|(?:on )?weekdays|every working day|jeden werktag|werktags)\b"
)
REPEATS = (
    (
        "fortnightly",
        re.compile(
            r"\b(?:every (?:two|2|other|second) weeks?|fortnightly|biweekly|alle (?:zwei|2) wochen"
            r"|jede zweite woche|zweiwochentlich|vierzehntaglich"
            rf"|every (?:other|second)(?= (?:{WEEKDAY})\b)"
            rf"|jeden (?:zweiten|2\.)(?= (?:{WEEKDAY})\b))(?!\w)"
        ),
    ),
    ("daily", re.compile(r"\b(?:every day|each day|daily|jeden tag|taglich)\b")),
    ("weekly", re.compile(r"\b(?:every week|each week|weekly|jede woche|wochentlich)\b")),
    ("monthly", re.compile(r"\b(?:every month|each month|monthly|jeden monat|monatlich)\b")),
    ("weekly", ON_WORKING_DAYS),
    ("weekly", re.compile(rf"\b(?:every|each|jeden)(?= (?:{WEEKDAY})\b)")),
)
STRIDES = {"daily": DAY, "weekly": 7 * DAY, "fortnightly": 14 * DAY}
TIMES = re.compile(rf"\b(?P<number>{_NUMBER}|\d{{1,3}}) ?(?:mal|times|x)\b")
LENGTH = re.compile(
    r"(?<!\bin )\b(?:(?:for|fur) )?"
    + _LONG.format(units="h|hours?|hrs?|stunden?|std|min|mins|minutes?|minuten?|nights?|nachte?n?")
)
FROM_NOW = re.compile(
    r"\bin " + _LONG.format(units="h|hours?|hrs?|stunden?|std|min|mins|minutes?|minuten?")
)
_DAYS = _LONG.format(units="days?|tage?n?|weeks?|wochen?")
LENGTH_IN_DAYS = re.compile(rf"\b(?:for|fur) {_DAYS}")
LENGTH_OF_SERIES = re.compile(rf"(?<!\bin )\b(?:for |fur |uber )?{_DAYS}(?: (?:long|lang)\b)?")
FROM_TO = re.compile(
    rf"\b(?:(?:von|from|zwischen|between|ab|at|um) )?{_CLOCK.format('from')} {_TO} "
    rf"{_CLOCK.format('to')}\b"
)
UNTIL = re.compile(rf"\b(?:bis|until|till) {_CLOCK.format('to')}(?!\w)")
STARTING = re.compile(rf"\b(?:um|ab|at|from|von|gegen) {_CLOCK.format('from')}(?!\w)")
AT = re.compile(
    r"\b(?P<from_hour>\d{1,2})(?:"
    r"[:.](?P<from_minute>\d\d) (?P<from_half>am|pm|uhr|o clock)"
    r"|:(?P<from_minute2>\d\d)"
    r"| (?P<from_half2>am|pm|uhr|o clock))\b"
)
PARTS_OF_DAY = (
    ("morning", re.compile(r"\b(?:in the )?(?:morning|vormittags?|fruh|morgens)\b")),
    ("afternoon", re.compile(r"\b(?:in the )?(?:afternoon|nachmittags?)\b")),
    ("evening", re.compile(r"\b(?:in the )?(?:evening|abends?)\b")),
)
HOURS_OF_PART = {"afternoon": (1, 6), "evening": (5, 11)}
DAYS_OF_A_MONTH = re.compile(
    r"(?<![.\w])(?:vom |von |from |the )*(?P<first>\d{1,2})\.?"
    r" (?:bis zum|bis|to|until|till|-)(?: the)? "
    r"(?P<rest>(?P<last>\d{1,2})\.?(?: of)? (?P<month>[^\W\d_]{3,})(?: \d{4})?"
    r"|(?P<last2>\d{1,2})\.\d{1,2}\.(?:\d{2,4})?)"
)
MONTH_AND_DAYS = re.compile(
    r"(?<!\d )(?<!\d\. )(?<!\bof )\b(?:from )?(?P<month>[^\W\d_]{3,}) (?P<first>\d{1,2})"
    r" (?:to|until|till|-)(?: the)? (?P<last>\d{1,2})(?![.:\d]| (?:uhr|am|pm|o clock)\b)"
)
DAY_AND_MONTH = re.compile(r"(?P<day>\d{1,2})\.(?P<month>\d{1,2})\.?")
FILLERS = frozenset(
    re.findall(
        r"\S+",
        """
        und and with mit plus bitte please i ich we wir brauche brauchen mochte mochten would like
        need want hatte gern gerne book buche buchen reserve reserviere me mir uns us the der die
        das den dem des am an on um at for fur from von vom to zum bis until till ab in im uhr of
        some etwas ein eine einen einem einer a next nachste nachsten nachster nachstes kommenden
        nur only just this diesen diese es it is sein soll - × o clock auch also starting beginning
        """,
    )
)


def with_gaps(text: str) -> str:
    """A comma parts a thing from the next count, but not a weekday from its date: it becomes “¦”.

    In “1,5” it becomes a point; and in “10am-4pm” the hyphen is seen as “to”.
    """
    text = re.sub(r"(?<=\d),(?=\d)", ".", text)
    text = re.sub(r"(?i)(?<=\d)(\s?(?:am|pm|uhr|h))\s?[-–—]\s?(?=\d)", r"\1 – ", text)
    comma = rf"(?i)(\b(?:{WEEKDAY})\.?)?[,;](?=\s|$)(?!\s\d{{4}}\b)"
    return re.sub(comma, lambda found: found[0] if found[1] else " ¦ ", text)


def plain(text: str, most: int) -> str:
    """At most so many tokens of a text in small letters without accents, a space between each.

    “3rd” becomes “3.”, and hyphens are left only where they mean “to”.
    """
    folded = unicodedata.normalize("NFKD", text.casefold().replace("'", " ").replace("’", " "))
    bare = "".join(each for each in folded if not unicodedata.combining(each))
    bare = re.sub(r"(?<=\d)(?:st|nd|rd|th)\b", ".", bare)
    bare = re.sub(r"(?<=[^\W\d_])-(?=\w)", " ", bare)
    tokens = [re.sub("[–—]", "-", each) for each in _TOKEN.findall(bare)[:most]]
    return " ".join(tokens)
