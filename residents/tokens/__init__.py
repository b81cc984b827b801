"""Tokens with which programs act as a person, and how far each reaches."""

from residents.tokens.bearer import (
    AT_MOST,
    TooManyTokens,
    in_use,
    issue,
    note_use,
    person_for,
    revoke,
)

__all__ = ["AT_MOST", "TooManyTokens", "in_use", "issue", "note_use", "person_for", "revoke"]
