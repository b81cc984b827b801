"""What is done with offers. Every one that is sent, accepted or called back is a person's act."""

from labbooking.residencies.offers.actions.answering import (
    accept_offer,
    ask_for_another_time,
    refuse_offer,
)
from labbooking.residencies.offers.actions.changing import call_back, prolong, put_on_reserve
from labbooking.residencies.offers.actions.sending import send_offer, tried_out

__all__ = [
    "accept_offer",
    "ask_for_another_time",
    "call_back",
    "prolong",
    "put_on_reserve",
    "refuse_offer",
    "send_offer",
    "tried_out",
]
