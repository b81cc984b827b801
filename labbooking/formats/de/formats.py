"""How the house writes dates and times in German."""

DATE_FORMAT = "j. F Y"
SHORT_DATE_FORMAT = "d.m.Y"
TIME_FORMAT = "H:i"
DATETIME_FORMAT = "j. F Y, H:i"
SHORT_DATETIME_FORMAT = "d.m.Y, H:i"

# Times as people say them, see labbooking/when.py.
WEEKDAY_FORMAT = "l, j. F"
WEEKDAY_WITH_YEAR_FORMAT = "l, j. F Y"
DAY_FORMAT = "D j. N"
DAY_WITH_YEAR_FORMAT = "D j. N Y"
CLOCK_FORMAT = "G:i"
FULL_HOUR_FORMAT = "G"
CLOCK_WORDS = "{clock} Uhr"
