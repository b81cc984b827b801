"""How the house writes dates and times in English: 24 hours, the day before the month."""

DATE_FORMAT = "j F Y"
SHORT_DATE_FORMAT = "j M Y"
TIME_FORMAT = "H:i"
DATETIME_FORMAT = "j F Y, H:i"
SHORT_DATETIME_FORMAT = "j M Y, H:i"

# Times as people say them, see labbooking/when.py.
WEEKDAY_FORMAT = "l j F"
WEEKDAY_WITH_YEAR_FORMAT = "l j F Y"
DAY_FORMAT = "D j M"
DAY_WITH_YEAR_FORMAT = "D j M Y"
CLOCK_FORMAT = "H:i"
FULL_HOUR_FORMAT = "H:i"
CLOCK_WORDS = "{clock}"
