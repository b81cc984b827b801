"""Plans of a season by API, to read, for whoever plans it. By codes alone."""

from labbooking.residencies.seasons.api.plans import router

__all__ = ["router"]
