"""The only writers of notifications: make them of what happened, send what is due, and lay aside
what cannot be sent.

All find their work in rows, so whatever is lost on the way (a task, a worker, the mail server)
heals with the next run. Nothing here is called by what it tells of.
"""

from labbooking.notifications.actions.delivery import Outcome, deliver_next
from labbooking.notifications.actions.planning import plan

__all__ = ["Outcome", "deliver_next", "plan"]
