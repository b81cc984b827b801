"""Inputs for words in one language, and words as they are kept."""

from __future__ import annotations

from typing import Any

from django import forms


def line(label: Any, language: str, longest: int = 120) -> forms.CharField:
    widget = forms.TextInput(attrs={"lang": language})
    return forms.CharField(label=label, max_length=longest, widget=widget)


def area(label: Any, language: str, longest: int, rows: int, **more: Any) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": rows, "lang": language})
    return forms.CharField(label=label, max_length=longest, widget=widget, required=False, **more)


def plain_lines(text: str) -> str:
    """As they are kept, whichever way a browser ends a line."""
    return text.replace("\r\n", "\n")


def tidy(text: str) -> str:
    """A list, one a line."""
    return "\n".join(each.strip() for each in text.splitlines() if each.strip())
