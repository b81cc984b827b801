"""Of two who change the same at once, the second is told."""

from django.core.exceptions import ValidationError


class Overtaken(ValidationError):
    """Somebody else made a version meanwhile; what was typed rests on an older one."""
