"""Somebody who has read no manual: begins at the front page and follows what stands there."""

import re
from dataclasses import dataclass

from playwright.sync_api import Page

from tests.browser.in_language import Said, told
from tests.people import PASSWORD

VIEWPORTS = {"en": {"width": 1200, "height": 900}, "de": {"width": 390, "height": 844}}
"""A desktop in one language, a phone in the other."""
ALIKE = {"Name"}
"""Labels that are the same in both languages."""


@dataclass(frozen=True)
class Newcomer:
    page: Page
    said: Said

    def goes(self, *links):
        """From the main menu on, by what the links are called."""
        first = re.compile(rf"^{re.escape(self.said(links[0]))}( \d+)?$")
        self.page.get_by_role("banner").get_by_role("link", name=first).click()
        for words in links[1:]:
            self.follows(self.said(words))

    def follows(self, words):
        self.page.get_by_role("main").get_by_role("link", name=words, exact=True).click()

    def follows_of(self, thing, words):
        """One of several links that say the same, each with the thing that it is about."""
        name = re.compile(rf"^{re.escape(self.said(words))} ?: {re.escape(thing)}$")
        self.page.get_by_role("main").get_by_role("link", name=name).click()

    def box(self, words, **values):
        """By its label, which may say that it need not be filled in."""
        words = words if words in ALIKE else self.said(words, **values)
        label = re.compile(rf"^{re.escape(words)}( \(\w+\))?$")
        return self.page.get_by_role("main").get_by_label(label).filter(visible=True)

    def fills(self, **boxes):
        """`Name_in_German="Brille"`: labels without what keywords cannot hold."""
        for words, text in boxes.items():
            self.box(words.replace("_", " ")).fill(text)

    def presses(self, words, *more, **values):
        name = self.said(words, *more, **values)
        self.page.get_by_role("main").get_by_role("button", name=name, exact=True).click()

    def is_told(self, words, *more, **values):
        told(self.page, self.said(words, *more, **values))

    def shows_who_they_are(self):
        self.page.locator("[name=password]").fill(PASSWORD)
        self.presses("Go on")
