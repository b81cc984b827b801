"""The only writers of season plans, of what they count, and of what people fix in them."""

from labbooking.residencies.seasons.actions.aims import choose_aim
from labbooking.residencies.seasons.actions.asking import ask_for_plan
from labbooking.residencies.seasons.actions.fixing import fix, unfix
from labbooking.residencies.seasons.actions.settling import settle_plan

__all__ = ["ask_for_plan", "choose_aim", "fix", "settle_plan", "unfix"]
