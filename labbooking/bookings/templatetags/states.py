"""`{{ booking.state|state_word }}`: a booking's state in words."""

from django import template

from labbooking.bookings.states import State

register = template.Library()


@register.filter
def state_word(state: str) -> str:
    """The word for a state, also where only its value is at hand."""
    return str(State(state).label) if state in State.values else state
