"""How repeat rules (RFC 5545) name the days of a week."""

WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
