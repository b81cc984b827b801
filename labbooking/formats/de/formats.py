"""How the house writes dates and times in German."""

DATE_FORMAT = "j. F Y"
SHORT_DATE_FORMAT = "d.m.Y"
TIME_FORMAT = "H:i"
DATETIME_FORMAT = "j. F Y, H:i"
SHORT_DATETIME_FORMAT = "d.m.Y, H:i"

# Times as people say them, see labbooking/when.py. What belongs to a number stays on its line.
WEEKDAY_FORMAT = "l, j.\u00a0F"
WEEKDAY_WITH_YEAR_FORMAT = "l, j.\u00a0F Y"
DAY_FORMAT = "D\u00a0j.\u00a0N"
DAY_WITH_YEAR_FORMAT = "D\u00a0j.\u00a0N Y"
CLOCK_FORMAT = "G:i"
FULL_HOUR_FORMAT = "G"
CLOCK_WORDS = "{clock}\u00a0Uhr"
