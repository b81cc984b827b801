"""What a browser says it is, in words that its owner knows it by."""

from __future__ import annotations

from django.utils.translation import gettext as _

# The first that is named: each of these also names those after it.
_BROWSERS = (
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Firefox/", "Firefox"),
    ("FxiOS", "Firefox"),
    ("CriOS", "Chrome"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
)
_SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("CrOS", "ChromeOS"),
    ("Windows", "Windows"),
    ("Mac OS X", "Mac"),
    ("Linux", "Linux"),
)


def in_words(said: str) -> str:
    """ "Firefox on Linux" """
    browser = next((name for mark, name in _BROWSERS if mark in said), _("A browser"))
    system = next((name for mark, name in _SYSTEMS if mark in said), "")
    if not system:
        return browser
    return _("{browser} on {system}").format(browser=browser, system=system)
