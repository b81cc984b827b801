"""What was kept for its time goes: each of these is safe to run twice, late, or by two at once."""

from labbooking.residencies.retention.actions.nightly import forget

__all__ = ["forget"]
