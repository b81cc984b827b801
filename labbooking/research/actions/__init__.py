"""The only writers of studies, consents, exports and summaries. `by` is who acts, `at` is when."""

from labbooking.research.actions.consents import give_consent, withdraw_consent
from labbooking.research.actions.exports import ask_again, make_export, open_download
from labbooking.research.actions.studies import forget_key, put_study
from labbooking.research.actions.summaries import count_people, make_summary

__all__ = [
    "ask_again",
    "count_people",
    "forget_key",
    "give_consent",
    "make_export",
    "make_summary",
    "open_download",
    "put_study",
    "withdraw_consent",
]
