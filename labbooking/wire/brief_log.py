"""A line in the log where Django would write a page: for what strangers can bring about at will."""

import logging
from typing import Any

LONGEST = 300


class Brief(logging.Filter):
    """Lets everything through, without its traceback."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg, record.args = record.getMessage()[:LONGEST], ()
        record.exc_info = record.exc_text = record.stack_info = None
        return True


def lines(level: str) -> dict[str, Any]:
    """What the house writes into its log, as Django's settings want it said."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
        "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
        "filters": {"brief": {"()": Brief}},
        "loggers": {
            # What a caller did wrong is told to the caller.
            "django.request": {"level": "ERROR"},
            # Whoever tries names of hosts gets a line in the log, not a page of it.
            "django.security.DisallowedHost": {"filters": ["brief"]},
        },
        "root": {"handlers": ["console"], "level": level},
    }
